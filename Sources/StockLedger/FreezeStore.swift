import Postgres
import Primitives

/// The SQL statements about freezes.
///
/// Each store has a gate, an advisory lock of the transaction. Movements go through it together; whoever freezes waits
/// until it is empty and closes it until the freeze is committed. What is frozen is read by a statement of its own after
/// the gate: it sees every freeze that was committed before.
struct FreezeStore {
    private let transaction: Transaction
    private let consortium: ConsortiumID

    init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    /// - Throws: ``StockLedgerRefusal`` `stock-ledger.frozen` when one of the products is held already.
    func add(_ freeze: FreezeProducts, at now: Instant) throws {
        try transaction.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('stock ledger, store ' || \(consortium) || ' ' || \(freeze.store), 0))")
        let holder = try transaction.first(
            """
            SELECT document FROM stock_ledger.freeze
             WHERE consortium_id = \(consortium) AND store_id = \(freeze.store)
               AND (product_id IS NULL OR \(freeze.products == nil) OR product_id = ANY(\(freeze.products ?? [])))
             LIMIT 1
            """
        ) { try $0["document"] as String }
        if let holder { throw StockLedgerRefusal(.frozen, "store \(freeze.store): \(holder)") }
        let held: [ProductID?] = freeze.products.map { Set($0).sorted().map { $0 } } ?? [nil]
        try transaction.insert(
            into: "stock_ledger.freeze (consortium_id, store_id, product_id, document, frozen_at)",
            rows: held.map { [consortium, freeze.store, $0, freeze.document, now] })
    }

    /// - Returns: how many freezes there were.
    func remove(_ document: String, from store: StoreID) throws -> Int {
        try transaction.execute(
            """
            DELETE FROM stock_ledger.freeze
             WHERE consortium_id = \(consortium) AND store_id = \(store) AND document = \(document)
            """)
    }

    /// Refuses entries that touch the shelf where a product is held still; until the transaction ends, nobody freezes
    /// anything in their stores.
    ///
    /// - Throws: ``StockLedgerRefusal`` `stock-ledger.frozen`.
    func requireFree(_ entries: [Entry]) throws {
        let shelves = entries.compactMap { entry -> Shelf? in
            guard case .inside(let store, let state) = entry.place, state != .inTransit else { return nil }
            return Shelf(store: store, product: entry.product)
        }
        guard !shelves.isEmpty else { return }
        let stores = Set(shelves.map(\.store)).sorted()
        try transaction.execute(
            """
            SELECT pg_advisory_xact_lock_shared(hashtextextended('stock ledger, store ' || \(consortium) || ' ' || store, 0))
              FROM unnest(\(stores)) AS store
            """)
        let freezes = try transaction.query(
            """
            SELECT store_id, product_id, document FROM stock_ledger.freeze
             WHERE consortium_id = \(consortium) AND store_id = ANY(\(stores))
               AND (product_id IS NULL OR product_id = ANY(\(Set(shelves.map(\.product)).sorted())))
            """
        ) { row in
            (
                store: try row["store_id"] as StoreID, product: try row["product_id"] as ProductID?,
                document: try row["document"] as String
            )
        }
        for freeze in freezes {
            let held = shelves.first { $0.store == freeze.store && $0.product == freeze.product ?? $0.product }
            if let held {
                throw StockLedgerRefusal(.frozen, "product \(held.product) of store \(held.store): \(freeze.document)")
            }
        }
    }
}
