import Commands
import Foundation
public import Postgres
public import Primitives

extension Endpoint {
    /// An operation that reads, in one read-only transaction of the caller's consortium: GET, 200.
    ///
    /// - Parameters:
    ///   - roles: any of these may call it; none: everybody who has signed in.
    ///   - query: the query parameters it takes; it refuses any other.
    ///   - refusals: its own refusals, for the documents.
    public static func reading<Answer: Codable & Sendable>(
        _ operationID: String, _ path: PathTemplate, tag: Phrase, summary: Phrase, roles: Set<Role> = [],
        query: [QueryParameter] = [], refusals: [any RefusalCode] = [], answer: Answer.Type = Answer.self,
        _ handle: @escaping @Sendable (Call<NoBody>, Transaction) throws -> Answer
    ) -> Endpoint {
        Endpoint(
            operationID: operationID, method: .get, path: path, tag: tag, summary: summary, roles: roles, isOpen: false,
            query: query, refusals: refusals, isCommand: false, successStatus: 200, answerMediaType: "application/json",
            describeBody: nil, describeAnswer: { try $0.schema(of: Answer.self) }
        ) { exchange in
            let call = try exchange.call(NoBody.self)
            let answer = try await exchange.environment.database.read(as: call.principal.tenant) { transaction in
                try handle(call, transaction)
            }
            return .json(try StoredAnswer(status: 200, encoding: answer))
        }
    }

    /// An operation that changes something, in one transaction of the caller's consortium, once for each Request-Id:
    /// POST and 200 unless told otherwise, 201 when it `creates`.
    ///
    /// The transaction may be run again before it commits, so `handle` does nothing but talk to the database.
    public static func command<Body: Decodable & Sendable, Answer: Codable & Sendable>(
        _ operationID: String, _ path: PathTemplate, method: Method = .post, tag: Phrase, summary: Phrase,
        roles: Set<Role> = [], query: [QueryParameter] = [], refusals: [any RefusalCode] = [], creates: Bool = false,
        body: Body.Type = Body.self, answer: Answer.Type = Answer.self,
        _ handle: @escaping @Sendable (Call<Body>, Transaction) throws -> Answer
    ) -> Endpoint {
        let status = creates ? 201 : 200
        return Endpoint(
            operationID: operationID, method: method, path: path, tag: tag, summary: summary, roles: roles, isOpen: false,
            query: query, refusals: refusals, isCommand: true, successStatus: status, answerMediaType: "application/json",
            describeBody: description(of: Body.self),
            describeAnswer: { try $0.schema(of: Answer.self) }
        ) { exchange in
            let call = try exchange.call(Body.self)
            let digest = exchange.digest(of: operationID)
            let command = RunOnce(requestID: call.requestID, operation: operationID, bodyDigest: digest)
            let answer = try await exchange.environment.database.write(as: call.principal.tenant) { transaction in
                try command.run(in: transaction, by: call.principal, at: call.now) {
                    try StoredAnswer(status: status, encoding: try handle(call, transaction))
                }
            }
            return .json(answer)
        }
    }

    /// An operation that is called without signing in, such as signing in. It opens its own transactions, since only
    /// it knows whose rows it needs.
    public static func open<Body: Decodable & Sendable, Answer: Codable & Sendable>(
        _ operationID: String, _ path: PathTemplate, method: Method = .post, tag: Phrase, summary: Phrase,
        query: [QueryParameter] = [], refusals: [any RefusalCode] = [], creates: Bool = false,
        body: Body.Type = Body.self, answer: Answer.Type = Answer.self,
        _ handle: @escaping @Sendable (OpenCall<Body>, Database) async throws -> Answer
    ) -> Endpoint {
        let status = creates ? 201 : 200
        return Endpoint(
            operationID: operationID, method: method, path: path, tag: tag, summary: summary, roles: [], isOpen: true,
            query: query, refusals: refusals, isCommand: false, successStatus: status, answerMediaType: "application/json",
            describeBody: description(of: Body.self),
            describeAnswer: { try $0.schema(of: Answer.self) }
        ) { exchange in
            let answer = try await handle(try exchange.openCall(Body.self), exchange.environment.database)
            return .json(try StoredAnswer(status: status, encoding: answer))
        }
    }

    /// An operation that reads and answers a file: GET, 200.
    public static func download(
        _ operationID: String, _ path: PathTemplate, tag: Phrase, summary: Phrase, mediaType: String = "text/csv",
        roles: Set<Role> = [], query: [QueryParameter] = [], refusals: [any RefusalCode] = [],
        _ handle: @escaping @Sendable (Call<NoBody>, Transaction) throws -> Download
    ) -> Endpoint {
        Endpoint(
            operationID: operationID, method: .get, path: path, tag: tag, summary: summary, roles: roles, isOpen: false,
            query: query, refusals: refusals, isCommand: false, successStatus: 200, answerMediaType: mediaType,
            describeBody: nil, describeAnswer: { _ in .string() }
        ) { exchange in
            let call = try exchange.call(NoBody.self)
            let file = try await exchange.environment.database.read(as: call.principal.tenant) { transaction in
                try handle(call, transaction)
            }
            let name = file.name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "file"
            return Reply(
                status: 200, contentType: "\(mediaType); charset=utf-8", body: file.text,
                headers: [("Content-Disposition", "\(file.isShown ? "inline" : "attachment"); filename*=UTF-8''\(name)")])
        }
    }
}

extension Endpoint {
    /// How a body is described; `nil` where there is none.
    private static func description<Body: Decodable & Sendable>(
        of type: Body.Type
    ) -> (@Sendable (SchemaRecorder) throws -> JSONSchema)? {
        if type == NoBody.self { return nil }
        return { try $0.schema(of: Body.self) }
    }
}

/// A text file to be saved under a name, or shown at once, as a page to be printed is.
public struct Download: Sendable {
    public let name: String
    public let text: String
    public let isShown: Bool

    public init(name: String, text: String, isShown: Bool = false) {
        self.name = name
        self.text = text
        self.isShown = isShown
    }
}
