import LongPrescriptions
public import Postgres
public import Primitives
import StockLedger

/// What was used on a number of days with stock, as an average for the days to come.
public struct AverageUse: Sendable, Hashable {
    /// Base units, from 0.
    public let used: BaseUnits
    /// From 1.
    public let days: Int

    public static let none = AverageUse(used: 0, days: 1)

    /// - Precondition: nothing negative was used, on at least one day.
    public init(used: BaseUnits, days: Int) {
        precondition(used >= 0 && days >= 1, "something is used on some days")
        self.used = used
        self.days = days
    }

    /// What some days take on average, rounded up to whole base units.
    public func within(days ahead: Int) -> BaseUnits {
        BaseUnits(
            Int64(clamping: WholeNumbers.quotientRoundedUp(Int128(used.rawValue) * Int128(max(0, ahead)), by: Int128(days))))
    }
}

/// What patients and wards use at a store besides instalments that were foreseen.
public struct UseByOthers {
    /// The fewest days an average is taken over, so that a few days with stock do not make a month of them.
    ///
    /// Source: own rule.
    public static let daysMin = 30

    private let transaction: Transaction
    private let consortium: ConsortiumID

    public init(_ transaction: Transaction, of consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    /// The average of each product over the days before today, as a suggestion's statistics count it: less what instalments
    /// took, days without stock left out. Products of which nothing was used are left out.
    ///
    /// - Precondition: a day at least.
    public func averages(at store: StoreID, periodDays: Int, today: CalendarDate) throws -> [ProductID: AverageUse] {
        let period = (from: today.adding(days: -periodDays), through: today.adding(days: -1))
        let all = try StockReadings(transaction).consumption(
            in: store, of: consortium, from: period.from, through: period.through)
        let taken = try InstalmentUse(transaction, of: consortium).consumed(at: store, from: period.from, through: period.through)
        return all.reduce(into: [:]) { averages, product in
            let others = product.value.consumed - (taken[product.key] ?? [:]).values.sum()
            guard others > 0 else { return }
            let history = DemandHistory(
                consumed: others, squares: 0, periodDays: periodDays, stockOutDays: product.value.stockOutDays)
            averages[product.key] = AverageUse(used: others, days: max(Self.daysMin, history.demandDays))
        }
    }
}
