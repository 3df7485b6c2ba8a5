import Distribution
import LongPrescriptions
import PooledProcurement
import Postgres
import Primitives
import Requisitions
import StockLedger

extension RefillOutlook {
    /// Reads what a store is known to need, have, expect and use, each figure once for all products.
    init(
        of store: StoreID, in consortium: ConsortiumID, terms: WarningTerms, transaction: Transaction, today: CalendarDate
    ) throws {
        let needs = try DueInstalments(transaction, of: consortium)
            .waiting(at: store, through: today.adding(days: terms.horizonDays), today: today)
        let reserveDays = try InstalmentTerms.inForce(transaction, of: consortium, on: today).reserveDays
        self.init(today: today, reserveDays: reserveDays, needs: needs, supplies: [:], others: [:])
        guard !needs.isEmpty else { return }
        let products = Set(needs.flatMap(\.quantities.keys)).sorted()
        let stock = StockReadings(transaction)
        let orders = OnOrder(transaction)
        supplies = ExpectedArrivals(terms: terms, today: today).supplies(
            available: try stock.pickable(products, in: store, of: consortium, today: today),
            transferred: try stock.arriving(products, in: store, of: consortium),
            announced: try OnTheWay(transaction).goods(to: store, of: consortium),
            ordered: try orders.lines(for: store, of: consortium),
            requested: [
                try orders.pooled(for: store, of: consortium),
                try ApprovedQuantities(transaction, of: consortium).waiting(for: store),
            ])
        others = try UseByOthers(transaction, of: consortium)
            .averages(at: store, periodDays: terms.periodDays, today: today)
    }
}
