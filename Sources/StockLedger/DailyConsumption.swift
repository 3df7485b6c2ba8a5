import Postgres
public import Primitives

extension StockReadings {
    /// What patients and wards took of some products in a store on each day of a period, less what they returned; days
    /// without any are left out. Base units.
    public func dailyConsumption(
        of products: [ProductID], in store: StoreID, of consortium: ConsortiumID, from: CalendarDate, through: CalendarDate
    ) throws -> [ProductID: [CalendarDate: BaseUnits]] {
        let rows = try transaction.query(
            """
            SELECT product_id, occurred_on, consumed FROM stock_ledger.product_day
             WHERE consortium_id = \(consortium) AND store_id = \(store) AND product_id = ANY(\(products))
               AND occurred_on BETWEEN \(from) AND \(through) AND consumed <> 0
            """
        ) { row in
            (
                try row["product_id"] as ProductID, try row["occurred_on"] as CalendarDate, try row["consumed"] as BaseUnits
            )
        }
        return rows.reduce(into: [:]) { days, row in days[row.0, default: [:]][row.1] = row.2 }
    }
}
