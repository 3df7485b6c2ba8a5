import Primitives

/// Asks for a number of months of average use, once the stock position has fallen below a smaller number of them.
///
/// A month has 30 days. Average monthly consumption = consumption × 30 ÷ (days of the period − stock-out days),
/// rounded up; days without stock are left out, since nothing could be used on them. When every day was a stock-out,
/// the whole period is the divisor and the explanation says so. The position is what is on hand, in transit and on
/// order. While it is at least `minimumMonths` of use, nothing is suggested; below, the difference to
/// `maximumMonths` is, rounded up to whole packs. Consumption is without that of long prescriptions, whose known need of
/// the same months is added to both levels.
///
/// Source: Management Sciences for Health, MDS-3: Managing Access to Medicines and Health Technologies (2012),
/// chapter 20 (average consumption adjusted for stock-outs) and chapter 23 (minimum and maximum stock levels); WHO and
/// MSH, Managing Drug Supply, 2nd edition (1997), give the same formulas.
public struct AverageMonthlyConsumption: Sendable, Hashable, Codable {
    /// From 1 through ``ReplenishmentStrategy/periodDaysMax``.
    public var periodDays: Int
    /// From 1 through ``maximumMonths``.
    public var minimumMonths: Int
    /// From 1 through 12.
    public var maximumMonths: Int

    static let daysOfMonth: Int128 = 30

    public init(periodDays: Int = 90, minimumMonths: Int = 1, maximumMonths: Int = 3) {
        self.periodDays = periodDays
        self.minimumMonths = minimumMonths
        self.maximumMonths = maximumMonths
    }

    /// Base units used in a month of 30 days with stock, rounded up.
    static func monthly(_ history: DemandHistory) -> Int128 {
        WholeNumbers.quotientRoundedUp(history.used * daysOfMonth, by: Int128(history.demandDays))
    }

    public func suggestion(for figures: ProductFigures) -> Suggestion {
        let monthly = Self.monthly(figures.history)
        let position = figures.position.total
        let minimum = monthly * Int128(minimumMonths) + figures.refills.untilMinimum.total
        let maximum = monthly * Int128(maximumMonths) + figures.refills.untilMaximum.total
        let unit = figures.pack.baseUnit.name
        let average = Phrase(
            "月均\(WholeNumbers.grouped(monthly))\(unit.chinese)", "\(WholeNumbers.grouped(monthly)) a month")
        let wording = SuggestionWording(figures: figures)
        guard maximum > 0 else { return wording.nothing(because: wording.noDemand) }
        guard position < minimum else {
            let floor = WholeNumbers.grouped(minimum)
            let level = Phrase(
                "最低\(minimumMonths)个月用量\(floor)\(unit.chinese)", "the minimum of \(floor) for \(minimumMonths) month(s)")
            return wording.nothing(average: average, notBelow: level)
        }
        let target =
            monthly == 0
            ? Phrase("满足已知续方", "to meet known refills") : Phrase("补至\(maximumMonths)个月", "to reach \(maximumMonths) month(s)")
        return wording.quantity(maximum - position, average: average, target: target)
    }
}
