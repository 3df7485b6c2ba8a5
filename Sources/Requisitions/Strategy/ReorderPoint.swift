import Primitives

/// Asks up to a level once the stock position has fallen to the reorder point.
///
/// Daily demand is consumption ÷ days with stock. Safety stock = z × s × √(lead time), where s is the standard deviation
/// of daily demand over the days with stock. Reorder point = daily demand × lead time + safety stock; order-up-to level
/// = reorder point + daily demand × review period. Each is a whole number rounded up, computed without fractions: the
/// variance is (n·Σx² − (Σx)²) ÷ (n·(n−1)), z is in thousandths, and the square root is a whole-number root of
/// z²·lead time·variance. With fewer than two days there is no variance and no safety stock. Consumption is without that
/// of long prescriptions: they are no chance, so what they are known to need in lead time and review period is added to
/// the point and to the level. What is asked for at the next review comes no earlier than that.
///
/// Source: E. A. Silver, D. F. Pyke, D. J. Thomas, Inventory and Production Management in Supply Chains, 4th edition
/// (2017), chapter 6, (s, S) control with normally distributed demand during the lead time.
public struct ReorderPoint: Sendable, Hashable, Codable {
    /// From 1 through ``ReplenishmentStrategy/periodDaysMax``.
    public var periodDays: Int
    /// Days from asking to receiving, from 1 through 365.
    public var leadTimeDays: Int
    /// Days from one requisition to the next, from 1 through 365.
    public var reviewDays: Int
    /// The service factor z in thousandths, from 0 through 5,000; 1,645 covers 95 % of lead times.
    public var safetyPerMille: Int

    public init(periodDays: Int = 90, leadTimeDays: Int = 14, reviewDays: Int = 30, safetyPerMille: Int = 1_645) {
        self.periodDays = periodDays
        self.leadTimeDays = leadTimeDays
        self.reviewDays = reviewDays
        self.safetyPerMille = safetyPerMille
    }

    /// Base units beyond average demand that cover its variation during the lead time.
    func safetyStock(_ history: DemandHistory) -> Int128 {
        let days = Int128(history.demandDays)
        guard days >= 2 else { return 0 }
        let spread = days * Int128(history.squares)
        let square = history.used * history.used
        // Returns that outweigh use, and squares cut off at 2^63, would make it negative.
        guard spread > square else { return 0 }
        let factor = Int128(safetyPerMille) * Int128(safetyPerMille) * Int128(leadTimeDays)
        let variance = WholeNumbers.quotientRoundedUp(factor * (spread - square), by: days * (days - 1) * 1_000_000)
        return WholeNumbers.squareRootRoundedUp(variance)
    }

    public func suggestion(for figures: ProductFigures) -> Suggestion {
        let history = figures.history
        let days = Int128(history.demandDays)
        let leadTimeDemand = WholeNumbers.quotientRoundedUp(history.used * Int128(leadTimeDays), by: days)
        let safety = safetyStock(history)
        let reviewDemand = WholeNumbers.quotientRoundedUp(history.used * Int128(reviewDays), by: days)
        let point = leadTimeDemand + safety + figures.refills.untilMinimum.total
        let level = leadTimeDemand + safety + reviewDemand + figures.refills.untilMaximum.total
        let unit = figures.pack.baseUnit.name
        let text = WholeNumbers.grouped
        let average = Phrase(
            "提前期\(leadTimeDays)天用量\(text(leadTimeDemand))、安全库存\(text(safety))，订货点\(text(point))\(unit.chinese)",
            "\(text(leadTimeDemand)) in a lead time of \(leadTimeDays) days and \(text(safety)) for safety: reorder at \(text(point))"
        )
        let wording = SuggestionWording(figures: figures)
        guard level > 0 else { return wording.nothing(because: wording.noDemand) }
        guard figures.position.total <= point, level > figures.position.total else {
            let above = Phrase("订货点\(text(point))\(unit.chinese)", "the reorder point of \(text(point))")
            return wording.nothing(average: average, notBelow: above)
        }
        let target = Phrase(
            "补至订货上限\(text(level))\(unit.chinese)", "to reach the order-up-to level of \(text(level))")
        return wording.quantity(level - figures.position.total, average: average, target: target)
    }
}
