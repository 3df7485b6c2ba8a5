import Dispensing
import MedicationRules
import Primitives

/// Reads one MedicationRequest that is to become a line of a prescription. What cannot be kept is refused by its path.
struct RequestReading {
    let request: R4.MedicationRequest
    let path: String
    let systems: CodeSystems

    init(_ request: R4.MedicationRequest, path: String, systems: CodeSystems) {
        self.request = request
        self.path = path
        self.systems = systems
    }

    func missing(_ element: String) -> FHIRRefusal {
        FHIRRefusal(.elementMissing, "\(element) is needed to prescribe", field: "\(path).\(element)")
    }

    func unsupported(_ element: String, _ words: String) -> FHIRRefusal {
        FHIRRefusal(.elementNotSupported, words, field: "\(path).\(element)")
    }

    func present<Value>(_ value: Value?, _ element: String) throws -> Value {
        guard let value else { throw missing(element) }
        return value
    }

    // MARK: - What every request must be

    /// An order by whoever is signed in, written today, to be acted upon.
    func checkFrame(by author: Principal, on today: CalendarDate) throws {
        guard [.active, .draft].contains(try present(request.status, "status")) else {
            throw unsupported("status", "a new request is active or draft")
        }
        guard try present(request.intent, "intent") == .order else { throw unsupported("intent", "only orders are kept") }
        guard request.statusReason == nil else { throw unsupported("statusReason", "a new request has none") }
        guard request.encounter == nil else { throw unsupported("encounter", "encounters are not kept here") }
        if let written = request.authoredOn, written.day != today {
            throw unsupported("authoredOn", "a prescription is written today, \(today)")
        }
        if let start = request.dispenseRequest?.validityPeriod?.start, start.day != today {
            throw unsupported("dispenseRequest.validityPeriod.start", "a prescription is valid from today, \(today)")
        }
        guard let requester = request.requester else { return }
        let named = requester.identifier.map { $0.system == systems.person && $0.value == author.person.description }
        guard named ?? (requester.reference == nil && requester.display == author.name) else {
            throw unsupported("requester", "the requester is who has signed in: \(systems.person)|\(author.person)")
        }
    }

    // MARK: - What a prescription has once

    func shared() throws -> RequestedPrescription.Shared {
        let facts = try extensions()
        return RequestedPrescription.Shared(
            patient: try patient(), kind: try kind(), diagnoses: try diagnoses(), validThrough: try validThrough(),
            reason: facts.reason, purpose: facts.purpose, longRecords: facts.records, group: try group())
    }

    private func patient() throws -> RequestedPrescription.RequestedPatient {
        let subject = try present(request.subject, "subject")
        if let id = subject.id(of: "Patient") {
            guard let patient = PatientID(lowercaseText: id) else {
                throw FHIRRefusal(.resourceUnknown, "Patient \(id)", field: "\(path).subject")
            }
            return .id(patient)
        }
        guard let identifier = subject.identifier, identifier.system == systems.patientNumber, let number = identifier.value
        else { throw unsupported("subject", "a reference Patient/… or an identifier of \(systems.patientNumber) is expected") }
        return .number(number)
    }

    private func group() throws -> RequestedPrescription.Placed? {
        try request.groupIdentifier.map { try placed($0, "groupIdentifier") }
    }

    func placed(_ identifier: R4.Identifier, _ element: String) throws -> RequestedPrescription.Placed {
        let system = try present(identifier.system, "\(element).system")
        let value = try present(identifier.value, "\(element).value")
        guard !system.hasPrefix("\(systems.own):"), system.count <= 200, value.count <= 200 else {
            throw unsupported(element, "an identifier is of the sender's own system, at most 200 characters")
        }
        return RequestedPrescription.Placed(system: system, value: value)
    }

    private func diagnoses() throws -> [RequestedPrescription.CodedText] {
        guard request.reasonCode.count == 1 else {
            throw request.reasonCode.isEmpty ? missing("reasonCode") : unsupported("reasonCode", "one diagnosis is kept")
        }
        return try request.reasonCode.enumerated().map { number, reason in
            let codings = reason.coding.filter { $0.system == systems.icd10 }
            guard codings.count == reason.coding.count, codings.count <= 1 else {
                throw unsupported("reasonCode[\(number)].coding", "one code of \(systems.icd10) is kept")
            }
            let text = try present(reason.text ?? codings.first?.display, "reasonCode[\(number)].text")
            return RequestedPrescription.CodedText(code: codings.first?.code ?? "", text: text)
        }
    }

    private func validThrough() throws -> CalendarDate? { request.dispenseRequest?.validityPeriod?.end?.day }

    // MARK: - Kind

    /// The kind by our code; else by urgency and by the course of therapy.
    private func kind() throws -> PrescriptionKind {
        let isUrgent = request.priority.map { $0 != .routine } ?? false
        let course = request.courseOfTherapyType?.code(in: CodeSystems.courseOfTherapy)
        let kind = try coded() ?? (isUrgent ? .emergency : course == "continuous" ? .long : .ordinary)
        if isUrgent, kind != .emergency { throw unsupported("priority", "only emergencies are urgent") }
        if let course, (course == "continuous") != (kind == .long) || !["continuous", "acute"].contains(course) {
            throw unsupported("courseOfTherapyType", "long prescriptions are continuous, all others acute")
        }
        return kind
    }

    private func coded() throws -> PrescriptionKind? {
        var kind: PrescriptionKind?
        for (number, coding) in request.category.flatMap(\.coding).enumerated() {
            switch coding.system {
            case systems.prescriptionKind?:
                guard let known = coding.code.flatMap(PrescriptionKind.init(rawValue:)), kind == nil else {
                    let kinds = PrescriptionKind.allCases.map(\.rawValue).joined(separator: ", ")
                    throw unsupported("category[\(number)]", "one of \(kinds) is expected")
                }
                kind = known
            case CodeSystems.requestCategory? where ["outpatient", "community"].contains(coding.code): break
            default: throw unsupported("category[\(number)]", "outpatient requests are kept, and our prescription kinds")
            }
        }
        return kind
    }

    // MARK: - Extensions

    private func extensions() throws -> (reason: String, purpose: ControlledPurpose, records: [LongRecord]) {
        var (reason, purpose, records): (String, ControlledPurpose, [LongRecord]) = ("", .none, [])
        for (number, fact) in request.extension.enumerated() {
            let place = "extension[\(number)]"
            switch fact.url {
            case systems.extensionURL(.supplyReason): reason = try present(fact.valueString, "\(place).valueString")
            case systems.extensionURL(.controlledPurpose):
                guard let known = fact.valueCode.flatMap(ControlledPurpose.init(rawValue:)) else {
                    throw unsupported(place, "a purpose is expected")
                }
                purpose = known
            case systems.extensionURL(.longRecord):
                guard let known = fact.valueCode.flatMap(LongRecord.init(rawValue:)) else {
                    throw unsupported(place, "a record is expected")
                }
                records.append(known)
            default: throw unsupported(place, "this extension would not be kept")
            }
        }
        return (reason, purpose, records.sorted { $0.rawValue < $1.rawValue })
    }
}
