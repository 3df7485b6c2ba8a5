import FHIR
import Foundation
public import Primitives

/// One operation of the FHIR interface as a value. It stands beside ``Endpoint``: FHIR says itself what it looks like
/// (`metadata`), searches as it likes, and refuses with an OperationOutcome.
public struct FHIRInteraction: Sendable {
    enum Body: Sendable {
        case none
        case resource
        /// A search whose parameters stand in the body, so that they are in no log.
        case form
    }

    public let operationID: String
    public let method: Endpoint.Method
    /// From the root: `/fhir/r4/Patient/{id}`.
    public let path: PathTemplate
    /// Any of these may call it; none listed: any person who has signed in.
    public let roles: Set<Role>
    /// Whether it is called without signing in.
    public let isOpen: Bool
    let body: Body
    let handle: @Sendable (FHIRCall) async throws -> Reply

    /// Where every resource stands under.
    public static let root = "/fhir/r4"

    init(
        _ operationID: String, _ path: String, method: Endpoint.Method = .get, roles: Set<Role> = [], isOpen: Bool = false,
        body: Body = .none, _ handle: @escaping @Sendable (FHIRCall) async throws -> Reply
    ) {
        self.operationID = operationID
        self.method = method
        self.path = PathTemplate(Self.root + path)
        self.roles = roles
        self.isOpen = isOpen
        self.body = body
        self.handle = handle
    }
}

/// One call of an interaction.
struct FHIRCall: Sendable {
    let exchange: Exchange
    let pairs: [SearchQuery.Pair]
    /// Whether the caller wants unknown parameters refused (`Prefer: handling=strict`).
    let isStrict: Bool
    let ifNoneExist: String?
    /// Whether the caller chose the Request-Id.
    let isRepeatable: Bool
    /// The address that every resource stands under.
    let base: String

    /// - Throws: `http.unauthenticated` for an open interaction.
    func principal() throws -> Principal {
        guard let principal = exchange.principal else { throw HTTPRefusal(.unauthenticated, "nobody has signed in") }
        return principal
    }
}

extension Reply {
    static let mediaTypeOfFHIR = "application/fhir+json"

    static func fhir(_ json: JSONValue, status: Int = 200, headers: [(name: String, value: String)] = []) -> Reply {
        Reply(
            status: status, contentType: "\(mediaTypeOfFHIR); charset=utf-8", body: json.text(), headers: headers)
    }
}

extension Problem {
    /// The problem in FHIR's words: our code, what it means, and where.
    func outcome() -> Reply {
        var issue = R4.OperationOutcome.Issue()
        issue.severity = .error
        issue.code = issueType
        issue.details = R4.CodeableConcept(
            [R4.Coding(CodeSystems.standard.refusal, code.rawValue, code.meaning.english)], text: code.meaning.chinese)
        let isFHIRPath = field?.first?.isUppercase ?? false
        issue.diagnostics = [detail, isFHIRPath ? "" : field ?? ""].filter { !$0.isEmpty }.joined(separator: " — ")
        if let field, isFHIRPath { issue.expression = [field] }
        return .fhir(R4.OperationOutcome(issue).json, status: status, headers: headers)
    }

    /// Source: value set `issue-type` of R4.
    private var issueType: String {
        switch code as? HTTPRefusalCode {
        case .methodNotAllowed, .unsupportedMediaType: return "not-supported"
        case .bodyTooLarge, .headersTooLarge: return "too-long"
        case .unavailable: return "transient"
        case .fault: return "exception"
        case .missingField: return "required"
        default: break
        }
        switch code as? FHIRRefusalCode {
        case .elementMissing, .identifierMissing, .criterionMissing: return "required"
        case .elementNotSupported, .parameterUnknown: return "not-supported"
        case .elementInvalid, .parameterInvalid: return "value"
        case .identifierTaken: return "duplicate"
        case .medicationUnknown, .frequencyUnknown: return "code-invalid"
        default: break
        }
        return switch code.category {
        case .malformed: "invalid"
        case .unauthenticated: "login"
        case .forbidden: "forbidden"
        case .missing: "not-found"
        case .conflict: "conflict"
        case .invalid: "business-rule"
        }
    }
}
