public import Postgres
public import Primitives

/// Every SQL statement about closed days.
public struct ClosingStore {
    private let transaction: Transaction
    private let consortium: ConsortiumID

    public init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    /// The latest closings of a store, newest first.
    public func latest(of store: StoreID, limit: Int) throws -> [Closing] {
        try transaction.query(
            """
            SELECT store_id, closed_through, closed_at, person_id FROM stock_ledger.closing
             WHERE consortium_id = \(consortium) AND store_id = \(store) ORDER BY closed_through DESC LIMIT \(limit)
            """
        ) { row in
            Closing(
                store: try row["store_id"], closedThrough: try row["closed_through"], closedAt: try row["closed_at"],
                person: try row["person_id"])
        }
    }

    /// The last day that is closed in any of the stores.
    func closedThrough(_ stores: [StoreID]) throws -> CalendarDate? {
        let last = try transaction.first(
            """
            SELECT max(closed_through) AS last FROM stock_ledger.closing
             WHERE consortium_id = \(consortium) AND store_id = ANY(\(stores))
            """
        ) { try $0["last"] as CalendarDate? }
        return last ?? nil
    }

    func add(_ closing: Closing) throws {
        try transaction.execute(
            """
            INSERT INTO stock_ledger.closing (consortium_id, store_id, closed_through, closed_at, person_id)
            VALUES (\(consortium), \(closing.store), \(closing.closedThrough), \(closing.closedAt), \(closing.person))
            """)
    }

    /// Waits until no transaction that records for an earlier day of the store is under way, and lets none begin.
    func lockAlone(_ store: StoreID) throws {
        try transaction.execute("SELECT pg_advisory_xact_lock(hashtextextended('stock-ledger.closing', \(store)))")
    }

    /// Keeps the stores from closing days until the transaction ends.
    func lockTogether(_ stores: [StoreID]) throws {
        for store in Set(stores).sorted() {
            try transaction.execute("SELECT pg_advisory_xact_lock_shared(hashtextextended('stock-ledger.closing', \(store)))")
        }
    }
}

extension StockLedgerStore {
    /// The day a movement in some stores counts for: the day asked for when it is open, else today.
    ///
    /// - Throws: ``StockLedgerRefusal``, as ``BackDating``.
    func day(_ asked: CalendarDate?, in stores: [StoreID], reason: String, today: CalendarDate) throws -> CalendarDate {
        guard let asked, asked != today else { return today }
        try BackDating(today: today).check(asked, reason: reason)
        let closings = ClosingStore(transaction, consortium)
        try closings.lockTogether(stores)
        try BackDating(today: today, closedThrough: try closings.closedThrough(stores)).check(asked, reason: reason)
        return asked
    }
}
