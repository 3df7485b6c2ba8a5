public import Foundation
public import Primitives

/// What somebody wants to buy a pack at.
public struct AskedPrice: Sendable, Hashable {
    public let article: ArticleID
    public let packPrice: Money
    /// Base units in the pack.
    public let packSize: BaseUnits

    public init(article: ArticleID, packPrice: Money, packSize: BaseUnits) {
        self.article = article
        self.packPrice = packPrice
        self.packSize = packSize
    }
}

/// What is to be said of an asked price.
public enum PriceVerdict: Sendable, Hashable {
    /// It is the ruling price.
    case agrees(Price)
    /// Another price rules.
    case differs(Price)
    /// It is above the ceiling.
    case aboveCeiling(Price)
    /// No price rules on the day; with the one that ended last before it, where there was one.
    case unknown(ended: Price?)
}

extension Sequence<Price> {
    /// The highest price the platform allows for the article on `day`.
    public func ceiling(of article: ArticleID, on day: CalendarDate) -> Price? {
        first { $0.kind == .ceiling && $0.article == article && $0.holds(on: day) }
    }

    /// The price at which an article is bought from `company` on `day`.
    ///
    /// For an order from the awards of `tender` it is the awarded price of that tender and no other. Otherwise the first
    /// that holds of: the supplier's awarded price (of several tenders the one that began last), its contract price, the
    /// platform's listed price. Nothing but a listed price when no company is named.
    ///
    /// Source: rule R-VB-10, the price of an order line is the platform's on the order's day, deviation is an error; an
    /// award or contract is what the platform executes for that supplier.
    public func rulingPrice(
        of article: ArticleID, from company: CompanyID?, tender: UUID? = nil, on day: CalendarDate
    ) -> Price? {
        candidates(for: article, from: company, tender: tender, where: { $0.holds(on: day) }).first
    }

    /// Holds an asked price against the prices on record.
    ///
    /// What is above the ceiling is said first, then what differs. A package and another of one tender may have awarded
    /// the same article at different prices: either will do.
    public func verdict(
        on asked: AskedPrice, from company: CompanyID, tender: UUID? = nil, on day: CalendarDate
    ) -> PriceVerdict {
        if let ceiling = ceiling(of: asked.article, on: day), ceiling.isExceeded(by: asked.packPrice, per: asked.packSize) {
            return .aboveCeiling(ceiling)
        }
        let ruling = candidates(for: asked.article, from: company, tender: tender, where: { $0.holds(on: day) })
        guard let first = ruling.first else {
            let ended = candidates(for: asked.article, from: company, tender: tender) { price in
                price.supersededAt == nil && price.validThrough.map { $0 < day } ?? false
            }
            return .unknown(ended: ended.max { ($0.validThrough ?? $0.validFrom) < ($1.validThrough ?? $1.validFrom) })
        }
        let agreeing = tender == nil ? [first] : ruling
        return agreeing.first { $0.packPrice == asked.packPrice && $0.packSize == asked.packSize }.map(PriceVerdict.agrees)
            ?? .differs(first)
    }

    /// The prices that may rule, the one that does first.
    private func candidates(
        for article: ArticleID, from company: CompanyID?, tender: UUID?, where isMeant: (Price) -> Bool
    ) -> [Price] {
        let prices = filter { price in
            guard price.article == article, isMeant(price) else { return false }
            if let tender { return price.kind == .awarded && price.tender == tender && price.company == company }
            return price.kind == .listed || (!price.kind.isPublished && company != nil && price.company == company)
        }
        return prices.sorted { left, right in
            if left.kind != right.kind { return left.kind.precedence < right.kind.precedence }
            if left.kind == .awarded, tender != nil { return (left.package ?? 0, left.id) < (right.package ?? 0, right.id) }
            return (left.validFrom, left.id) > (right.validFrom, right.id)
        }
    }
}

extension PriceKind {
    /// What rules before what, of prices that hold on the same day.
    fileprivate var precedence: Int {
        switch self {
        case .awarded: 0
        case .contract: 1
        case .listed: 2
        case .ceiling: 3
        }
    }
}
