import Primitives
import Tendering

/// Why an offer is among the published winners and not among ours, or the other way round.
enum RoundDifference: String, CaseIterable {
    /// Published as a winner at a price above the printed ceiling: the ceiling is that of another basis or strength.
    case winnerAbovePrintedCeiling
    /// The publisher names no winner for the lot, and there is a valid offer.
    case noWinnerPublished
    /// The publisher compared prices per tablet of two strengths; by the ratio of their ceilings the other is lower.
    case otherStrengthByCeilingRatio
    /// The publisher passed over an offer that is lower, both per unit and by its ceiling, than one that won.
    case lowerOfferPassedOver
    /// As low as the last winner, submitted later.
    case tie
    /// A second offer of one company for one article replaced this one.
    case replacedDuplicate
}

extension RoundReplay {
    /// Each difference with its line and class; `nil` for one that has none.
    var differences: [(line: Int, difference: RoundDifference?)] {
        publishedLines.symmetricDifference(awardedLines).sorted().map { ($0, explain($0)) }
    }

    private func explain(_ line: Int) -> RoundDifference? {
        guard let offer = offers.first(where: { $0.line == line }) else { return nil }
        let lot = offers.filter { $0.lot == offer.lot }
        if offer.isWinner, refusals[line] == "tendering.price-above-ceiling" { return .winnerAbovePrintedCeiling }
        guard let bid = bid(at: line) else { return nil }
        if bid.state == .withdrawn { return .replacedDuplicate }
        guard lot.contains(where: \.isWinner) else { return .noWinnerPublished }
        // The offer that took this one's place, or whose place it took.
        let counterparts = lot.filter { $0.isWinner != offer.isWinner && awardedLines.contains($0.line) != $0.isWinner }
        for other in counterparts {
            guard let otherBid = self.bid(at: other.line) else { continue }
            let (published, ours) = offer.isWinner ? (bid, otherBid) : (otherBid, bid)
            let isLowerPerUnit = published.unitPrice.isHigher(than: ours.unitPrice)
            let isEqual = !isLowerPerUnit && !ours.unitPrice.isHigher(than: published.unitPrice)
            if isEqual, published.product == ours.product { return .tie }
            if isLowerPerUnit || isEqual { return .lowerOfferPassedOver }
            if published.product != ours.product { return .otherStrengthByCeilingRatio }
        }
        return nil
    }
}
