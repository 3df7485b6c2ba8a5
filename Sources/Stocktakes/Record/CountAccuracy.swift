import Identity
import Postgres
public import Primitives

/// How right the ledger of a store was where it was counted: the figures of its posted stocktakes (账实相符).
public struct CountAccuracy: Sendable, Hashable, Codable {
    public let store: StoreID
    public let storeName: String
    public let facility: FacilityID
    /// How many stocktakes were posted in the period.
    public let stocktakes: Int
    public let totals: DifferenceTotals
}

extension StocktakeReadings {
    /// The stores that had a stocktake posted from one day through another, in the order of their numbers; a line that was
    /// counted several times counts as it was counted last.
    ///
    /// - Throws: ``IdentityRefusal`` for a supplier's person.
    public func accuracy(store: StoreID? = nil, from: CalendarDate, through: CalendarDate) throws -> [CountAccuracy] {
        try principal.require(oneOf: Self.insiders)
        var conditions: [SQL] = [
            "stocktake.consortium_id = \(principal.consortium)", "stocktake.state = 'posted'",
            "(stocktake.decided_at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN \(from) AND \(through)",
        ]
        if !principal.seesWholeConsortium { conditions.append("store.facility_id = \(principal.facility)") }
        if let store { conditions.append("stocktake.store_id = \(store)") }
        let rows = try transaction.query(
            """
            SELECT stocktake.store_id, store.name, store.facility_id, stocktake.stocktake_id, line.pack_size,
                   line.reference_price, tally.counted, tally.book
              FROM stocktakes.stocktake
              JOIN parties.store USING (consortium_id, store_id)
              LEFT JOIN stocktakes.line USING (consortium_id, stocktake_id)
              LEFT JOIN LATERAL (
                   SELECT counted, book FROM stocktakes.tally
                    WHERE tally.consortium_id = line.consortium_id AND tally.stocktake_id = line.stocktake_id
                      AND tally.line_number = line.line_number
                    ORDER BY tally.round DESC, tally.attempt DESC LIMIT 1) AS tally ON true
             WHERE \(SQL.all(conditions))
             ORDER BY stocktake.store_id
            """, CountedLine.init)
        let byStore = Dictionary(grouping: rows, by: \.store)
        return byStore.keys.sorted().compactMap { id in
            guard let lines = byStore[id], let first = lines.first else { return nil }
            return CountAccuracy(
                store: id, storeName: first.storeName, facility: first.facility, stocktakes: Set(lines.map(\.stocktake)).count,
                totals: DifferenceTotals(lines.compactMap(\.line)))
        }
    }

    private struct CountedLine {
        let store: StoreID
        let storeName: String
        let facility: FacilityID
        let stocktake: StocktakeID
        /// `nil` for a stocktake without lines.
        let line: DifferenceTotals.Line?

        init(_ row: Row) throws {
            store = try row["store_id"]
            storeName = try row["name"]
            facility = try row["facility_id"]
            stocktake = try row["stocktake_id"]
            guard let counted = try row["counted"] as BaseUnits? else {
                line = nil
                return
            }
            let difference = counted - (try row["book"] as BaseUnits)
            let (packSize, price): (BaseUnits, Money?) = (try row["pack_size"], try row["reference_price"])
            line = DifferenceTotals.Line(
                difference: difference, value: price.map { worth(of: difference, packSize: packSize, price: $0) })
        }
    }
}
