public import Primitives

/// One operation of the HTTP interface as a value: where it is, who may call it, what it takes, answers and refuses.
///
/// Endpoints are listed in a table. The router, the OpenAPI document, the documentation page, the refusal of unknown
/// fields and the metrics all derive from it. They are made by ``reading(_:_:tag:summary:roles:query:refusals:answer:_:)``
/// and ``command(_:_:method:tag:summary:roles:query:refusals:creates:body:answer:_:)``.
public struct Endpoint: Sendable {
    public enum Method: String, Sendable, CaseIterable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    /// `requisitions.submit`: the module, then what it does. It names the operation in metrics, logs and documents.
    public let operationID: String
    public let method: Method
    /// Under `/api/v1`: `/requisitions/{requisitionID}/submission`. A name may tell its kind for the documents:
    /// `{storeID:number}`, `{requisitionID:uuid}`; text otherwise.
    public let path: PathTemplate
    /// The heading the operation stands under.
    public let tag: Phrase
    public let summary: Phrase
    /// Any of these may call it; none listed: any person who has signed in.
    public let roles: Set<Role>
    /// Whether it is called without signing in.
    public let isOpen: Bool
    public let query: [QueryParameter]
    /// The operation's own refusals; those of HTTP itself come on top.
    public let refusals: [any RefusalCode]
    /// Whether it changes something, once for each Request-Id.
    public let isCommand: Bool
    public let successStatus: Int
    /// The media type of its answer.
    public let answerMediaType: String
    let describeBody: (@Sendable (SchemaRecorder) throws -> JSONSchema)?
    let describeAnswer: @Sendable (SchemaRecorder) throws -> JSONSchema
    let handle: @Sendable (Exchange) async throws -> Reply

    /// Whether its request has a body at all.
    public var takesBody: Bool { describeBody != nil }

    /// What HTTP itself may refuse before the operation is asked.
    var refusalsOfHTTP: [HTTPRefusalCode] {
        let all = HTTPRefusalCode.ofEveryOperation + (isCommand || takesBody ? HTTPRefusalCode.ofEveryCommand : [])
        return all.filter { code in
            switch code {
            case .unauthenticated: !isOpen
            case .forbiddenRole: !roles.isEmpty
            case .missingRequestID: isCommand
            case .badPathID: !path.parameters.isEmpty
            default: true
            }
        }
    }
}

/// A path with named places: `/stores/{storeID:number}/balances`.
public struct PathTemplate: Sendable, Hashable, ExpressibleByStringInterpolation, CustomStringConvertible {
    public enum Segment: Sendable, Hashable {
        case literal(String)
        case parameter(String, ParameterKind)
    }

    public enum ParameterKind: String, Sendable {
        case text
        case number
        case uuid
    }

    public let segments: [Segment]

    public init(_ text: String) {
        precondition(text.hasPrefix("/"), "a path begins with a slash: \(text)")
        segments = text.dropFirst().split(separator: "/").map { part in
            guard part.hasPrefix("{"), part.hasSuffix("}") else { return .literal(String(part)) }
            let words = part.dropFirst().dropLast().split(separator: ":").map(String.init)
            guard let name = words.first else { preconditionFailure("a place in the path has no name: \(text)") }
            let kind = words.count > 1 ? ParameterKind(rawValue: words[1]) : .text
            guard let kind else { preconditionFailure("no such kind of place in the path: \(text)") }
            return .parameter(name, kind)
        }
    }

    public init(stringLiteral value: String) { self.init(value) }

    init(segments: [Segment]) { self.segments = segments }

    /// The named places in their order.
    public var parameters: [(name: String, kind: ParameterKind)] {
        segments.compactMap { segment in
            guard case .parameter(let name, let kind) = segment else { return nil }
            return (name, kind)
        }
    }

    /// The path as OpenAPI writes it: `/stores/{storeID}/balances`.
    public var description: String {
        "/"
            + segments.map { segment in
                switch segment {
                case .literal(let text): text
                case .parameter(let name, _): "{\(name)}"
                }
            }.joined(separator: "/")
    }
}
