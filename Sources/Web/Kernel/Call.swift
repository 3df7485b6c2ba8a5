public import Foundation
public import Primitives

/// A body for operations that take none.
public struct NoBody: Codable, Sendable, Equatable {
    public init() {}
    public init(from decoder: any Decoder) throws { _ = try decoder.container(keyedBy: NoKeys.self) }
    public func encode(to encoder: any Encoder) throws { _ = encoder.container(keyedBy: NoKeys.self) }

    private enum NoKeys: CodingKey {}
}

/// One call of an operation, read and checked: who asks, for what, and when.
public struct Call<Body: Sendable>: Sendable {
    public let principal: Principal
    public let body: Body
    /// One moment for the whole call.
    public let now: Instant
    /// The caller's Request-Id; one made up by the server where the caller sent none.
    public let requestID: UUID
    /// The token the caller signed in with, for signing out.
    public let bearerToken: String
    let parameters: Parameters

    /// The business day, Asia/Shanghai.
    public var today: CalendarDate { now.businessDay }

    /// The UUID in the path at `{name}`.
    ///
    /// - Throws: `http.bad-path-id`.
    public func id<Kind>(_ name: String) throws(HTTPRefusal) -> DocumentID<Kind> { try parameters.id(name) }

    /// The record number in the path at `{name}`.
    ///
    /// - Throws: `http.bad-path-id`.
    public func number<Kind>(_ name: String) throws(HTTPRefusal) -> Identifier<Kind> { Identifier(try parameters.integer(name)) }

    /// The whole number in the path at `{name}`.
    ///
    /// - Throws: `http.bad-path-id`.
    public func integer(_ name: String) throws(HTTPRefusal) -> Int64 { try parameters.integer(name) }

    /// The text in the path at `{name}`, not empty.
    public func text(_ name: String) throws(HTTPRefusal) -> String { try parameters.text(name) }

    // The values of query parameters the operation lists; `nil` when the caller left them out. They have been
    // checked against the parameter's kind before the operation runs.

    public func query(_ name: String) -> String? { parameters.query(name) }
    public func query(integer name: String) -> Int64? { parameters.query(name).flatMap { Int64($0) } }
    public func query(day name: String) -> CalendarDate? { parameters.query(name).flatMap { CalendarDate($0) } }
    /// `false` when the caller left it out.
    public func query(flag name: String) -> Bool { parameters.query(name) == "true" }
    public func query<Kind>(number name: String) -> Identifier<Kind>? { query(integer: name).map { Identifier($0) } }
    public func query<Kind>(id name: String) -> DocumentID<Kind>? { parameters.query(name).flatMap { DocumentID(text: $0) } }
    public func query<Choice: RawRepresentable<String>>(choice name: String, _ type: Choice.Type = Choice.self) -> Choice? {
        parameters.query(name).flatMap { Choice(rawValue: $0) }
    }

    /// The part of the list that `limit` and `after` ask for; the operation lists `.paging`.
    ///
    /// - Throws: `http.bad-query` for a cursor that cannot be read.
    public func page() throws(HTTPRefusal) -> Page {
        let after: [String]?
        if let text = query("after") { after = try Cursor.decode(text) } else { after = nil }
        return Page(limit: query(integer: "limit").map { Int($0) } ?? Page.limitDefault, after: after)
    }
}

/// One call of an operation that needs no sign-in, such as signing in.
public struct OpenCall<Body: Sendable>: Sendable {
    public let body: Body
    public let now: Instant
    public let requestID: UUID
    let parameters: Parameters

    public var today: CalendarDate { now.businessDay }
    public func text(_ name: String) throws(HTTPRefusal) -> String { try parameters.text(name) }
    public func query(_ name: String) -> String? { parameters.query(name) }
}

/// What the path and the query of a request hold.
struct Parameters: Sendable {
    var path: [String: String] = [:]
    var query: [String: String] = [:]
    /// The names the operation lists; asking for another is a defect of the operation.
    var listed: Set<String> = []

    func query(_ name: String) -> String? {
        precondition(listed.contains(name), "the operation reads the query parameter \(name) and does not list it")
        return query[name]
    }

    func text(_ name: String) throws(HTTPRefusal) -> String {
        guard let text = path[name] else { preconditionFailure("the operation's path has no {\(name)}") }
        guard !text.isEmpty else { throw HTTPRefusal(.badPathID, "it is empty", field: name) }
        return text
    }

    func integer(_ name: String) throws(HTTPRefusal) -> Int64 {
        let text = try text(name)
        guard let number = Int64(text), text == String(number) else {
            throw HTTPRefusal(.badPathID, "a whole number is expected", field: name)
        }
        return number
    }

    func id<Kind>(_ name: String) throws(HTTPRefusal) -> DocumentID<Kind> {
        guard let id = DocumentID<Kind>(text: try text(name)) else {
            throw HTTPRefusal(.badPathID, "a UUID is expected", field: name)
        }
        return id
    }
}

extension DocumentID {
    /// Reads the 36 characters of RFC 9562.
    init?(text: String) {
        guard text.utf8.count == 36, let uuid = UUID(uuidString: text) else { return nil }
        self.init(uuid)
    }
}
