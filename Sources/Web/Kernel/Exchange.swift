import Commands
import Foundation
import Primitives

/// An answer as it leaves the kernel.
public struct Reply: Sendable {
    public var status: Int
    public var contentType: String
    public var body: String
    /// Further headers.
    public var headers: [(name: String, value: String)]

    public init(status: Int, contentType: String, body: String, headers: [(name: String, value: String)] = []) {
        self.status = status
        self.contentType = contentType
        self.body = body
        self.headers = headers
    }

    static func json(_ answer: StoredAnswer) -> Reply {
        Reply(
            status: answer.status, contentType: "application/json; charset=utf-8", body: answer.json,
            headers: answer.isReplay ? [("Idempotent-Replay", "true")] : [])
    }

    static func json(_ document: JSONValue) -> Reply { .json(StoredAnswer(status: 200, json: document.text())) }

    static func html(_ page: String) -> Reply { Reply(status: 200, contentType: "text/html; charset=utf-8", body: page) }
}

extension StoredAnswer {
    init(status: Int, encoding answer: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        self.init(status: status, json: String(decoding: try encoder.encode(answer), as: UTF8.self))
    }
}

/// A request that has been routed and checked, on its way into an endpoint.
struct Exchange: Sendable {
    let environment: ServiceEnvironment
    /// `nil` for an open operation only.
    let principal: Principal?
    let bearerToken: String
    let parameters: Parameters
    /// An empty object where the request had no body.
    let body: JSONValue
    let reading: BodyReading
    let requestID: UUID
    let now: Instant

    func call<Body: Decodable & Sendable>(_ type: Body.Type) throws -> Call<Body> {
        guard let principal else { throw HTTPRefusal(.unauthenticated, "nobody has signed in") }
        return Call(
            principal: principal, body: try reading.decode(type, from: body), now: now, requestID: requestID,
            bearerToken: bearerToken, parameters: parameters)
    }

    func openCall<Body: Decodable & Sendable>(_ type: Body.Type) throws -> OpenCall<Body> {
        OpenCall(body: try reading.decode(type, from: body), now: now, requestID: requestID, parameters: parameters)
    }
}
