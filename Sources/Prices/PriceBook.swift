public import Foundation
public import Postgres
public import Primitives

/// The prices of some articles that bind one consortium, for whoever buys.
///
/// A held book keeps those prices as they are until the transaction ends: a price that is recorded meanwhile waits, and
/// holds for whoever comes after.
public struct PriceBook: Sendable {
    /// Those that count, whatever their days.
    public let prices: [Price]
    private let byArticle: [ArticleID: [Price]]

    /// Reads the prices as they are, and does not hold them.
    public init(of articles: some Sequence<ArticleID>, for consortium: ConsortiumID, in transaction: Transaction) throws {
        prices = try PricesStore(transaction).prices(of: Array(Set(articles)), for: consortium)
        byArticle = Dictionary(grouping: prices, by: \.article)
    }

    /// Holds the prices and reads them.
    public static func held(
        of articles: some Sequence<ArticleID>, for consortium: ConsortiumID, in transaction: Transaction
    ) throws -> PriceBook {
        try PricesStore(transaction).hold(for: consortium)
        return try PriceBook(of: articles, for: consortium, in: transaction)
    }

    /// The prices of one article that count, whatever their days.
    public func prices(of article: ArticleID) -> [Price] { byArticle[article] ?? [] }

    /// The highest price the platform allows for an article on `day`; `nil` when it sets none.
    public func ceiling(of article: ArticleID, on day: CalendarDate) -> Price? {
        prices(of: article).ceiling(of: article, on: day)
    }

    /// Holds an asked price against the prices of its article.
    public func verdict(
        on asked: AskedPrice, from company: CompanyID, tender: UUID? = nil, on day: CalendarDate
    ) -> PriceVerdict {
        prices(of: asked.article).verdict(on: asked, from: company, tender: tender, on: day)
    }
}
