public import Primitives

extension R4 {
    /// Any resource that is read or written here.
    public enum Resource: FHIRPart {
        case patient(Patient)
        case medication(Medication)
        case medicationRequest(MedicationRequest)
        case medicationDispense(MedicationDispense)
        case operationOutcome(OperationOutcome)
        indirect case bundle(Bundle)

        public var json: JSONValue { part.json }

        private var part: any FHIRPart {
            switch self {
            case .patient(let patient): patient
            case .medication(let medication): medication
            case .medicationRequest(let request): request
            case .medicationDispense(let dispense): dispense
            case .operationOutcome(let outcome): outcome
            case .bundle(let bundle): bundle
            }
        }

        public init(json: JSONValue, at path: String) throws {
            guard let type = json["resourceType"]?.string else {
                throw FHIRRefusal(.elementInvalid, "a resource with its resourceType is expected", field: path)
            }
            switch type {
            case "Patient": self = .patient(try Patient(json: json, at: path))
            case "Medication": self = .medication(try Medication(json: json, at: path))
            case "MedicationRequest": self = .medicationRequest(try MedicationRequest(json: json, at: path))
            case "MedicationDispense": self = .medicationDispense(try MedicationDispense(json: json, at: path))
            case "OperationOutcome": self = .operationOutcome(try OperationOutcome(json: json, at: path))
            case "Bundle": self = .bundle(try Bundle(json: json, at: path))
            default: throw FHIRRefusal(.elementNotSupported, "\(type) is not kept here", field: path)
            }
        }

        /// The id, and the name of its type; `nil` for what is not kept under an id.
        public var place: (type: String, id: String)? {
            switch self {
            case .patient(let patient): patient.id.map { ("Patient", $0) }
            case .medication(let medication): medication.id.map { ("Medication", $0) }
            case .medicationRequest(let request): request.id.map { ("MedicationRequest", $0) }
            case .medicationDispense(let dispense): dispense.id.map { ("MedicationDispense", $0) }
            case .operationOutcome, .bundle: nil
            }
        }
    }

    /// Several resources: what a search found, what is to be done at once, or what came of it.
    public struct Bundle: FHIRElement {
        public var id: String?
        public var meta: Meta?
        public var type: BundleType?
        public var link: [Link] = []
        public var entry: [Entry] = []

        public init() {}

        public enum BundleType: String, FHIRCode {
            case searchset, transaction, batch
            case transactionResponse = "transaction-response"
        }

        public struct Link: FHIRElement {
            public var relation: String?
            public var url: String?

            public init() {}
            public init(_ relation: String, _ url: String) {
                self.relation = relation
                self.url = url
            }

            public static let fields: [FHIRField<Link>] = [.one("relation", \.relation), .one("url", \.url)]
        }

        public struct Entry: FHIRElement {
            public var fullUrl: String?
            public var resource: Resource?
            public var search: Search?
            public var request: Request?
            public var response: Response?

            public init() {}

            public static let fields: [FHIRField<Entry>] = [
                .one("fullUrl", \.fullUrl), .one("resource", \.resource), .one("search", \.search), .one("request", \.request),
                .one("response", \.response),
            ]
        }

        public struct Search: FHIRElement {
            public var mode: Mode?

            public init() {}
            public init(_ mode: Mode) { self.mode = mode }

            public enum Mode: String, FHIRCode { case match, include, outcome }

            public static let fields: [FHIRField<Search>] = [.one("mode", \.mode)]
        }

        public struct Request: FHIRElement {
            public var method: String?
            public var url: String?
            public var ifNoneExist: String?

            public init() {}

            public static let fields: [FHIRField<Request>] = [
                .one("method", \.method), .one("url", \.url), .one("ifNoneExist", \.ifNoneExist),
            ]
        }

        public struct Response: FHIRElement {
            public var status: String?
            public var location: String?
            public var lastModified: Moment?

            public init() {}

            public static let fields: [FHIRField<Response>] = [
                .one("status", \.status), .one("location", \.location), .one("lastModified", \.lastModified),
            ]
        }

        public static let fields: [FHIRField<Bundle>] = [
            .type("Bundle"), .one("id", \.id), .one("meta", \.meta), .one("type", \.type), .many("link", \.link),
            .many("entry", \.entry),
        ]
    }
}
