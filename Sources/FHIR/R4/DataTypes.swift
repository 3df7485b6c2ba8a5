extension R4 {
    public struct Coding: FHIRElement {
        public var system: String?
        public var code: String?
        public var display: String?

        public init() {}
        public init(_ system: String?, _ code: String, _ display: String? = nil) {
            self.system = system
            self.code = code
            self.display = display
        }

        public static let fields: [FHIRField<Coding>] = [
            .one("system", \.system), .one("code", \.code), .one("display", \.display),
        ]
    }

    public struct CodeableConcept: FHIRElement {
        public var coding: [Coding] = []
        public var text: String?

        public init() {}
        public init(_ coding: [Coding] = [], text: String? = nil) {
            self.coding = coding
            self.text = text
        }

        public static let fields: [FHIRField<CodeableConcept>] = [.many("coding", \.coding), .one("text", \.text)]

        /// The code in `system`; `nil` when none is.
        public func code(in system: String) -> String? { coding.first { $0.system == system }?.code }
    }

    /// What is said about a value beyond the value; here that it is masked.
    public struct ValueNote: FHIRElement {
        public var `extension`: [Extension] = []

        public init() {}
        /// The value is known and only this much of it is shown.
        public init(masked text: String) {
            `extension` = [Extension("http://hl7.org/fhir/StructureDefinition/rendered-value", string: text)]
        }

        public static let fields: [FHIRField<ValueNote>] = [.many("extension", \.extension)]
    }

    public struct Identifier: FHIRElement {
        public var use: String?
        public var type: CodeableConcept?
        public var system: String?
        public var value: String?
        public var valueNote: ValueNote?

        public init() {}
        public init(_ system: String?, _ value: String?, type: CodeableConcept? = nil, use: String? = nil) {
            self.system = system
            self.value = value
            self.type = type
            self.use = use
        }

        public static let fields: [FHIRField<Identifier>] = [
            .one("use", \.use), .one("type", \.type), .one("system", \.system), .one("value", \.value),
            .one("_value", \.valueNote),
        ]
    }

    public struct Reference: FHIRElement {
        public var reference: String?
        public var type: String?
        public var identifier: Identifier?
        public var display: String?

        public init() {}
        public init(_ reference: String?, type: String? = nil, identifier: Identifier? = nil, display: String? = nil) {
            self.reference = reference
            self.type = type
            self.identifier = identifier
            self.display = display
        }

        public static let fields: [FHIRField<Reference>] = [
            .one("reference", \.reference), .one("type", \.type), .one("identifier", \.identifier), .one("display", \.display),
        ]

        /// The id behind `Patient/…`, relative or with the address of a server before it.
        public func id(of type: String) -> String? {
            guard let parts = reference?.split(separator: "/"), parts.count >= 2, parts[parts.count - 2] == type else { return nil }
            return String(parts[parts.count - 1])
        }
    }

    public struct Quantity: FHIRElement {
        public var value: Number?
        public var unit: String?
        public var system: String?
        public var code: String?

        public init() {}
        public init(_ value: Number, unit: String?, system: String?, code: String?) {
            self.value = value
            self.unit = unit
            self.system = system
            self.code = code
        }

        /// A length of time in days (UCUM `d`).
        public init(days: Int) {
            self.init(Number(whole: Int64(days)), unit: "天", system: CodeSystems.ucum, code: "d")
        }

        public static let fields: [FHIRField<Quantity>] = [
            .one("value", \.value), .one("unit", \.unit), .one("system", \.system), .one("code", \.code),
        ]
    }

    /// Two quantities, or an extension that says in words what they would.
    public struct Ratio: FHIRElement {
        public var `extension`: [Extension] = []
        public var numerator: Quantity?
        public var denominator: Quantity?

        public init() {}

        public static let fields: [FHIRField<Ratio>] = [
            .many("extension", \.extension), .one("numerator", \.numerator), .one("denominator", \.denominator),
        ]
    }

    public struct Period: FHIRElement {
        public var start: Moment?
        public var end: Moment?

        public init() {}
        public init(start: Moment?, end: Moment?) {
            self.start = start
            self.end = end
        }

        public static let fields: [FHIRField<Period>] = [.one("start", \.start), .one("end", \.end)]
    }

    public struct HumanName: FHIRElement {
        public var use: String?
        public var text: String?

        public init() {}

        public static let fields: [FHIRField<HumanName>] = [.one("use", \.use), .one("text", \.text)]
    }

    public struct ContactPoint: FHIRElement {
        public var system: String?
        public var value: String?
        public var valueNote: ValueNote?
        public var use: String?

        public init() {}

        public static let fields: [FHIRField<ContactPoint>] = [
            .one("system", \.system), .one("value", \.value), .one("_value", \.valueNote), .one("use", \.use),
        ]
    }

    public struct Meta: FHIRElement {
        public var versionId: String?
        public var lastUpdated: Moment?
        public var profile: [String] = []

        public init() {}

        public static let fields: [FHIRField<Meta>] = [
            .one("versionId", \.versionId), .one("lastUpdated", \.lastUpdated), .many("profile", \.profile),
        ]
    }

    /// Who signed what, when, and the signature in Base64.
    public struct Signature: FHIRElement {
        public var type: [Coding] = []
        public var when: Moment?
        public var who: Reference?
        public var data: String?

        public init() {}

        public static let fields: [FHIRField<Signature>] = [
            .many("type", \.type), .one("when", \.when), .one("who", \.who), .one("data", \.data),
        ]
    }

    /// One fact that FHIR has no element for.
    public struct Extension: FHIRElement {
        public var url: String?
        public var valueString: String?
        public var valueCode: String?
        public var valueBoolean: Bool?
        public var valueInteger: Int?
        public var valueQuantity: Quantity?
        public var valueCoding: Coding?
        public var valueSignature: Signature?

        public init() {}
        public init(_ url: String, string: String) {
            self.url = url
            valueString = string
        }
        public init(_ url: String, code: String) {
            self.url = url
            valueCode = code
        }
        public init(_ url: String, integer: Int) {
            self.url = url
            valueInteger = integer
        }
        public init(_ url: String, flag: Bool) {
            self.url = url
            valueBoolean = flag
        }
        public init(_ url: String, coding: Coding) {
            self.url = url
            valueCoding = coding
        }
        public init(_ url: String, quantity: Quantity) {
            self.url = url
            valueQuantity = quantity
        }

        public static let fields: [FHIRField<Extension>] = [
            .one("url", \.url), .one("valueString", \.valueString), .one("valueCode", \.valueCode),
            .one("valueBoolean", \.valueBoolean), .one("valueInteger", \.valueInteger), .one("valueQuantity", \.valueQuantity),
            .one("valueCoding", \.valueCoding), .one("valueSignature", \.valueSignature),
        ]
    }
}
