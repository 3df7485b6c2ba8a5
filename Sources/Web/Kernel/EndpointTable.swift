public import Primitives

/// All endpoints of the service, their shapes recorded.
public struct EndpointTable: Sendable {
    /// Where every path of the table begins.
    public static let root = "/api/v1"

    struct Operation: Sendable {
        let endpoint: Endpoint
        let body: JSONSchema?
        let answer: JSONSchema
        /// Every code it may answer with.
        let refusals: [any RefusalCode]
    }

    let operations: [Operation]
    /// Every object of every request and answer, by component name.
    public let components: [String: ObjectSchema]

    /// - Parameters:
    ///   - ofSignIn: how signing in may refuse, for every operation that needs it.
    ///   - ofCommands: how a repeated command may be refused, for every command.
    /// - Throws: ``UndescribableType``; ``ConflictingEndpoints`` when two have the same name.
    public init(
        _ endpoints: [Endpoint], ofSignIn: [any RefusalCode] = [], ofCommands: [any RefusalCode] = []
    ) throws {
        let recorder = SchemaRecorder()
        var names: Set<String> = []
        operations = try endpoints.map { endpoint in
            guard names.insert(endpoint.operationID).inserted else {
                throw ConflictingEndpoints(description: endpoint.operationID)
            }
            var refusals: [any RefusalCode] = endpoint.refusalsOfHTTP
            if !endpoint.isOpen { refusals += ofSignIn }
            if endpoint.isCommand { refusals += ofCommands }
            return Operation(
                endpoint: endpoint, body: try endpoint.describeBody?(recorder), answer: try endpoint.describeAnswer(recorder),
                refusals: refusals + endpoint.refusals)
        }
        components = recorder.components
    }

    public var endpoints: [Endpoint] { operations.map(\.endpoint) }

    /// The headings in the order of the table.
    var tags: [Phrase] {
        var seen: Set<Phrase> = []
        return operations.map(\.endpoint.tag).filter { seen.insert($0).inserted }
    }

    /// Every refusal code of HTTP and of every module an endpoint names one of, each once, in order.
    public var refusalCodes: [any RefusalCode] {
        var seen: Set<String> = []
        let all = [HTTPRefusalCode.fault as any RefusalCode] + operations.flatMap(\.refusals)
        return all.flatMap { Self.siblings(of: $0) }.filter { seen.insert($0.rawValue).inserted }
    }

    private static func siblings<Code: RefusalCode>(of code: Code) -> [any RefusalCode] { Array(Code.allCases) }
}

/// Two endpoints have the same operation name, or the same method and path.
public struct ConflictingEndpoints: Error, CustomStringConvertible {
    public let description: String
}
