import Identity
import Postgres
public import Primitives
public import StockLedger

/// One count of a batch: by whom, when, what was there and what the ledger said. Quantities are in base units.
public struct BatchCount: Sendable, Hashable, Codable {
    public let stocktake: StocktakeID
    public let number: String
    public let store: StoreID
    public let storeName: String
    public let stocktakeState: StocktakeState
    public let state: InsideState
    public let round: Int
    public let attempt: Int
    public let counted: BaseUnits
    public let book: BaseUnits
    public let isNotFound: Bool
    public let countedBy: PersonID
    public let countedAt: Instant
    /// Whether the stocktake stands on it: the last of its line, in a posted stocktake.
    public let isPosted: Bool
    /// Of the difference; of the posted count only.
    public let reason: DifferenceReason?
}

extension StocktakeReadings {
    /// Every count of a batch in the stores the person sees, newest first, at most `limit`; counts that were corrected,
    /// repeated or cancelled too. A blind stocktake that is being counted is left out.
    ///
    /// - Throws: ``IdentityRefusal`` for a supplier's person.
    public func counts(of batch: BatchID, limit: Int) throws -> [BatchCount] {
        try principal.require(oneOf: Self.insiders)
        var conditions: [SQL] = [
            "line.consortium_id = \(principal.consortium)", "line.batch_id = \(batch)",
            "NOT (stocktake.is_blind AND stocktake.state IN ('counting', 'recounting'))",
        ]
        if !principal.seesWholeConsortium { conditions.append("store.facility_id = \(principal.facility)") }
        return try transaction.query(
            """
            SELECT stocktake.stocktake_id, stocktake.number, stocktake.store_id, store.name AS store_name,
                   stocktake.state AS stocktake_state, line.state, tally.round, tally.attempt, tally.counted, tally.book,
                   tally.is_not_found, tally.person_id, tally.counted_at, line.reason,
                   stocktake.state = 'posted' AND NOT EXISTS (
                       SELECT FROM stocktakes.tally AS later
                        WHERE later.consortium_id = tally.consortium_id AND later.stocktake_id = tally.stocktake_id
                          AND later.line_number = tally.line_number
                          AND (later.round, later.attempt) > (tally.round, tally.attempt)) AS is_posted
              FROM stocktakes.line
              JOIN stocktakes.stocktake USING (consortium_id, stocktake_id)
              JOIN parties.store USING (consortium_id, store_id)
              JOIN stocktakes.tally USING (consortium_id, stocktake_id, line_number)
             WHERE \(SQL.all(conditions))
             ORDER BY tally.counted_at DESC, stocktake.stocktake_id, line.line_number, tally.round DESC, tally.attempt DESC
             LIMIT \(limit)
            """, BatchCount.init)
    }
}

extension BatchCount {
    init(_ row: Row) throws {
        let isPosted: Bool = try row["is_posted"]
        self.init(
            stocktake: try row["stocktake_id"], number: try row["number"], store: try row["store_id"],
            storeName: try row["store_name"], stocktakeState: try row["stocktake_state"], state: try row["state"],
            round: try row["round"], attempt: try row["attempt"], counted: try row["counted"], book: try row["book"],
            isNotFound: try row["is_not_found"], countedBy: try row["person_id"], countedAt: try row["counted_at"],
            isPosted: isPosted, reason: isPosted ? try row["reason"] : nil)
    }
}
