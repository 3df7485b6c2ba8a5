public import MedicationRules
public import Primitives

/// How much of a line is used as the days pass: exact, in whole numbers.
public struct DailyUse: Sendable, Hashable {
    private enum Basis: Sendable, Hashable {
        /// Thousandths of a base unit a dose, doses in a cycle, hours of a cycle.
        case doses(dose: Int64, times: Int64, hours: Int64)
        /// The quantity spread over the days of the course, where the frequency tells nothing (when necessary).
        case spread(quantity: Int64, days: Int64)
    }

    private let basis: Basis

    /// - Precondition: `quantity`, `dose` and `days` are above zero and at most what may be entered.
    public init(quantity: BaseUnits, dose: DoseAmount, frequency: DosingFrequency, days: Int) {
        precondition(quantity > 0 && dose.thousandths > 0 && days > 0, "a line gives something for some days")
        basis =
            frequency.cycleHours > 0
            ? .doses(dose: dose.thousandths, times: frequency.timesPerCycle, hours: frequency.cycleHours)
            : .spread(quantity: quantity.rawValue, days: Int64(days))
    }

    /// Base units that are needed for the first `days` days: every dose that falls into them, from the first day on, rounded
    /// up to whole base units once for all of them.
    public func units(for days: Int) -> BaseUnits {
        guard days > 0 else { return .zero }
        switch basis {
        case .doses(let dose, let times, let hours):
            let cycles = (Int64(days) * 24 + hours - 1) / hours
            return BaseUnits((cycles * times * dose + 999) / 1_000)
        case .spread(let quantity, let over):
            return BaseUnits((quantity * Int64(days) + over - 1) / over)
        }
    }
}
