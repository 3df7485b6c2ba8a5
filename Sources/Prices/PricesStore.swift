import Foundation
import Postgres
import Primitives

/// Every SQL statement about prices.
struct PricesStore {
    private let transaction: Transaction

    init(_ transaction: Transaction) { self.transaction = transaction }

    // MARK: - Locks

    // Who buys holds prices as they are; who records them waits until those who hold them are done, and others wait for
    // that. The published prices are locked before those of a consortium.

    private static let publishedKey: Int64 = 0x7072_6963_656C_7374  // "pricelst"

    private static func agreedKey(_ consortium: ConsortiumID) -> Int64 {
        0x7072_6963_0000_0000 | (consortium.rawValue & 0xFFFF_FFFF)
    }

    /// Keeps every price that binds the consortium as it is until the transaction ends.
    func hold(for consortium: ConsortiumID) throws {
        try transaction.execute("SELECT pg_advisory_xact_lock_shared(\(Self.publishedKey))")
        try transaction.execute("SELECT pg_advisory_xact_lock_shared(\(Self.agreedKey(consortium)))")
    }

    /// Lets nobody else hold or record published prices until the transaction ends.
    func lockPublished() throws {
        try transaction.execute("SELECT pg_advisory_xact_lock(\(Self.publishedKey))")
    }

    /// Lets nobody else hold or record the consortium's prices until the transaction ends, and keeps the published ones.
    func lockAgreed(of consortium: ConsortiumID) throws {
        try transaction.execute("SELECT pg_advisory_xact_lock_shared(\(Self.publishedKey))")
        try transaction.execute("SELECT pg_advisory_xact_lock(\(Self.agreedKey(consortium)))")
    }

    // MARK: - Reading

    /// The prices that bind a consortium: those of its platform and its own; of one supplier's own, when it is named.
    func bindingPrices(of consortium: ConsortiumID, toldTo company: CompanyID? = nil) -> SQL {
        let own: SQL
        if let company { own = "AND company_id = \(company)" } else { own = "" }
        return """
            (SELECT price_id, kind, article_id, pack_price, pack_size, valid_from, valid_through, source, platform,
                    NULL::bigint AS company_id, NULL::uuid AS tender_id, NULL::integer AS package_number, recorded_at,
                    superseded_at, superseded_reason
               FROM prices.published_price
              WHERE platform = (SELECT platform FROM prices.consortium_platform WHERE consortium_id = \(consortium))
              UNION ALL
             SELECT price_id, kind, article_id, pack_price, pack_size, valid_from, valid_through, source, NULL::text,
                    company_id, tender_id, package_number, recorded_at, superseded_at, superseded_reason
               FROM prices.agreed_price
              WHERE consortium_id = \(consortium) \(own)) AS price
            """
    }

    /// The prices of the articles that bind the consortium and count, whatever their days.
    func prices(of articles: [ArticleID], for consortium: ConsortiumID, toldTo company: CompanyID? = nil) throws -> [Price] {
        try transaction.query(
            """
            SELECT * FROM \(bindingPrices(of: consortium, toldTo: company))
             WHERE article_id = ANY(\(articles)) AND superseded_at IS NULL
            """, Price.init)
    }

    /// A price that binds the consortium and counts.
    func price(_ id: PriceID, _ kind: PriceKind, for consortium: ConsortiumID) throws -> Price? {
        try transaction.first(
            """
            SELECT * FROM \(bindingPrices(of: consortium))
             WHERE price_id = \(id) AND kind = \(kind) AND superseded_at IS NULL
            """, Price.init)
    }

    /// The published prices of the articles that count, by article.
    func published(_ kind: PriceKind, on platform: String, of articles: [ArticleID]) throws -> [ArticleID: [Price]] {
        let found = try transaction.query(
            """
            SELECT price_id, kind, article_id, pack_price, pack_size, valid_from, valid_through, source, platform,
                   NULL::bigint AS company_id, NULL::uuid AS tender_id, NULL::integer AS package_number, recorded_at,
                   superseded_at, superseded_reason
              FROM prices.published_price
             WHERE platform = \(platform) AND kind = \(kind) AND article_id = ANY(\(articles)) AND superseded_at IS NULL
            """, Price.init)
        return Dictionary(grouping: found, by: \.article)
    }

    /// Articles by what price lists call them, their insurance code or their number, with the base units in a pack.
    func articles(called names: [String]) throws -> [String: (id: ArticleID, packSize: BaseUnits)] {
        let numbers = names.filter { $0.utf8.allSatisfy { (48...57).contains($0) } }.compactMap { Int64($0) }
        let found = try transaction.query(
            """
            SELECT article_id, insurance_code, pack_size FROM formulary.article
             WHERE insurance_code = ANY(\(names)) OR article_id = ANY(\(numbers))
            """
        ) { row in
            (id: try row["article_id"] as ArticleID, code: try row["insurance_code"] as String?, size: try row["pack_size"] as BaseUnits)
        }
        var articles: [String: (id: ArticleID, packSize: BaseUnits)] = [:]
        for article in found {
            articles[article.id.description] = (article.id, article.size)
            if let code = article.code { articles[code] = (article.id, article.size) }
        }
        return articles
    }

    // MARK: - Writing, under a lock

    /// Marks records as no longer counting.
    func supersede(_ prices: [PriceID], areOf consortium: ConsortiumID?, reason: String, at now: Instant) throws {
        guard !prices.isEmpty else { return }
        let table: SQL = consortium == nil ? "prices.published_price" : "prices.agreed_price"
        let tenant: SQL
        if let consortium { tenant = "consortium_id = \(consortium) AND" } else { tenant = "" }
        try transaction.execute(
            """
            UPDATE \(table) SET superseded_at = \(now), superseded_reason = \(reason)
             WHERE \(tenant) price_id = ANY(\(prices)) AND superseded_at IS NULL
            """)
    }

    /// - Throws: ``PricesRefusal`` `overlaps` when another price is on record for some of the days.
    func publish(
        _ kind: PriceKind, on platform: String, _ prices: [(article: ArticleID, terms: PriceTerms)], by person: PersonID?,
        at now: Instant
    ) throws {
        try refusingOverlaps { () throws(PostgresError) in
            try transaction.insert(
                into: """
                    prices.published_price (
                        platform, kind, article_id, pack_price, pack_size, valid_from, valid_through, source, recorded_at,
                        recorded_by_id)
                    """,
                rows: prices.map { price in
                    [
                        platform, kind, price.article, price.terms.packPrice, price.terms.packSize, price.terms.validity.from,
                        price.terms.validity.through, price.terms.source, now, person,
                    ]
                })
        }
    }

    /// - Throws: ``PricesRefusal`` `overlaps` when another price is on record for some of the days.
    func agree(
        _ kind: PriceKind, _ prices: [(party: AgreedParty, article: ArticleID, terms: PriceTerms)], in consortium: ConsortiumID,
        by person: PersonID, at now: Instant
    ) throws {
        try refusingOverlaps { () throws(PostgresError) in
            try transaction.insert(
                into: """
                    prices.agreed_price (
                        consortium_id, kind, company_id, article_id, tender_id, package_number, pack_price, pack_size,
                        valid_from, valid_through, source, recorded_at, recorded_by_id)
                    """,
                rows: prices.map { price in
                    [
                        consortium, kind, price.party.company, price.article, price.party.tender, price.party.package,
                        price.terms.packPrice, price.terms.packSize, price.terms.validity.from, price.terms.validity.through,
                        price.terms.source, now, person,
                    ]
                })
        }
    }

    private func refusingOverlaps(_ insert: () throws(PostgresError) -> Void) throws {
        do throws(PostgresError) {
            try insert()
        } catch {
            switch error.constraint {
            case "published_prices_do_not_overlap", "contract_prices_do_not_overlap", "awarded_prices_do_not_overlap":
                throw PricesRefusal(.overlaps, "recorded by somebody else meanwhile")
            default: throw error
            }
        }
    }
}

/// Who is bound by an agreed price: a supplier, and for an awarded one the package it was awarded.
struct AgreedParty: Hashable, Sendable {
    let company: CompanyID
    var tender: UUID?
    var package: Int?
}
