extension R4 {
    public struct Patient: FHIRElement {
        public var id: String?
        public var meta: Meta?
        public var identifier: [Identifier] = []
        public var active: Bool?
        public var name: [HumanName] = []
        public var telecom: [ContactPoint] = []
        public var gender: Gender?
        public var birthDate: Moment?

        public init() {}

        public enum Gender: String, FHIRCode {
            case male, female, other, unknown
        }

        public static let droppable: Set<String> = ["text"]
        public static let fields: [FHIRField<Patient>] = [
            .type("Patient"), .one("id", \.id), .one("meta", \.meta), .many("identifier", \.identifier),
            .one("active", \.active), .many("name", \.name), .many("telecom", \.telecom), .one("gender", \.gender),
            .one("birthDate", \.birthDate),
        ]
    }
}
