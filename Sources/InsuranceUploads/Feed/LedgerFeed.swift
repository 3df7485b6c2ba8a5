import Postgres
import Primitives
import StockLedger

/// Goes over the ledger: which movements have not been gone over, and from which on none can be missing.
///
/// A movement's number is taken before it is committed, so a lower one may appear after a higher one. That is why nothing here trusts
/// the order of numbers. Every movement that was gone over is written down, and those behind `settled_through` that are not are read
/// anew each time. The number itself moves on only to a mark of which it is certain that nothing below it is still to come: the mark
/// is the highest movement that a statement sees, together with a transaction number that was given out after that statement began;
/// when every transaction before that one has ended, each number up to the mark is committed or will never be. (A movement locks its
/// shelves before it takes its number, so it has its transaction's number by then.)
struct LedgerFeed {
    let transaction: Transaction
    let consortium: ConsortiumID

    init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    /// A number below which no movement is to come once every transaction before `transaction` has ended.
    struct Mark: Sendable, Hashable {
        let movement: MovementID
        let transaction: String
    }

    /// How far it has come.
    struct Progress: Sendable, Hashable {
        let settled: MovementID
        let mark: Mark?
        /// Whether everything up to the mark can be seen, or the mark is one of another database's life and says nothing.
        let markIsSettled: Bool
        let markIsForeign: Bool
    }

    /// To be asked before anything is written in the transaction, or there is none: the number would be older than what it sees.
    func mark() throws -> Mark? {
        try transaction.first(
            """
            SELECT (SELECT max(movement_id) FROM stock_ledger.movement WHERE consortium_id = \(consortium)) AS movement,
                   pg_current_xact_id()::text AS number
             WHERE pg_current_xact_id_if_assigned() IS NULL
            """
        ) { row in
            guard let movement: MovementID = try row["movement"] else { return nil }
            return Mark(movement: movement, transaction: try row["number"])
        }.flatMap { $0 }
    }

    /// Locks the feed, so that one goes over the ledger at a time; `nil` when the consortium has no institution.
    func locked() throws -> Progress? {
        let isLocked = try transaction.first(
            "SELECT FROM insurance_uploads.feed WHERE consortium_id = \(consortium) FOR UPDATE"
        ) { _ in true }
        guard isLocked == true else { return nil }
        // A statement of its own: it sees what the one who held the lock has written.
        return try transaction.first(
            """
            SELECT settled_through, mark, mark_transaction,
                   coalesce(mark_transaction::xid8 <= pg_snapshot_xmin(pg_current_snapshot()), false) AS is_settled,
                   coalesce(mark_transaction::xid8 > pg_current_xact_id()
                            AND mark_transaction::xid8 > pg_snapshot_xmax(pg_current_snapshot()), false) AS is_foreign
              FROM insurance_uploads.feed WHERE consortium_id = \(consortium)
            """
        ) { row in
            let movement: MovementID? = try row["mark"]
            let number: String? = try row["mark_transaction"]
            return Progress(
                settled: try row["settled_through"],
                mark: movement.flatMap { movement in number.map { Mark(movement: movement, transaction: $0) } },
                markIsSettled: try row["is_settled"], markIsForeign: try row["is_foreign"])
        }
    }

    /// Movements that were not gone over, by number.
    func untaken(after settled: MovementID, limit: Int) throws -> [MovementID] {
        try transaction.query(
            """
            SELECT movement.movement_id FROM stock_ledger.movement
              LEFT JOIN insurance_uploads.taken USING (consortium_id, movement_id)
             WHERE movement.consortium_id = \(consortium) AND movement.movement_id > \(settled) AND taken.movement_id IS NULL
             ORDER BY movement.movement_id LIMIT \(limit)
            """
        ) { try $0["movement_id"] as MovementID }
    }

    func take(_ movements: [MovementID]) throws {
        try transaction.execute(
            """
            INSERT INTO insurance_uploads.taken (consortium_id, movement_id)
            SELECT \(consortium), movement_id FROM unnest(\(movements)) AS new (movement_id)
            """)
    }

    /// Writes how far it has come.
    ///
    /// - Parameter isThrough: whether every movement that could be seen was taken.
    func advance(from progress: Progress, isThrough: Bool, next: Mark?, at now: Instant) throws {
        let settles = isThrough && progress.markIsSettled
        let settled = settles ? progress.mark?.movement ?? progress.settled : progress.settled
        var mark = progress.mark
        if settles || progress.markIsForeign || mark == nil { mark = next.flatMap { $0.movement > settled ? $0 : nil } }
        try transaction.execute(
            """
            UPDATE insurance_uploads.feed
               SET settled_through = \(settled), mark = \(mark?.movement), mark_transaction = \(mark?.transaction), fed_at = \(now)
             WHERE consortium_id = \(consortium)
            """)
    }

    /// What movements brought into institutions that tell, or took out of them, by movement, facility and batch.
    ///
    /// Goods on their way belong to no institution, but between stores of the same one they never left it.
    func moved(by movements: [MovementID]) throws -> [MovedBatch] {
        try transaction.query(
            """
            SELECT movement.movement_id, movement.kind, movement.document, movement.reverses_id, store.facility_id, entry.batch_id,
                   article.pack_size, sum(entry.quantity)::bigint AS units,
                   CASE WHEN movement.occurred_on = (movement.recorded_at AT TIME ZONE 'Asia/Shanghai')::date THEN movement.recorded_at
                        ELSE (movement.occurred_on + time '23:59:59') AT TIME ZONE 'Asia/Shanghai' END AS happened_at
              FROM stock_ledger.movement
              JOIN stock_ledger.entry ON entry.consortium_id = movement.consortium_id AND entry.occurred_on = movement.occurred_on
                                     AND entry.movement_id = movement.movement_id
              JOIN parties.store ON store.consortium_id = entry.consortium_id AND store.store_id = entry.store_id
              JOIN insurance_uploads.institution ON institution.consortium_id = store.consortium_id
                                                AND institution.facility_id = store.facility_id AND institution.is_active
                                                AND institution.begins_after < movement.movement_id
              JOIN stock_ledger.batch ON batch.consortium_id = entry.consortium_id AND batch.batch_id = entry.batch_id
              JOIN formulary.article ON article.article_id = batch.article_id
              LEFT JOIN stock_ledger.transfer
                ON transfer.consortium_id = movement.consortium_id AND movement.kind IN ('transfer-out', 'transfer-in')
               AND transfer.transfer_id = CASE WHEN movement.document ~ '^transfer [-0-9A-Fa-f]{36}$'
                                               THEN substring(movement.document FROM 10)::uuid END
              LEFT JOIN parties.store AS origin
                ON origin.consortium_id = transfer.consortium_id AND origin.store_id = transfer.from_store_id
             WHERE movement.consortium_id = \(consortium) AND movement.movement_id = ANY(\(movements))
               AND (entry.state <> 'in-transit' OR origin.facility_id = store.facility_id)
             GROUP BY movement.consortium_id, movement.movement_id, store.facility_id, entry.batch_id, article.pack_size
            HAVING sum(entry.quantity) <> 0
             ORDER BY movement.movement_id, store.facility_id, entry.batch_id
            """
        ) { row in
            MovedBatch(
                movement: try row["movement_id"], kind: try row["kind"], facility: try row["facility_id"],
                batch: try row["batch_id"],
                units: try row["units"], document: try row["document"], happenedAt: try row["happened_at"],
                packSize: try row["pack_size"], reverses: try row["reverses_id"])
        }
    }
}
