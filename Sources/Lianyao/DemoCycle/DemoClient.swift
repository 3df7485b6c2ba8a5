import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Primitives
import Web

/// Speaks to a running server as the people of one demonstration consortium, over HTTP like anybody else.
struct DemoClient: Sendable {
    let server: String
    /// The consortium's code.
    let consortium: String

    /// - Throws: ``CommandFailure`` when the server cannot be reached or refuses.
    func get(_ path: String, as person: String) async throws -> JSONValue {
        try await accepted(send("GET", path, nil, as: person), path)
    }

    /// Everything of a list, page by page.
    func all(_ path: String, as person: String) async throws -> [JSONValue] {
        var items: [JSONValue] = []
        var after = ""
        while true {
            let separator = path.contains("?") ? "&" : "?"
            let page = try await get("\(path)\(separator)limit=200\(after)", as: person)
            items += page["items"]?.elements ?? []
            guard let next = page["next"]?.string else { return items }
            after = "&after=\(next)"
        }
    }

    /// Sends a command with a fresh request id.
    ///
    /// - Throws: ``CommandFailure`` when the server cannot be reached or refuses.
    @discardableResult
    func post(_ path: String, _ body: JSONValue = [:], as person: String) async throws -> JSONValue {
        try await accepted(send("POST", path, body, as: person), path)
    }

    /// As ``post(_:_:as:)``, for changing a part of what is there.
    @discardableResult
    func patch(_ path: String, _ body: JSONValue, as person: String) async throws -> JSONValue {
        try await accepted(send("PATCH", path, body, as: person), path)
    }

    /// As ``post(_:_:as:)``, for saying how something is.
    @discardableResult
    func put(_ path: String, _ body: JSONValue, as person: String) async throws -> JSONValue {
        try await accepted(send("PUT", path, body, as: person), path)
    }

    /// Sends a command that must be refused.
    ///
    /// - Returns: what the refusal means, in Chinese, and its code.
    func refused(_ path: String, _ body: JSONValue, as person: String, with code: String) async throws -> String {
        let (status, answer) = try await send("POST", path, body, as: person)
        guard status >= 400, answer["code"]?.string == code else {
            throw CommandFailure("\(path) was to be refused with \(code) and answered \(status): \(answer.text())")
        }
        return "\(answer["title"]?.string ?? "") (\(code))"
    }

    private func accepted(_ reply: (status: Int, answer: JSONValue), _ path: String) throws -> JSONValue {
        guard reply.status < 300 else {
            let problem = reply.answer
            let field = problem["field"]?.string.map { ", field \($0)" } ?? ""
            throw CommandFailure(
                "\(path) answered \(reply.status) \(problem["code"]?.string ?? ""): \(problem["detail"]?.string ?? "")\(field)")
        }
        return reply.answer
    }

    private func send(_ method: String, _ path: String, _ body: JSONValue?, as person: String) async throws -> (
        status: Int, answer: JSONValue
    ) {
        var request = HTTPClientRequest(url: "\(server)/api/v1\(path)")
        request.method = .RAW(value: method)
        request.headers.add(name: "Authorization", value: "Bearer dev:\(person)@\(consortium)")
        if let body {
            request.headers.add(name: "Request-Id", value: UUID.version7(at: TimeSource.system.now).uuidString)
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(Array(body.text().utf8))
        }
        let response: HTTPClientResponse
        do {
            response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
        } catch {
            throw CommandFailure("No server answers at \(server): start one with `lianyao serve --development-sign-in`.")
        }
        let text = String(buffer: try await response.body.collect(upTo: 32 << 20))
        return (Int(response.status.code), (try? JSONValue(parsing: text)) ?? .null)
    }
}

extension JSONValue {
    /// A member that must be there, as text.
    func text(_ name: String) throws -> String {
        guard let text = self[name]?.string else { throw CommandFailure("an answer lacks the text \(name): \(text().prefix(300))") }
        return text
    }

    /// A member that must be there, as a whole number.
    func number(_ name: String) throws -> Int64 {
        guard let number = self[name]?.integer else {
            throw CommandFailure("an answer lacks the number \(name): \(text().prefix(300))")
        }
        return number
    }

    static func integer(_ value: Int64) -> JSONValue { .number(String(value)) }

    /// An object from its members.
    static func of(_ members: KeyValuePairs<String, JSONValue>) -> JSONValue { .object(members.map { Member($0.key, $0.value) }) }
}
