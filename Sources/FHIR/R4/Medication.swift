extension R4 {
    public struct Medication: FHIRElement {
        public var id: String?
        public var meta: Meta?
        public var `extension`: [Extension] = []
        public var identifier: [Identifier] = []
        public var code: CodeableConcept?
        public var status: Status?
        public var manufacturer: Reference?
        public var form: CodeableConcept?
        public var amount: Ratio?
        public var ingredient: [Ingredient] = []
        public var batch: Batch?

        public init() {}

        public enum Status: String, FHIRCode {
            case active, inactive
            case enteredInError = "entered-in-error"
        }

        public struct Ingredient: FHIRElement {
            public var itemCodeableConcept: CodeableConcept?
            public var isActive: Bool?
            public var strength: Ratio?

            public init() {}

            public static let fields: [FHIRField<Ingredient>] = [
                .one("itemCodeableConcept", \.itemCodeableConcept), .one("isActive", \.isActive), .one("strength", \.strength),
            ]
        }

        public struct Batch: FHIRElement {
            public var lotNumber: String?
            public var expirationDate: Moment?

            public init() {}

            public static let fields: [FHIRField<Batch>] = [
                .one("lotNumber", \.lotNumber), .one("expirationDate", \.expirationDate),
            ]
        }

        public static let droppable: Set<String> = ["text"]
        public static let fields: [FHIRField<Medication>] = [
            .type("Medication"), .one("id", \.id), .one("meta", \.meta), .many("extension", \.extension),
            .many("identifier", \.identifier), .one("code", \.code), .one("status", \.status),
            .one("manufacturer", \.manufacturer), .one("form", \.form), .one("amount", \.amount),
            .many("ingredient", \.ingredient), .one("batch", \.batch),
        ]
    }
}
