public import Primitives

/// What a package's valid offers come to under its rule. It decides nothing by itself: an officer awards.
public struct Evaluation: Sendable, Hashable, Codable {
    /// One offer in its place.
    public struct Placing: Sendable, Hashable, Codable {
        public let bid: BidID
        public let company: CompanyID
        public let article: ArticleID
        /// 1 is the best.
        public let rank: Int
        public let unitPrice: UnitPrice
        /// Base units it would be awarded; zero for an offer that does not win.
        public let quantity: BaseUnits
        /// Why it wins so much, or does not win.
        public let reason: Reason

        public var wins: Bool { quantity > .zero }
    }

    public let package: Int
    /// Every offer once, best first.
    public let placings: [Placing]
    /// Base units that no offer serves.
    public let unmet: BaseUnits

    public var winners: [Placing] { placings.filter(\.wins) }
}

/// Ranks a package's valid offers and gives each its part of the quantity, or the reason why it gets none.
///
/// An offer's price per base unit is put in proportion to the ceiling of its product, so that different strengths of
/// one medicine compare; with one product this is the order of unit prices. Everything is multiplied out, nothing
/// rounded. Equal prices go to the earlier submission, then to the lower id.
///
/// `offers` are the valid bids for the package, in any order; bids in another state or for another package are left
/// out. The quantities come to the package's quantity less `unmet`, and none exceeds what was offered.
///
/// Source: the national rounds of volume-based procurement (2019, 2020) rank offers against ceilings that are set
/// for each strength by the official strength ratio.
public func evaluate(_ package: TenderPackage, offers: [Bid]) -> Evaluation {
    let ranked = offers.compactMap { bid -> (bid: Bid, share: ExactShare)? in
        guard bid.package == package.number, bid.state == .valid, let ceiling = package.terms.ceiling(for: bid.product)
        else { return nil }
        return (bid, bid.unitPrice.share(of: ceiling))
    }.sorted { left, right in
        if left.share != right.share { return left.share < right.share }
        if left.bid.submittedAt != right.bid.submittedAt { return left.bid.submittedAt < right.bid.submittedAt }
        return left.bid.id.description < right.bid.id.description
    }
    let quantities = divide(package.terms.quantity, under: package.terms.rule, among: ranked.map(\.bid.offeredQuantity))
    let lastWinner = quantities.lastIndex { $0 > .zero }
    let placings = ranked.enumerated().map { index, offer in
        let quantity = quantities[index]
        let reason: Reason
        if quantity > .zero {
            reason = .wins(rank: index + 1, of: ranked.count, offer.bid.unitPrice, quantity: quantity, of: package.terms.quantity)
        } else if let lastWinner, ranked[lastWinner].share == offer.share {
            reason = .losesTie(rank: index + 1, of: ranked.count, offer.bid.unitPrice)
        } else {
            reason = .loses(
                rank: index + 1, of: ranked.count, offer.bid.unitPrice,
                lastWinning: lastWinner.map { ranked[$0].bid.unitPrice })
        }
        return Evaluation.Placing(
            bid: offer.bid.id, company: offer.bid.company, article: offer.bid.article, rank: index + 1,
            unitPrice: offer.bid.unitPrice, quantity: quantity, reason: reason)
    }
    return Evaluation(package: package.number, placings: placings, unmet: package.terms.quantity - quantities.sum())
}

/// How much each offer serves of `quantity`, best offer first, none more than its capacity.
///
/// By shares: each winner its share, rounded down; then what rounding, missing winners and small capacities leave
/// goes to the winners in the order of their rank as far as their capacities reach.
func divide(_ quantity: BaseUnits, under rule: AwardRule, among capacities: [BaseUnits]) -> [BaseUnits] {
    let winnerCount = min(capacities.count, rule.winnersMax ?? capacities.count)
    var parts = [BaseUnits](repeating: .zero, count: capacities.count)
    var left = quantity
    for (rank, share) in rule.sharesPerMille.prefix(winnerCount).enumerated() {
        // In two steps, so that a quantity of 10^12 times 1000 stays exact and a larger one could not overflow.
        let (thousands, rest) = quantity.rawValue.quotientAndRemainder(dividingBy: 1_000)
        let part = BaseUnits(thousands * Int64(share) + rest * Int64(share) / 1_000)
        parts[rank] = min(part, capacities[rank])
        left -= parts[rank]
    }
    for rank in 0..<winnerCount where left > .zero {
        let more = min(left, capacities[rank] - parts[rank])
        parts[rank] += more
        left -= more
    }
    return parts
}

extension Reason {
    static func wins(rank: Int, of count: Int, _ price: UnitPrice, quantity: BaseUnits, of total: BaseUnits) -> Reason {
        Reason(
            "\(count) 份有效报价中排名第 \(rank)，单价 \(price) 元，供应 \(quantity)/\(total)",
            "Ranked \(rank) of \(count) valid offers at \(price) yuan per base units; serves \(quantity) of \(total)")
    }

    static func losesTie(rank: Int, of count: Int, _ price: UnitPrice) -> Reason {
        Reason(
            "\(count) 份有效报价中排名第 \(rank)，单价 \(price) 元与最后中选报价相同，但提交较晚",
            "Ranked \(rank) of \(count) valid offers at \(price) yuan: as low as the last selected offer, submitted later")
    }

    static func loses(rank: Int, of count: Int, _ price: UnitPrice, lastWinning: UnitPrice?) -> Reason {
        let last = lastWinning?.description ?? "-"
        return Reason(
            "\(count) 份有效报价中排名第 \(rank)，单价 \(price) 元，最后中选报价为 \(last) 元",
            "Ranked \(rank) of \(count) valid offers at \(price) yuan; the last selected offer was \(last) yuan")
    }
}
