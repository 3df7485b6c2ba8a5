import Postgres
public import Primitives

/// How a product was used in a store over a number of days.
public struct Consumption: Sendable, Hashable, Codable {
    /// Base units to patients and wards, less what they returned.
    public let consumed: BaseUnits
    /// The sum over the days of the square of each day's consumption, in base units squared, for its variance.
    public let squares: Int64
    /// Whole days on which nothing was available.
    public let stockOutDays: Int

    public init(consumed: BaseUnits, squares: Int64, stockOutDays: Int) {
        self.consumed = consumed
        self.squares = squares
        self.stockOutDays = stockOutDays
    }
}

extension StockReadings {
    /// The consumption of every product that moved in a store from one day through another, both counted.
    ///
    /// A day counts as stock-out when nothing was available from its beginning to its end. The figures follow from
    /// `product_day`: what is available now, less what changed since, is what was available at the end of a day.
    public func consumption(
        in store: StoreID, of consortium: ConsortiumID, from: CalendarDate, through: CalendarDate
    ) throws -> [ProductID: Consumption] {
        let rows = try transaction.query(
            """
            WITH held AS (
                SELECT product_id, sum(quantity)::bigint AS quantity FROM stock_ledger.balance
                 WHERE consortium_id = \(consortium) AND store_id = \(store) AND state = 'available'
                 GROUP BY product_id
            ), day AS (
                -- One order serves all: what changed from a day on, and the days with movements around it.
                SELECT product_id, occurred_on, consumed, available, (sum(available) OVER later)::bigint AS changed_since,
                       lag(occurred_on) OVER later AS next_on, lead(occurred_on) OVER later AS previous_on
                  FROM stock_ledger.product_day
                 WHERE consortium_id = \(consortium) AND store_id = \(store) AND occurred_on >= \(from)
                WINDOW later AS (PARTITION BY product_id ORDER BY occurred_on DESC)
            )
            SELECT product_id,
                   coalesce(sum(consumed) FILTER (WHERE occurred_on <= \(through)), 0)::bigint AS consumed,
                   least(coalesce(sum(least(consumed, 3000000000) * least(consumed, 3000000000))
                                  FILTER (WHERE occurred_on <= \(through)), 0), 9223372036854775807)::bigint AS squares,
                   sum(CASE WHEN coalesce(held.quantity, 0) <= changed_since - available AND occurred_on <= \(through)
                            THEN least(coalesce(next_on, \(through) + 1), \(through) + 1) - occurred_on - 1 ELSE 0 END
                     + CASE WHEN previous_on IS NULL AND coalesce(held.quantity, 0) <= changed_since
                            THEN least(occurred_on, \(through) + 1) - \(from) ELSE 0 END)::integer AS stock_out_days
              FROM day
              LEFT JOIN held USING (product_id)
             GROUP BY product_id
            """
        ) { row in
            (
                try row["product_id"] as ProductID,
                Consumption(
                    consumed: try row["consumed"], squares: try row["squares"], stockOutDays: try row["stock_out_days"])
            )
        }
        return Dictionary(rows, uniquingKeysWith: { first, _ in first })
    }
}
