import Foundation
import Postgres
import Primitives

/// The SQL statements that write the schema `stock_ledger`.
struct StockLedgerStore {
    let transaction: Transaction
    let consortium: ConsortiumID

    init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    // MARK: - Batches

    /// The numbers of the batches, making those that are new.
    func batches(_ keys: Set<BatchKey>) throws -> [BatchKey: BatchID] {
        let sorted = keys.sorted {
            ($0.article.rawValue, $0.batchNumber, $0.expiresOn) < ($1.article.rawValue, $1.batchNumber, $1.expiresOn)
        }
        var known = try knownBatches(sorted)
        let fresh = sorted.filter { known[$0] == nil }
        guard !fresh.isEmpty else { return known }
        let rows = fresh.map { key -> [any SQLParameter] in
            [consortium, key.article, key.product, key.batchNumber, key.expiresOn]
        }
        try transaction.insert(
            into: "stock_ledger.batch (consortium_id, article_id, product_id, batch_number, expires_on)", rows: rows,
            "ON CONFLICT ON CONSTRAINT batch_is_one_number_and_expiry DO NOTHING")
        known = try knownBatches(sorted)
        return known
    }

    private func knownBatches(_ keys: [BatchKey]) throws -> [BatchKey: BatchID] {
        let found = try transaction.query(
            """
            SELECT batch_id, article_id, product_id, batch_number, expires_on FROM stock_ledger.batch
             WHERE consortium_id = \(consortium) AND article_id = ANY(\(keys.map(\.article)))
               AND batch_number = ANY(\(Array(Set(keys.map(\.batchNumber)))))
            """
        ) { row in
            let key = BatchKey(
                article: try row["article_id"], product: try row["product_id"], batchNumber: try row["batch_number"],
                expiresOn: try row["expires_on"])
            return (key, try row["batch_id"] as BatchID)
        }
        return Dictionary(found, uniquingKeysWith: { first, _ in first })
    }

    // MARK: - Balances

    /// What a store has of some products in one state, by product and batch. Their shelves are held.
    ///
    /// - Parameter includingEmpty: also the batches of which nothing is left.
    func stock(
        of products: [ProductID], in store: StoreID, _ state: InsideState, includingEmpty: Bool
    ) throws -> [Pick] {
        try transaction.query(
            """
            SELECT balance.batch_id, batch.article_id, balance.product_id, batch.batch_number, batch.expires_on,
                   balance.quantity
              FROM stock_ledger.balance
              JOIN stock_ledger.batch USING (consortium_id, batch_id)
             WHERE balance.consortium_id = \(consortium) AND balance.store_id = \(store)
               AND balance.product_id = ANY(\(products)) AND balance.state = \(state)
               AND (balance.quantity > 0 OR \(includingEmpty))
             ORDER BY balance.product_id, balance.batch_id
            """, Pick.init)
    }

    /// The batches by number; a number that is not the consortium's is missing from the answer.
    func batches(_ ids: [BatchID]) throws -> [BatchID: Pick] {
        let found = try transaction.query(
            """
            SELECT batch_id, article_id, product_id, batch_number, expires_on, 0 AS quantity
              FROM stock_ledger.batch WHERE consortium_id = \(consortium) AND batch_id = ANY(\(ids))
            """, Pick.init)
        return Dictionary(found.map { ($0.batch, $0) }, uniquingKeysWith: { first, _ in first })
    }

    // MARK: - Movements

    /// Records a movement, its entries, and what follows for balances and days. It counts for the day of `shelves`.
    ///
    /// - Precondition: the entries sum to zero for each batch, and `shelves` hold every place inside.
    /// - Throws: ``StockLedgerRefusal``: a product is held still or a batch held, a later day would lack what is taken, the request was
    ///   recorded already, or a place does not hold what leaves it.
    func record(
        _ draft: MovementDraft, holding shelves: HeldShelves, by principal: Principal, at now: Instant
    ) throws -> MovementID {
        let sums = Dictionary(grouping: draft.entries, by: \.batch).mapValues { $0.map(\.quantity).sum() }
        precondition(!draft.entries.isEmpty && sums.values.allSatisfy { $0 == 0 }, "a movement sums to zero for each batch")
        let day = shelves.day
        let changes = BalanceChanges(draft.entries)
        precondition(changes.keys.allSatisfy { shelves.hold(Shelf(store: $0.store, product: $0.product)) }, "shelves are held")
        try FreezeStore(transaction, consortium).requireFree(draft.entries)
        if draft.kind != .reversal { try BatchHoldStore(transaction, consortium).requireFree(draft.entries) }
        if let last = shelves.entriesThrough {
            try requireDaysSince(day, through: last, toBear: changes.quantities)
        }
        let movement = try insert(draft, on: day, by: principal, at: now)
        try transaction.insert(
            into: """
                stock_ledger.entry
                (consortium_id, movement_id, line, occurred_on, store_id, state, batch_id, product_id, quantity)
                """,
            rows: draft.entries.enumerated().map { number, entry in
                [
                    consortium, movement, number + 1, day, entry.place.store, entry.place.stateText,
                    entry.batch, entry.product, entry.quantity,
                ]
            })
        try post(changes)
        try note(ProductDayChanges(draft.entries, on: day), on: day)
        return movement
    }

    private func insert(
        _ draft: MovementDraft, on day: CalendarDate, by principal: Principal, at now: Instant
    ) throws -> MovementID {
        do {
            let id = try transaction.first(
                """
                INSERT INTO stock_ledger.movement
                       (consortium_id, kind, occurred_on, recorded_at, person_id, request_id, part, document, reason, reverses_id)
                VALUES (\(consortium), \(draft.kind), \(day), \(now), \(principal.person), \(draft.requestID),
                        \(draft.part), \(draft.document), \(draft.reason), \(draft.reverses))
                RETURNING movement_id
                """
            ) { try $0["movement_id"] as MovementID }
            guard let id else { preconditionFailure("INSERT … RETURNING brought no row") }
            return id
        } catch let error as PostgresError {
            switch error.constraint {
            case "request_is_recorded_once":
                throw StockLedgerRefusal(.alreadyRecorded, "request \(draft.requestID), part \(draft.part)")
            case "movement_is_reversed_once":
                throw StockLedgerRefusal(.alreadyReversed, "movement \(draft.reverses?.description ?? "")")
            default: throw error
            }
        }
    }

    /// Changes the balances: takes out, then puts in.
    private func post(_ changes: BalanceChanges) throws {
        let outgoing = changes.sorted { $0 < 0 }.map { change -> [any SQLParameter] in
            [change.key.store, change.key.product, change.key.batch, change.key.state, change.quantity]
        }
        for chunk in stride(from: 0, to: outgoing.count, by: 500).map({ outgoing[$0..<min($0 + 500, outgoing.count)] }) {
            try withdraw(Array(chunk))
        }
        try transaction.insert(
            into: """
                stock_ledger.balance (consortium_id, store_id, product_id, batch_id, state, expires_on, quantity)
                """,
            rows: changes.sorted { $0 > 0 }.map { change -> [any SQLParameter] in
                [
                    consortium, change.key.store, change.key.product, change.key.batch, change.key.state, change.expiresOn,
                    change.quantity,
                ]
            },
            """
            ON CONFLICT (consortium_id, store_id, product_id, batch_id, state)
            DO UPDATE SET quantity = balance.quantity + excluded.quantity
            """)
    }

    private func withdraw(_ rows: [[any SQLParameter]]) throws {
        do {
            let changed = try transaction.execute(
                """
                UPDATE stock_ledger.balance SET quantity = balance.quantity + change.quantity
                  FROM (VALUES \(rows: rows)) AS change (store_id, product_id, batch_id, state, quantity)
                 WHERE balance.consortium_id = \(consortium) AND balance.store_id = change.store_id
                   AND balance.product_id = change.product_id AND balance.batch_id = change.batch_id
                   AND balance.state = change.state
                """)
            guard changed == rows.count else {
                throw StockLedgerRefusal(.insufficientStock, "a batch is not in that place")
            }
        } catch let error as PostgresError where error.constraint == "on_hand_is_not_negative" {
            throw StockLedgerRefusal(.insufficientStock, "a batch holds less than leaves it")
        }
    }

    /// Keeps what each product of each store consumed and gained on the day.
    private func note(_ changes: ProductDayChanges, on day: CalendarDate) throws {
        try transaction.insert(
            into: """
                stock_ledger.product_day
                (consortium_id, store_id, product_id, occurred_on, consumed, available, expired, gained)
                """,
            rows: changes.sorted.map { shelf, change -> [any SQLParameter] in
                [
                    consortium, shelf.store, shelf.product, day, change.consumed, change.available, change.expired,
                    change.gained,
                ]
            },
            """
            ON CONFLICT (consortium_id, store_id, product_id, occurred_on)
            DO UPDATE SET consumed = product_day.consumed + excluded.consumed,
                          available = product_day.available + excluded.available,
                          expired = product_day.expired + excluded.expired,
                          gained = product_day.gained + excluded.gained
            """)
    }
}
