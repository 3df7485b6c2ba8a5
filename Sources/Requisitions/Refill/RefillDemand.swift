import LongPrescriptions
import Postgres
import Primitives
import StockLedger

/// What long prescriptions need of each product at a store, and what they took there before.
struct RefillDemand {
    private let figures: [ProductID: RefillFigures]
    /// What instalments took, by day of the period.
    private let taken: [ProductID: [CalendarDate: BaseUnits]]
    /// What everybody took, by day of the period.
    private let consumed: [ProductID: [CalendarDate: BaseUnits]]

    init(
        figures: [ProductID: RefillFigures], taken: [ProductID: [CalendarDate: BaseUnits]],
        consumed: [ProductID: [CalendarDate: BaseUnits]]
    ) {
        self.figures = figures
        self.taken = taken
        self.consumed = consumed
    }

    /// Reads it for the days a strategy looks back and ahead.
    ///
    /// Instalments count by the share of them that patients collect; those of plans that end in the time ahead go on by the
    /// share of plans that are renewed. What is already reserved has left the available stock and is not needed again.
    init(
        at store: StoreID, of consortium: ConsortiumID, strategy: ReplenishmentStrategy, transaction: Transaction,
        today: CalendarDate
    ) throws {
        let period = (from: today.adding(days: -strategy.periodDays), through: today.adding(days: -1))
        let taken = try InstalmentUse(transaction, of: consortium).consumed(at: store, from: period.from, through: period.through)
        let consumed = try StockReadings(transaction).dailyConsumption(
            of: Array(taken.keys), in: store, of: consortium, from: period.from, through: period.through)
        let ahead = try RefillForecast(transaction, of: consortium, on: today)
        let minimum = try ahead.needs(at: store, days: strategy.daysAhead.minimum)
        let maximum = try ahead.needs(at: store, days: strategy.daysAhead.maximum)
        let products = Set(taken.keys).union(maximum.keys).union(minimum.keys)
        let figures = products.map { product in
            (
                product,
                RefillFigures(
                    untilMinimum: minimum[product] ?? .none, untilMaximum: maximum[product] ?? .none,
                    taken: (taken[product] ?? [:]).values.sum())
            )
        }
        self.init(
            figures: Dictionary(figures, uniquingKeysWith: { first, _ in first }), taken: taken, consumed: consumed)
    }

    var products: some Collection<ProductID> { figures.keys }

    /// The product's refills; `known` is due besides, from elsewhere.
    func figures(of product: ProductID, besides known: BaseUnits = .zero) -> RefillFigures {
        let own = figures[product] ?? .none
        return RefillFigures(
            untilMinimum: .init(due: own.untilMinimum.due + known, renewals: own.untilMinimum.renewals),
            untilMaximum: .init(due: own.untilMaximum.due + known, renewals: own.untilMaximum.renewals), taken: own.taken)
    }

    /// What others than instalments used in the period: the sum, and the sum of each day's square.
    func others(_ all: Consumption, of product: ProductID) -> (consumed: BaseUnits, squares: Int64) {
        guard let days = taken[product], !days.isEmpty else { return (all.consumed, all.squares) }
        var squares = Int128(all.squares)
        var sum = all.consumed
        for (day, taken) in days {
            let (all, part) = (Int128(consumed[product]?[day]?.rawValue ?? 0), Int128(taken.rawValue))
            // (x − y)² = x² − 2xy + y²
            squares += part * part - 2 * all * part
            sum -= taken
        }
        return (sum, Int64(clamping: max(0, squares)))
    }
}
