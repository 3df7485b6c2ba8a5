public import Dispensing
public import MedicationRules
public import Primitives

/// What one or several MedicationRequests ask to be prescribed, read but not yet looked up: those of one prescription agree
/// in all that a prescription has once. Pure.
public struct RequestedPrescription: Sendable, Hashable {
    public let patient: RequestedPatient
    public let kind: PrescriptionKind
    public let diagnoses: [Diagnosis]
    public let department: Department?
    /// The institution's number of the visit.
    public let visit: String?
    public let patientIsWaiting: Bool
    /// The last valid day; `nil` when it was not said.
    public let validThrough: CalendarDate?
    public let reason: String
    public let purpose: ControlledPurpose
    public let longRecords: [LongRecord]
    public let herbal: HerbalDirections?
    public let signature: PrescriptionSignature?
    /// What the sender calls the prescription.
    public let group: Placed?
    public let lines: [RequestedLine]

    public enum RequestedPatient: Sendable, Hashable {
        case id(PatientID)
        /// The number on the card.
        case number(String)
    }

    public struct Placed: Sendable, Hashable {
        public let system: String
        public let value: String
    }

    /// What every request of a prescription says alike.
    struct Shared: Hashable {
        var patient: RequestedPatient
        var kind: PrescriptionKind
        var diagnoses: [Diagnosis]
        var visit: String?
        var patientIsWaiting: Bool
        var validThrough: CalendarDate?
        var facts: RequestedFacts
        var group: Placed?
    }

    /// - Parameters:
    ///   - requests: at least one; with their places, for what is refused.
    ///   - author: whoever is signed in, who is the only requester there may be.
    /// - Throws: ``FHIRRefusal``, with the path of the first element that is missing, cannot be read or would not be kept.
    public init(
        _ requests: [(request: R4.MedicationRequest, path: String)], by author: Principal, on today: CalendarDate,
        systems: CodeSystems = .standard
    ) throws {
        var shared: Shared?
        var lines: [RequestedLine] = []
        for (request, path) in requests {
            let reading = RequestReading(request, path: path, systems: systems)
            try reading.checkFrame(by: author, on: today)
            let own = try reading.shared()
            if let shared, let difference = Self.difference(shared, own) {
                throw FHIRRefusal(.requestsDiffer, "\(difference) of one prescription is the same", field: "\(path).\(difference)")
            }
            shared = own
            lines.append(try reading.line())
        }
        guard let shared else { throw FHIRRefusal(.elementMissing, "no MedicationRequest is there", field: "Bundle.entry") }
        (patient, kind, diagnoses) = (shared.patient, shared.kind, shared.diagnoses)
        (validThrough, group, self.lines) = (shared.validThrough, shared.group, lines)
        (visit, patientIsWaiting) = (shared.visit, shared.patientIsWaiting)
        (department, reason, purpose) = (shared.facts.department, shared.facts.reason, shared.facts.purpose)
        (longRecords, herbal, signature) = (shared.facts.longRecords, shared.facts.herbal, shared.facts.signature)
        if lines.count > 1, group == nil {
            throw FHIRRefusal(
                .elementMissing, "requests of one prescription share a groupIdentifier",
                field: "\(requests[0].path).groupIdentifier")
        }
    }

    private static func difference(_ one: Shared, _ other: Shared) -> String? {
        if one.group != other.group { return "groupIdentifier" }
        if one.patient != other.patient { return "subject" }
        if one.kind != other.kind { return "category" }
        if one.visit != other.visit { return "encounter" }
        if one.patientIsWaiting != other.patientIsWaiting { return "priority" }
        if one.diagnoses != other.diagnoses { return "reasonCode" }
        if one.validThrough != other.validThrough { return "dispenseRequest.validityPeriod" }
        return one == other ? nil : "extension"
    }
}

/// One line of a prescription as a MedicationRequest asks for it.
public struct RequestedLine: Sendable, Hashable {
    /// The product, by its id or its code.
    public enum RequestedProduct: Sendable, Hashable {
        case id(ProductID)
        case code(String)
    }

    public let product: RequestedProduct
    public let quantity: BaseUnits
    /// The code of the unit that quantity and dose are given in; the product's base unit, if it is given.
    public let units: [Unit]
    public let doseText: String
    public let note: String
    public let route: AdministrationRoute?
    public let dose: DoseAmount
    public let frequency: DosingFrequency
    public let days: Int
    public let identifiers: [RequestedPrescription.Placed]
    /// Where the request stands, for what is refused later.
    public let path: String

    /// A unit somewhere in the request, to be compared with the product's.
    public struct Unit: Sendable, Hashable {
        public let code: String?
        public let text: String?
        public let path: String
    }
}
