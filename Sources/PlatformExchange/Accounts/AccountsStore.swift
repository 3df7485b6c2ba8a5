import Postgres
import Primitives

/// The SQL of accounts and codes.
struct AccountsStore {
    let transaction: Transaction
    let consortium: ConsortiumID

    init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    func account(at platform: String) throws -> RegisteredAccount {
        let found = try transaction.first(
            """
            SELECT \(RegisteredAccount.columns) FROM platform_exchange.account
             WHERE consortium_id = \(consortium) AND platform = \(platform)
            """
        ) { try RegisteredAccount($0) }
        guard let found else { throw PlatformExchangeRefusal(.accountUnknown, "platform \(platform)", field: "platform") }
        return found
    }

    /// In whose name the platform's doings are done here.
    func person(at platform: String) throws -> PersonID {
        let found = try transaction.first(
            """
            SELECT person_id FROM platform_exchange.account WHERE consortium_id = \(consortium) AND platform = \(platform)
            """
        ) { try $0["person_id"] as PersonID }
        guard let found else { throw PlatformExchangeRefusal(.accountUnknown, "platform \(platform)", field: "platform") }
        return found
    }

    /// By platform.
    func accounts() throws -> [RegisteredAccount] {
        try transaction.query(
            """
            SELECT \(RegisteredAccount.columns) FROM platform_exchange.account
             WHERE consortium_id = \(consortium) ORDER BY platform
            """
        ) { try RegisteredAccount($0) }
    }

    func write(_ codes: [SetPlatformCodes.ArticleCode], at platform: String) throws(PostgresError) {
        try transaction.execute(
            """
            INSERT INTO platform_exchange.article_code (consortium_id, platform, article_id, code, purchase_kind)
            SELECT \(consortium), \(platform), given.* FROM unnest(
                   \(codes.map(\.article)), \(codes.map(\.code)), \(codes.map(\.purchaseKind))) AS given
            ON CONFLICT (consortium_id, platform, article_id) DO UPDATE
               SET code = excluded.code, purchase_kind = excluded.purchase_kind
            """)
    }

    func write(_ codes: [SetPlatformCodes.CompanyCode], at platform: String) throws(PostgresError) {
        try transaction.execute(
            """
            INSERT INTO platform_exchange.company_code (consortium_id, platform, company_id, code)
            SELECT \(consortium), \(platform), given.* FROM unnest(\(codes.map(\.company)), \(codes.map(\.code))) AS given
            ON CONFLICT (consortium_id, platform, company_id) DO UPDATE SET code = excluded.code
            """)
    }

    func write(_ codes: [SetPlatformCodes.StoreCode], at platform: String) throws(PostgresError) {
        try transaction.execute(
            """
            INSERT INTO platform_exchange.store_code (consortium_id, platform, store_id, code)
            SELECT \(consortium), \(platform), given.* FROM unnest(\(codes.map(\.store)), \(codes.map(\.code))) AS given
            ON CONFLICT (consortium_id, platform, store_id) DO UPDATE SET code = excluded.code
            """)
    }

    func codes(of articles: [ArticleID], at platform: String) throws -> [ArticleID: (code: String, purchaseKind: String)] {
        let rows = try transaction.query(
            """
            SELECT article_id, code, purchase_kind FROM platform_exchange.article_code
             WHERE consortium_id = \(consortium) AND platform = \(platform) AND article_id = ANY(\(articles))
            """
        ) { (try $0["article_id"] as ArticleID, (code: try $0["code"] as String, purchaseKind: try $0["purchase_kind"] as String)) }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    func code(of company: CompanyID, at platform: String) throws -> (code: String, name: String)? {
        try transaction.first(
            """
            SELECT code, company.name FROM platform_exchange.company_code JOIN parties.company USING (company_id)
             WHERE consortium_id = \(consortium) AND platform = \(platform) AND company_id = \(company)
            """
        ) { (code: try $0["code"] as String, name: try $0["name"] as String) }
    }

    /// The name of the company that a platform knows by a code.
    func name(ofCompany code: String, at platform: String) throws -> String? {
        try transaction.first(
            """
            SELECT company.name FROM platform_exchange.company_code JOIN parties.company USING (company_id)
             WHERE consortium_id = \(consortium) AND platform = \(platform) AND code = \(code) ORDER BY company_id LIMIT 1
            """
        ) { try $0["name"] as String }
    }

    func code(of store: StoreID, at platform: String) throws -> String? {
        try transaction.first(
            """
            SELECT code FROM platform_exchange.store_code
             WHERE consortium_id = \(consortium) AND platform = \(platform) AND store_id = \(store)
            """
        ) { try $0["code"] as String }
    }
}
