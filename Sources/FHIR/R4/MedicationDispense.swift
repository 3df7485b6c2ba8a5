extension R4 {
    public struct MedicationDispense: FHIRElement {
        public var id: String?
        public var meta: Meta?
        public var contained: [Medication] = []
        public var `extension`: [Extension] = []
        public var identifier: [Identifier] = []
        public var status: Status?
        public var medicationReference: Reference?
        public var subject: Reference?
        public var performer: [Performer] = []
        public var location: Reference?
        public var authorizingPrescription: [Reference] = []
        public var quantity: Quantity?
        public var daysSupply: Quantity?
        public var whenHandedOver: Moment?
        public var dosageInstruction: [Dosage] = []

        public init() {}

        public enum Status: String, FHIRCode {
            case preparation, cancelled, completed, stopped, declined, unknown
            case inProgress = "in-progress"
            case onHold = "on-hold"
            case enteredInError = "entered-in-error"
        }

        public struct Performer: FHIRElement {
            public var function: CodeableConcept?
            public var actor: Reference?

            public init() {}

            public static let fields: [FHIRField<Performer>] = [.one("function", \.function), .one("actor", \.actor)]
        }

        public static let droppable: Set<String> = ["text"]
        public static let fields: [FHIRField<MedicationDispense>] = [
            .type("MedicationDispense"), .one("id", \.id), .one("meta", \.meta), .many("contained", \.contained),
            .many("extension", \.extension), .many("identifier", \.identifier), .one("status", \.status),
            .one("medicationReference", \.medicationReference), .one("subject", \.subject), .many("performer", \.performer),
            .one("location", \.location), .many("authorizingPrescription", \.authorizingPrescription),
            .one("quantity", \.quantity), .one("daysSupply", \.daysSupply), .one("whenHandedOver", \.whenHandedOver),
            .many("dosageInstruction", \.dosageInstruction),
        ]
    }
}
