extension R4 {
    /// What this server can do, as a client reads it at `metadata`.
    public struct CapabilityStatement: FHIRElement {
        public var status: String?
        public var date: Moment?
        public var kind: String?
        public var software: Software?
        public var implementation: Implementation?
        public var fhirVersion: String?
        public var format: [String] = []
        public var rest: [Rest] = []

        public init() {}

        public static let fields: [FHIRField<CapabilityStatement>] = [
            .type("CapabilityStatement"), .one("status", \.status), .one("date", \.date), .one("kind", \.kind),
            .one("software", \.software), .one("implementation", \.implementation), .one("fhirVersion", \.fhirVersion),
            .many("format", \.format), .many("rest", \.rest),
        ]

        public struct Software: FHIRElement {
            public var name: String?
            public var version: String?

            public init() {}

            public static let fields: [FHIRField<Software>] = [.one("name", \.name), .one("version", \.version)]
        }

        public struct Implementation: FHIRElement {
            public var description: String?
            public var url: String?

            public init() {}

            public static let fields: [FHIRField<Implementation>] = [.one("description", \.description), .one("url", \.url)]
        }

        public struct Rest: FHIRElement {
            public var mode: String?
            public var documentation: String?
            public var security: Security?
            public var resource: [Resource] = []
            public var interaction: [Interaction] = []

            public init() {}

            public static let fields: [FHIRField<Rest>] = [
                .one("mode", \.mode), .one("documentation", \.documentation), .one("security", \.security),
                .many("resource", \.resource), .many("interaction", \.interaction),
            ]
        }

        public struct Security: FHIRElement {
            public var description: String?

            public init() {}

            public static let fields: [FHIRField<Security>] = [.one("description", \.description)]
        }

        public struct Resource: FHIRElement {
            public var type: String?
            public var documentation: String?
            public var interaction: [Interaction] = []
            public var versioning: String?
            public var conditionalCreate: Bool?
            public var searchParam: [SearchParam] = []

            public init() {}

            public static let fields: [FHIRField<Resource>] = [
                .one("type", \.type), .one("documentation", \.documentation), .many("interaction", \.interaction),
                .one("versioning", \.versioning), .one("conditionalCreate", \.conditionalCreate),
                .many("searchParam", \.searchParam),
            ]
        }

        public struct Interaction: FHIRElement {
            public var code: String?

            public init() {}
            public init(_ code: String) { self.code = code }

            public static let fields: [FHIRField<Interaction>] = [.one("code", \.code)]
        }

        public struct SearchParam: FHIRElement {
            public var name: String?
            public var type: String?
            public var documentation: String?

            public init() {}

            public static let fields: [FHIRField<SearchParam>] = [
                .one("name", \.name), .one("type", \.type), .one("documentation", \.documentation),
            ]
        }
    }
}
