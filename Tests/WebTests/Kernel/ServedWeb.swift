import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Postgres
import Primitives
import TestSupport
import Testing
import Web

/// An answer as a client sees it.
struct Answer: Sendable {
    let status: Int
    /// By name in lower case.
    let headers: [String: String]
    let text: String

    /// The body as JSON; null when it is none.
    var json: JSONValue { (try? JSONValue(parsing: text)) ?? .null }
    /// The refusal code of a problem.
    var code: String? { json["code"]?.string }
    var field: String? { json["field"]?.string }
    var isReplay: Bool { headers["idempotent-replay"] == "true" }

    /// The body as `Value`.
    func decoded<Value: Decodable>(as type: Value.Type = Value.self) throws -> Value {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }
}

/// A server on a loopback port, asked over HTTP. Every answer of an endpoint is checked against the OpenAPI document.
struct ServedWeb: Sendable {
    let port: Int
    let server: WebServer
    let log: RecordedLog
    let validator: AnswerValidator

    func get(_ path: String, as principal: Principal? = nil) async throws -> Answer {
        try await send("GET", path, as: principal, requestID: nil)
    }

    func post(
        _ path: String, _ body: JSONValue? = nil, as principal: Principal?, requestID: UUID? = UUID()
    ) async throws -> Answer {
        try await send("POST", path, as: principal, text: body?.text(), requestID: requestID)
    }

    /// - Parameter headers: further headers, or others in the place of those sent by themselves.
    func send(
        _ method: String, _ path: String, as principal: Principal? = nil, text: String? = nil, requestID: UUID? = UUID(),
        headers: [String: String] = [:], sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
        request.method = .RAW(value: method)
        var all: [String: String] = [:]
        if let principal { all["Authorization"] = "Bearer \(Self.token(of: principal))" }
        if let requestID { all["Request-Id"] = requestID.uuidString }
        if let text {
            all["Content-Type"] = "application/json"
            request.body = .bytes(Array(text.utf8))
        }
        for (name, value) in all.merging(headers, uniquingKeysWith: { $1 }) { request.headers.add(name: name, value: value) }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
        let answer = Answer(
            status: Int(response.status.code),
            headers: Dictionary(response.headers.map { ($0.name.lowercased(), $0.value) }) { first, _ in first },
            text: String(buffer: try await response.body.collect(upTo: 16 << 20)))
        check(method, path, answer, sourceLocation)
        return answer
    }

    private func check(_ method: String, _ path: String, _ answer: Answer, _ sourceLocation: SourceLocation) {
        let plain = path.split(separator: "?").first.map(String.init) ?? path
        let isOfNoEndpoint = ["http.not-found", "http.method-not-allowed"].contains(answer.code)
        guard plain.hasPrefix("/api/v1/"), plain != "/api/v1/openapi.json", method != "HEAD", !isOfNoEndpoint else { return }
        let defects = validator.defects(
            method: method, path: plain, status: answer.status, contentType: answer.headers["content-type"] ?? "",
            text: answer.text)
        for defect in defects { Issue.record("\(defect)", sourceLocation: sourceLocation) }
    }

    static func token(of principal: Principal) -> String { "\(principal.consortium)-\(principal.person)" }
}

/// Lends `body` a server of `endpoints` on a database, where each of `people` is signed in.
///
/// Commands are run once by the module that does so in the program.
func withServer(
    _ endpoints: [Endpoint], pages: [PageEndpoint] = [], interactions: [FHIRInteraction] = [], on database: Database, people: [Principal],
    time: TimeSource = .ofTests, limits: ServiceLimits = ServiceLimits(),
    isReady: @escaping @Sendable (Database) async throws -> Bool = ServiceEnvironment.answers,
    _ body: @escaping @Sendable (ServedWeb) async throws -> Void
) async throws {
    let byToken = Dictionary(people.map { (ServedWeb.token(of: $0), $0) }) { first, _ in first }
    let log = RecordedLog()
    let environment = ServiceEnvironment(
        database: database, time: time,
        authenticate: { token in
            guard let principal = byToken[token] else { throw HTTPRefusal(.unauthenticated, "the token is unknown") }
            return principal
        },
        isReady: isReady, digestKey: Array("a key of tests".utf8), logger: log.logger,
        limits: limits)
    let server = try WebServer(
        endpoints: endpoints, pages: pages, interactions: interactions, environment: environment)
    let (ports, listening) = AsyncStream.makeStream(of: Int.self)
    try await withThrowingTaskGroup(of: Void.self) { group in
        defer { group.cancelAll() }
        group.addTask {
            defer { listening.finish() }
            try await server.run(port: 0) { listening.yield($0) }
        }
        var bound: Int?
        for await port in ports {
            bound = port
            break
        }
        guard let bound else {
            try await group.next()
            return
        }
        try await body(ServedWeb(port: bound, server: server, log: log, validator: AnswerValidator(document: server.openAPI)))
    }
}
