public import Postgres
public import Primitives

/// Every SQL statement about transfers.
public struct TransferStore {
    private let transaction: Transaction
    private let consortium: ConsortiumID

    public init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    func add(_ transfer: ShipTransfer, movement: MovementID, at now: Instant) throws -> String {
        let next = try transaction.documentNumber(
            "DB", year: now.businessDay.year, from: "SELECT nextval('stock_ledger.transfer_number') AS number")
        let number = try transaction.first(
            """
            INSERT INTO stock_ledger.transfer
                   (consortium_id, transfer_id, number, from_store_id, to_store_id, state, reason, shipped_at, shipped_by_id)
            VALUES (\(consortium), \(transfer.transfer), \(next), \(transfer.from), \(transfer.to), \(TransferState.inTransit),
                    \(transfer.reason), \(now), \(movement))
            ON CONFLICT (consortium_id, transfer_id) DO NOTHING
            RETURNING number
            """
        ) { try $0["number"] as String }
        guard let number else { throw StockLedgerRefusal(.alreadyRecorded, "transfer \(transfer.transfer)") }
        return number
    }

    /// Locks a transfer; with it comes the movement that took the goods out, and its day.
    func locked(_ id: TransferID) throws -> (Transfer, shippedBy: MovementID, shippedOn: CalendarDate) {
        let found = try transaction.first(
            """
            SELECT transfer_id, number, from_store_id, to_store_id, state, transfer.reason, shipped_at, received_at,
                   shipped_by_id, movement.occurred_on AS shipped_on
              FROM stock_ledger.transfer
              JOIN stock_ledger.movement ON movement.consortium_id = transfer.consortium_id
               AND movement.movement_id = transfer.shipped_by_id
             WHERE transfer.consortium_id = \(consortium) AND transfer_id = \(id)
               FOR UPDATE OF transfer
            """
        ) { row in
            (
                try Transfer(row), shippedBy: try row["shipped_by_id"] as MovementID,
                shippedOn: try row["shipped_on"] as CalendarDate
            )
        }
        guard let found else { throw StockLedgerRefusal(.transferUnknown, "transfer \(id)") }
        return found
    }

    func markReceived(_ id: TransferID, at now: Instant) throws {
        try transaction.execute(
            """
            UPDATE stock_ledger.transfer SET state = \(TransferState.received), received_at = \(now)
             WHERE consortium_id = \(consortium) AND transfer_id = \(id)
            """)
    }

    /// - Throws: ``StockLedgerRefusal`` when there is no such transfer.
    public func transfer(_ id: TransferID) throws -> Transfer {
        let found = try transaction.first(
            """
            SELECT transfer_id, number, from_store_id, to_store_id, state, reason, shipped_at, received_at
              FROM stock_ledger.transfer WHERE consortium_id = \(consortium) AND transfer_id = \(id)
            """, Transfer.init)
        guard let found else { throw StockLedgerRefusal(.transferUnknown, "transfer \(id)") }
        return found
    }

    /// Transfers to or from a store (or all), newest first.
    public func latest(of store: StoreID?, limit: Int) throws -> [Transfer] {
        try transaction.query(
            """
            SELECT transfer_id, number, from_store_id, to_store_id, state, reason, shipped_at, received_at
              FROM stock_ledger.transfer
             WHERE consortium_id = \(consortium)
               AND (\(store)::bigint IS NULL OR from_store_id = \(store) OR to_store_id = \(store))
             ORDER BY shipped_at DESC, transfer_id LIMIT \(limit)
            """, Transfer.init)
    }
}

extension Transfer {
    init(_ row: Row) throws {
        self.init(
            id: try row["transfer_id"], number: try row["number"], from: try row["from_store_id"], to: try row["to_store_id"],
            state: try row["state"], reason: try row["reason"], shippedAt: try row["shipped_at"],
            receivedAt: try row["received_at"])
    }
}
