extension R4 {
    /// How a medicine is taken.
    public struct Dosage: FHIRElement {
        public var sequence: Int?
        public var text: String?
        public var additionalInstruction: [CodeableConcept] = []
        public var timing: Timing?
        public var asNeededBoolean: Bool?
        public var route: CodeableConcept?
        public var doseAndRate: [DoseAndRate] = []

        public init() {}

        public static let fields: [FHIRField<Dosage>] = [
            .one("sequence", \.sequence), .one("text", \.text), .many("additionalInstruction", \.additionalInstruction),
            .one("timing", \.timing),
            .one("asNeededBoolean", \.asNeededBoolean), .one("route", \.route), .many("doseAndRate", \.doseAndRate),
        ]
    }

    public struct DoseAndRate: FHIRElement {
        public var type: CodeableConcept?
        public var doseQuantity: Quantity?

        public init() {}
        public init(dose: Quantity) {
            type = CodeableConcept([Coding("http://terminology.hl7.org/CodeSystem/dose-rate-type", "ordered", "Ordered")])
            doseQuantity = dose
        }

        public static let fields: [FHIRField<DoseAndRate>] = [.one("type", \.type), .one("doseQuantity", \.doseQuantity)]
    }

    public struct Timing: FHIRElement {
        public var `repeat`: Repeat?
        public var code: CodeableConcept?

        public init() {}

        public static let fields: [FHIRField<Timing>] = [.one("repeat", \.repeat), .one("code", \.code)]

        /// So many times in so many units of time.
        public struct Repeat: FHIRElement {
            public var count: Int?
            public var frequency: Int?
            public var period: Number?
            public var periodUnit: Unit?

            public init() {}

            public static let fields: [FHIRField<Repeat>] = [
                .one("count", \.count), .one("frequency", \.frequency), .one("period", \.period),
                .one("periodUnit", \.periodUnit),
            ]
        }

        public enum Unit: String, FHIRCode {
            case hour = "h"
            case day = "d"
            case week = "wk"

            public var hours: Int64 {
                switch self {
                case .hour: 1
                case .day: 24
                case .week: 168
                }
            }
        }
    }
}
