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
    /// The consumption of every product that moved or expired in a store from one day through another, both counted.
    ///
    /// A day counts as stock-out when nothing usable was there from its beginning to its end: what is available, and of a
    /// batch that has not expired. The figures follow from `product_day`: what is there now, less what changed since, is
    /// what was there at the end of a day. What is left of a batch that expires goes at the end of the day before.
    public func consumption(
        in store: StoreID, of consortium: ConsortiumID, from: CalendarDate, through: CalendarDate
    ) throws -> [ProductID: Consumption] {
        let rows = try transaction.query(
            """
            WITH horizon AS (
                SELECT greatest(\(through), max(last_on)) AS last_on FROM stock_ledger.shelf
                 WHERE consortium_id = \(consortium) AND store_id = \(store)
            ), batch AS (
                SELECT product_id, batch_id, expires_on, quantity FROM stock_ledger.balance
                 WHERE consortium_id = \(consortium) AND store_id = \(store) AND state = 'available'
                   AND (quantity > 0 OR expires_on > \(from))
            ), held AS (
                SELECT product_id, sum(quantity)::bigint AS quantity FROM batch
                 WHERE expires_on > (SELECT last_on FROM horizon) AND quantity > 0
                 GROUP BY product_id
            ), lapsed AS (
                -- What a batch held when it expired: what it holds now, less what moved since.
                SELECT batch.product_id, batch.expires_on - 1 AS occurred_on,
                       batch.quantity - coalesce(since.quantity, 0) AS quantity
                  FROM batch
                  LEFT JOIN LATERAL (
                       SELECT sum(entry.quantity)::bigint AS quantity FROM stock_ledger.entry
                        WHERE entry.consortium_id = \(consortium) AND entry.batch_id = batch.batch_id
                          AND entry.store_id = \(store) AND entry.state = 'available'
                          AND entry.occurred_on >= batch.expires_on
                          AND entry.occurred_on <= (SELECT last_on FROM horizon)) AS since ON TRUE
                 WHERE batch.expires_on > \(from) AND batch.expires_on <= (SELECT last_on FROM horizon)
                   AND (batch.quantity > 0 OR batch.product_id IN (
                        SELECT product_id FROM stock_ledger.product_day
                         WHERE consortium_id = \(consortium) AND store_id = \(store) AND occurred_on >= \(from)
                           AND expired <> 0))
            ), event AS (
                SELECT product_id, occurred_on, FALSE AS is_lapse, consumed, gained, available - expired AS changed
                  FROM stock_ledger.product_day
                 WHERE consortium_id = \(consortium) AND store_id = \(store) AND occurred_on >= \(from)
                UNION ALL
                SELECT product_id, occurred_on, TRUE, 0, 0, -quantity FROM lapsed WHERE quantity <> 0
            ), day AS (
                -- One order serves all: what changed from an event on, and the days of the events around it.
                SELECT product_id, occurred_on, is_lapse, consumed, gained, changed,
                       (sum(changed) OVER later)::bigint AS changed_since,
                       lag(occurred_on) OVER later AS next_on, lead(occurred_on) OVER later AS previous_on
                  FROM event
                WINDOW later AS (PARTITION BY product_id ORDER BY occurred_on DESC, is_lapse DESC
                                 ROWS UNBOUNDED PRECEDING)
            )
            SELECT product_id,
                   coalesce(sum(consumed) FILTER (WHERE occurred_on <= \(through)), 0)::bigint AS consumed,
                   least(coalesce(sum(least(consumed, 3000000000) * least(consumed, 3000000000))
                                  FILTER (WHERE occurred_on <= \(through)), 0), 9223372036854775807)::bigint AS squares,
                   sum(-- the days between this event and the next
                       CASE WHEN coalesce(held.quantity, 0) <= changed_since - changed AND occurred_on <= \(through)
                            THEN least(coalesce(next_on, \(through) + 1), \(through) + 1) - occurred_on - 1 ELSE 0 END
                       -- the day itself, when it began with nothing and nothing came
                     + CASE WHEN coalesce(held.quantity, 0) <= changed_since AND gained = 0 AND NOT is_lapse
                             AND occurred_on <= \(through) THEN 1 ELSE 0 END
                       -- the days before the first
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
