public import Primitives

extension DosingFrequency {
    /// How many doses begin within `days`, a begun cycle counted: every second day makes four doses in a week; `nil` when
    /// the frequency does not tell.
    ///
    /// - Precondition: `days` is at most what may be entered.
    public func doses(in days: Int) -> Int64? {
        guard cycleHours > 0 else { return nil }
        return (Int64(days) * 24 * timesPerCycle + cycleHours - 1) / cycleHours
    }

    /// The base units that a course needs; `nil` when the frequency does not tell.
    ///
    /// What one dose leaves of a base unit serves the next, unless `keepsOpened` is false, as with an ampoule: then each
    /// dose opens its own.
    public func quantity(of dose: DoseAmount, for days: Int, keepsOpened: Bool = true) -> BaseUnits? {
        doses(in: days).map { dose.quantity(of: $0, keepsOpened: keepsOpened) }
    }
}

extension DoseAmount {
    /// The base units that hold `count` doses.
    public func quantity(of count: Int64, keepsOpened: Bool = true) -> BaseUnits {
        BaseUnits(keepsOpened ? (thousandths * count + 999) / 1_000 : baseUnits * count)
    }
}
