import Audit
import Identity
public import Postgres
public import Primitives

/// What a platform calls articles, suppliers and stores. Codes that are not named stay as they are.
public struct SetPlatformCodes: Sendable {
    public struct ArticleCode: Sendable, Hashable, Codable {
        public let article: ArticleID
        public let code: String
        /// The platform's code of how it may be bought; empty where it has none.
        public let purchaseKind: String

        public init(article: ArticleID, code: String, purchaseKind: String = "") {
            self.article = article
            self.code = code
            self.purchaseKind = purchaseKind
        }
    }

    public struct CompanyCode: Sendable, Hashable, Codable {
        public let company: CompanyID
        public let code: String

        public init(company: CompanyID, code: String) {
            self.company = company
            self.code = code
        }
    }

    public struct StoreCode: Sendable, Hashable, Codable {
        public let store: StoreID
        public let code: String

        public init(store: StoreID, code: String) {
            self.store = store
            self.code = code
        }
    }

    public var platform: String
    public var articles: [ArticleCode]
    public var companies: [CompanyCode]
    public var stores: [StoreCode]

    public init(platform: String, articles: [ArticleCode] = [], companies: [CompanyCode] = [], stores: [StoreCode] = []) {
        self.platform = platform
        self.articles = articles
        self.companies = companies
        self.stores = stores
    }

    /// - Throws: ``PlatformExchangeRefusal``: no account there, an empty code, something that is not known.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws {
        try principal.require(oneOf: [.procurementOfficer, .supervisor])
        let accounts = AccountsStore(transaction, principal.consortium)
        _ = try accounts.account(at: platform)
        let codes = articles.map(\.code) + companies.map(\.code) + stores.map(\.code)
        guard codes.allSatisfy(\.saysSomething) else { throw PlatformExchangeRefusal(.codeInvalid, "an empty code", field: "code") }
        do throws(PostgresError) {
            try accounts.write(articles, at: platform)
            try accounts.write(companies, at: platform)
            try accounts.write(stores, at: platform)
        } catch {
            guard error.sqlState == "23503" else { throw error }
            throw PlatformExchangeRefusal(.codeInvalid, error.constraint ?? "unknown subject")
        }
        try AuditTrail(transaction).append(
            "platform-exchange.set-codes", subject: "platform \(platform)", by: principal, at: now,
            detail: ["articles": "\(articles.count)", "companies": "\(companies.count)", "stores": "\(stores.count)"])
    }
}
