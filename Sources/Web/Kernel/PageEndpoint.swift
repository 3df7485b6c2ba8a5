public import Postgres
public import Primitives

/// A page rendered by the server, for anybody who opens it.
public struct PageEndpoint: Sendable {
    /// `pages.glance`: names the page in metrics and logs.
    public let operationID: String
    public let path: PathTemplate
    let tenant: @Sendable (Database, [String: String]) async throws -> Tenant?
    let render: @Sendable (PageCall, Transaction) throws -> String

    /// - Parameters:
    ///   - path: from the root: `/`, `/stores/{storeID:number}`.
    ///   - tenant: whose rows the page shows, from the query; `nil` for reference data only.
    ///   - render: the whole HTML document, from one read-only transaction.
    public init(
        _ operationID: String, _ path: PathTemplate, tenant: @escaping @Sendable (Database, [String: String]) async throws -> Tenant?,
        render: @escaping @Sendable (PageCall, Transaction) throws -> String
    ) {
        self.operationID = operationID
        self.path = path
        self.tenant = tenant
        self.render = render
    }
}

/// One visit to a page.
public struct PageCall: Sendable {
    public let now: Instant
    /// What follows the question mark, as it came; a page ignores what it does not know.
    public let query: [String: String]
    let parameters: Parameters

    public var today: CalendarDate { now.businessDay }

    /// The record number in the path at `{name}`.
    ///
    /// - Throws: `http.bad-path-id`.
    public func number<Kind>(_ name: String) throws(HTTPRefusal) -> Identifier<Kind> { Identifier(try parameters.integer(name)) }

    /// The UUID in the path at `{name}`.
    ///
    /// - Throws: `http.bad-path-id`.
    public func id<Kind>(_ name: String) throws(HTTPRefusal) -> DocumentID<Kind> { try parameters.id(name) }
    public func text(_ name: String) throws(HTTPRefusal) -> String { try parameters.text(name) }
}
