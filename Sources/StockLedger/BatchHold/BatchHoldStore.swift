public import Postgres
public import Primitives

/// The SQL statements about holds of batches.
///
/// The consortium has one gate, an advisory lock of the transaction. Movements that take stock go through it together;
/// whoever holds or lifts waits until it is empty and closes it until that is committed. Which batches are held is read by a
/// statement of its own after the gate: it sees every hold that was committed before.
public struct BatchHoldStore {
    private let transaction: Transaction
    private let consortium: ConsortiumID

    public init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    // MARK: - The gate

    func closeGate() throws {
        try transaction.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('stock ledger, batch holds ' || \(consortium), 0))")
    }

    /// The batches of some products that nothing may be taken of; until the transaction ends, nothing is held or lifted.
    func held(of products: [ProductID]) throws -> Set<BatchID> {
        try transaction.execute(
            "SELECT pg_advisory_xact_lock_shared(hashtextextended('stock ledger, batch holds ' || \(consortium), 0))")
        return Set(
            try transaction.query(
                """
                SELECT batch_id FROM stock_ledger.batch_hold
                  JOIN stock_ledger.batch USING (consortium_id, batch_id)
                 WHERE consortium_id = \(consortium) AND lifted_at IS NULL AND product_id = ANY(\(products))
                """
            ) { try $0["batch_id"] as BatchID })
    }

    /// Refuses entries that take a held batch from where it is to a patient, a ward or another store, or set it aside.
    ///
    /// - Throws: ``StockLedgerRefusal`` `stock-ledger.batch-held`.
    func requireFree(_ entries: [Entry]) throws {
        let sources = entries.filter { $0.quantity < 0 && $0.isUsable }
        let takers = entries.filter { entry in
            entry.quantity > 0 && entry.isTaking(from: sources.compactMap(\.place.store))
        }
        let taken = takers.filter { taker in sources.contains { $0.batch == taker.batch } }
        guard !taken.isEmpty else { return }
        let held = try held(of: Array(Set(taken.map(\.product))))
        guard let first = taken.map(\.batch).filter(held.contains).min() else { return }
        throw StockLedgerRefusal(.batchHeld, "batch \(first)")
    }

    // MARK: - Holds

    func add(_ hold: HoldBatch, by person: PersonID, at now: Instant) throws {
        do {
            try transaction.execute(
                """
                INSERT INTO stock_ledger.batch_hold
                       (consortium_id, hold_id, batch_id, reason, held_by_id, held_at, held_after_id)
                VALUES (\(consortium), \(hold.hold), \(hold.batch), \(hold.reason), \(person), \(now),
                        (SELECT coalesce(max(movement_id), 0) FROM stock_ledger.movement WHERE consortium_id = \(consortium)))
                """)
        } catch {
            switch error.constraint {
            case "batch_is_held_once": throw StockLedgerRefusal(.batchHeldAlready, "batch \(hold.batch)")
            case "hold_id_is_unique": throw StockLedgerRefusal(.alreadyRecorded, "hold \(hold.hold)")
            default: throw error
            }
        }
    }

    func lift(_ lifting: LiftBatchHold, by person: PersonID, at now: Instant) throws {
        try transaction.execute(
            """
            UPDATE stock_ledger.batch_hold
               SET lifting_reason = \(lifting.reason), lifted_by_id = \(person), lifted_at = \(now),
                   lifted_after_id = (SELECT coalesce(max(movement_id), 0) FROM stock_ledger.movement
                                       WHERE consortium_id = \(consortium))
             WHERE consortium_id = \(consortium) AND hold_id = \(lifting.hold)
            """)
    }

    private static let columns: SQL = """
        hold_id, batch_id, product_id, batch_number, reason, held_by_id, held_at, lifting_reason, lifted_by_id, lifted_at
        """

    /// - Throws: ``StockLedgerRefusal`` `stock-ledger.hold-unknown`.
    public func hold(_ id: BatchHoldID) throws -> BatchHold {
        let found = try transaction.first(
            """
            SELECT \(Self.columns) FROM stock_ledger.batch_hold JOIN stock_ledger.batch USING (consortium_id, batch_id)
             WHERE consortium_id = \(consortium) AND hold_id = \(id)
            """, BatchHold.init)
        guard let found else { throw StockLedgerRefusal(.holdUnknown, "hold \(id)") }
        return found
    }

    /// The holds that stand, or all of them, newest first.
    public func latest(includingLifted: Bool, limit: Int) throws -> [BatchHold] {
        try transaction.query(
            """
            SELECT \(Self.columns) FROM stock_ledger.batch_hold JOIN stock_ledger.batch USING (consortium_id, batch_id)
             WHERE consortium_id = \(consortium) AND (lifted_at IS NULL OR \(includingLifted))
             ORDER BY held_at DESC, hold_id LIMIT \(limit)
            """, BatchHold.init)
    }
}

extension Entry {
    /// Whether it is on a shelf from which patients are served.
    fileprivate var isUsable: Bool {
        if case .inside(_, let state) = place { state == .available || state == .reserved } else { false }
    }

    /// Whether it is for a patient, a ward or another store than those it may come from, or set aside.
    fileprivate func isTaking(from stores: [StoreID]) -> Bool {
        switch place {
        case .outside(let outside): outside.isConsumption
        case .inside(let store, .inTransit): !stores.contains(store)
        case .inside(_, let state): state == .reserved
        }
    }
}

extension BatchHold {
    fileprivate init(_ row: Row) throws {
        let liftedAt: Instant? = try row["lifted_at"]
        self.init(
            id: try row["hold_id"], batch: try row["batch_id"], product: try row["product_id"],
            batchNumber: try row["batch_number"], reason: try row["reason"], heldBy: try row["held_by_id"],
            heldAt: try row["held_at"],
            lifting: try liftedAt.map {
                Lifting(person: try row["lifted_by_id"], at: $0, reason: try row["lifting_reason"])
            })
    }
}
