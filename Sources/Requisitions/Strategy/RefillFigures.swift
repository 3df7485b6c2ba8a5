public import Primitives

/// What long prescriptions need of a product in the days a strategy looks ahead, and what they took in the days it looks
/// back on. It stands beside the statistics, which leave it out. Base units.
public struct RefillFigures: Sendable, Hashable {
    /// What will be collected within a number of days.
    public struct Need: Sendable, Hashable {
        /// Of instalments that are planned and due, by the share of patients who come; less what is already reserved.
        public let due: BaseUnits
        /// Of patients whose plan ends before, by the share of them who are prescribed the same again.
        public let renewals: BaseUnits

        public static let none = Need(due: 0, renewals: 0)

        public init(due: BaseUnits, renewals: BaseUnits) {
            self.due = max(0, due)
            self.renewals = max(0, renewals)
        }

        var total: Int128 { Int128(due.rawValue) + Int128(renewals.rawValue) }
    }

    /// Within the days in which the stock must not fall short before an order arrives.
    public let untilMinimum: Need
    /// Within the days that an order is to last; never less than ``untilMinimum``.
    public let untilMaximum: Need
    /// What instalments took in the period of the history.
    public let taken: BaseUnits

    public static let none = RefillFigures(untilMinimum: .none, untilMaximum: .none, taken: 0)

    public init(untilMinimum: Need, untilMaximum: Need, taken: BaseUnits) {
        self.untilMinimum = untilMinimum
        self.untilMaximum = Need(
            due: max(untilMinimum.due, untilMaximum.due), renewals: max(untilMinimum.renewals, untilMaximum.renewals))
        self.taken = taken
    }
}
