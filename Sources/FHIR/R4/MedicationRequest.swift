extension R4 {
    public struct MedicationRequest: FHIRElement {
        public var id: String?
        public var meta: Meta?
        public var `extension`: [Extension] = []
        public var identifier: [Identifier] = []
        public var status: Status?
        public var statusReason: CodeableConcept?
        public var intent: Intent?
        public var category: [CodeableConcept] = []
        public var priority: Priority?
        public var medicationCodeableConcept: CodeableConcept?
        public var medicationReference: Reference?
        public var subject: Reference?
        public var encounter: Reference?
        public var authoredOn: Moment?
        public var requester: Reference?
        public var reasonCode: [CodeableConcept] = []
        public var groupIdentifier: Identifier?
        public var courseOfTherapyType: CodeableConcept?
        public var dosageInstruction: [Dosage] = []
        public var dispenseRequest: DispenseRequest?

        public init() {}

        public enum Status: String, FHIRCode {
            case active, cancelled, completed, stopped, draft, unknown
            case onHold = "on-hold"
            case enteredInError = "entered-in-error"
        }

        public enum Intent: String, FHIRCode {
            case proposal, plan, order, option
            case originalOrder = "original-order"
            case reflexOrder = "reflex-order"
            case fillerOrder = "filler-order"
            case instanceOrder = "instance-order"
        }

        public enum Priority: String, FHIRCode {
            case routine, urgent, asap, stat
        }

        public struct DispenseRequest: FHIRElement {
            public var validityPeriod: Period?
            public var numberOfRepeatsAllowed: Int?
            public var quantity: Quantity?
            public var expectedSupplyDuration: Quantity?

            public init() {}

            public static let fields: [FHIRField<DispenseRequest>] = [
                .one("validityPeriod", \.validityPeriod), .one("numberOfRepeatsAllowed", \.numberOfRepeatsAllowed),
                .one("quantity", \.quantity), .one("expectedSupplyDuration", \.expectedSupplyDuration),
            ]
        }

        public static let droppable: Set<String> = ["text"]
        public static let fields: [FHIRField<MedicationRequest>] = [
            .type("MedicationRequest"), .one("id", \.id), .one("meta", \.meta), .many("extension", \.extension),
            .many("identifier", \.identifier), .one("status", \.status), .one("statusReason", \.statusReason),
            .one("intent", \.intent), .many("category", \.category), .one("priority", \.priority),
            .one("medicationCodeableConcept", \.medicationCodeableConcept), .one("medicationReference", \.medicationReference),
            .one("subject", \.subject), .one("encounter", \.encounter), .one("authoredOn", \.authoredOn),
            .one("requester", \.requester), .many("reasonCode", \.reasonCode), .one("groupIdentifier", \.groupIdentifier),
            .one("courseOfTherapyType", \.courseOfTherapyType),
            .many("dosageInstruction", \.dosageInstruction), .one("dispenseRequest", \.dispenseRequest),
        ]
    }
}
