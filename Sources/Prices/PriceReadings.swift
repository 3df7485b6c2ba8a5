import Foundation
import Identity
public import Postgres
public import Primitives

/// The prices of an article on one day.
public struct PricesOnDay: Sendable, Hashable, Codable {
    public let article: ArticleID
    public let day: CalendarDate
    /// Every price that holds on the day.
    public let prices: [Price]
    /// The one at which the article is bought from the supplier who was named, or from anybody.
    public let ruling: Price?
    /// The most it may cost.
    public let ceiling: Price?
}

/// The prices of an article that differ between two days.
public struct PriceChanges: Sendable, Hashable, Codable {
    /// One price; `nil` on the day on which there was none.
    public struct Change: Sendable, Hashable, Codable {
        public let kind: PriceKind
        public let company: CompanyID?
        public let before: Price?
        public let after: Price?
    }

    public let article: ArticleID
    public let changes: [Change]
}

/// What people and other modules ask about prices. A supplier sees what the platform publishes, and its own.
public struct PriceReadings {
    private let transaction: Transaction

    public init(_ transaction: Transaction) { self.transaction = transaction }

    /// Every platform, the chosen one marked.
    public func platforms(for principal: Principal) throws -> [BuyingPlatform] {
        try PlatformsStore(transaction).platforms(of: principal.consortium)
    }

    /// - Parameter company: the supplier to buy from; for a supplier's person it is always their own.
    public func prices(
        of article: ArticleID, from company: CompanyID? = nil, on day: CalendarDate, for principal: Principal
    ) throws -> PricesOnDay {
        let known = try PricesStore(transaction).prices(
            of: [article], for: principal.consortium, toldTo: principal.toldTo)
        let holding = known.filter { $0.holds(on: day) }.sorted { ($0.kind.rawValue, $0.id) < ($1.kind.rawValue, $1.id) }
        return PricesOnDay(
            article: article, day: day, prices: holding,
            ruling: holding.rulingPrice(of: article, from: principal.company ?? company, on: day),
            ceiling: holding.ceiling(of: article, on: day))
    }

    /// Every price of an article that was ever recorded, the last recorded first, `limit` at most, after `last`.
    public func history(of article: ArticleID, after last: Price.Position? = nil, limit: Int, for principal: Principal) throws
        -> [Price]
    {
        let following: SQL
        if let last {
            following = "AND (recorded_at, kind, price_id) < (\(last.recordedAt), \(last.kind.rawValue), \(last.id))"
        } else {
            following = ""
        }
        return try transaction.query(
            """
            SELECT * FROM \(PricesStore(transaction).bindingPrices(of: principal.consortium, toldTo: principal.toldTo))
             WHERE article_id = \(article) \(following)
             ORDER BY recorded_at DESC, kind DESC, price_id DESC LIMIT \(limit)
            """, Price.init)
    }

    /// What differs between two days, by article, of at most `limit` articles after one of them.
    ///
    /// A price that holds on both days is no change, nor is one that was recorded anew with the same amount. An article
    /// whose prices were recorded anew and differ in nothing has no changes.
    public func changes(
        from: CalendarDate, to: CalendarDate, kind: PriceKind? = nil, after article: ArticleID? = nil, limit: Int,
        for principal: Principal
    ) throws -> [PriceChanges] {
        let store = PricesStore(transaction)
        // What holds on exactly one of the two days.
        let differing: SQL = """
            superseded_at IS NULL AND (\(kind?.rawValue) IS NULL OR kind = \(kind?.rawValue))
               AND article_id > \(article ?? ArticleID(0))
               AND (valid_from <= \(from) AND coalesce(valid_through, 'infinity') >= \(from))
                <> (valid_from <= \(to) AND coalesce(valid_through, 'infinity') >= \(to))
            """
        let binding = store.bindingPrices(of: principal.consortium, toldTo: principal.toldTo)
        let found = try transaction.query(
            """
            SELECT * FROM \(binding)
             WHERE \(differing)
               AND article_id IN (SELECT DISTINCT article_id FROM \(binding) WHERE \(differing) ORDER BY article_id LIMIT \(limit))
            """, Price.init)
        return Dictionary(grouping: found, by: \.article).sorted { $0.key < $1.key }.map { article, prices in
            PriceChanges(article: article, changes: Self.changes(among: prices, from: from, to: to))
        }
    }

    private static func changes(among prices: [Price], from: CalendarDate, to: CalendarDate) -> [PriceChanges.Change] {
        struct Key: Hashable, Comparable {
            let kind: String
            let company: Int64
            let award: String

            static func < (left: Key, right: Key) -> Bool {
                (left.kind, left.company, left.award) < (right.kind, right.company, right.award)
            }
        }
        let byKey = Dictionary(grouping: prices) { price in
            Key(
                kind: price.kind.rawValue, company: price.company?.rawValue ?? 0,
                award: "\(price.tender?.uuidString ?? "") \(price.package ?? 0)")
        }
        return byKey.sorted { $0.key < $1.key }.compactMap { _, prices in
            let (before, after) = (prices.first { $0.holds(on: from) }, prices.first { $0.holds(on: to) })
            guard let any = before ?? after else { return nil }
            if let before, let after, before.packPrice == after.packPrice, before.packSize == after.packSize { return nil }
            return PriceChanges.Change(kind: any.kind, company: any.company, before: before, after: after)
        }
    }
}

extension Price {
    /// Where a price stands in a history.
    public struct Position: Sendable, Hashable {
        public let recordedAt: Instant
        public let kind: PriceKind
        public let id: PriceID

        public init(recordedAt: Instant, kind: PriceKind, id: PriceID) {
            self.recordedAt = recordedAt
            self.kind = kind
            self.id = id
        }
    }
}

extension Principal {
    /// Whose agreed prices may be shown; `nil` for the consortium's own people, who see all.
    fileprivate var toldTo: CompanyID? {
        if seesWholeConsortium || facility != nil { return company }
        return company ?? CompanyID(0)
    }
}
