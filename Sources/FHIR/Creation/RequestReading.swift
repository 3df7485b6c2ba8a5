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
        RequestedPrescription.Shared(
            patient: try patient(), kind: try kind(), diagnoses: try diagnoses(), visit: try visit(),
            patientIsWaiting: request.priority == .asap, validThrough: validThrough,
            facts: try RequestedFacts(request.extension, of: self), group: try group())
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

    /// The institution's number of the visit.
    private func visit() throws -> String? {
        guard let encounter = request.encounter else { return nil }
        guard encounter.reference == nil, encounter.identifier?.system == systems.visit, let number = encounter.identifier?.value
        else { throw unsupported("encounter", "an identifier of \(systems.visit) is expected; encounters are not kept") }
        return number
    }

    private func diagnoses() throws -> [Diagnosis] {
        guard !request.reasonCode.isEmpty else { throw missing("reasonCode") }
        return try request.reasonCode.enumerated().map { number, reason in
            guard reason.coding.count <= 1, reason.coding.allSatisfy({ [systems.icd10, systems.chineseMedicine].contains($0.system) })
            else { throw unsupported("reasonCode[\(number)].coding", "one code of \(systems.icd10) is kept") }
            let coding = reason.coding.first
            return Diagnosis(
                code: coding?.code ?? "", name: try present(reason.text ?? coding?.display, "reasonCode[\(number)].text"))
        }
    }

    private var validThrough: CalendarDate? { request.dispenseRequest?.validityPeriod?.end?.day }

    // MARK: - Kind

    /// The kind by our code; else by urgency and by the course of therapy.
    private func kind() throws -> PrescriptionKind {
        let isUrgent = request.priority == .urgent || request.priority == .stat
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
}
