import Postgres
import Primitives
import StockLedger

/// The SQL statements about opened packs. Whoever writes one holds the shelf of the pack's product in the ledger.
struct PackStore {
    private let transaction: Transaction
    private let consortium: ConsortiumID

    private static let columns: SQL = """
        pack_id, store_id, opened_pack.product_id, opened_pack.article_id, batch_id, batch_number, expires_on, trace_code,
        is_found, units, units - taken - moved AS remaining, opened_at, opened_by_id, closing, closing_reason
        """
    private static let tables: SQL = "dispensing.opened_pack JOIN stock_ledger.batch USING (consortium_id, batch_id)"

    init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    // MARK: - Reading

    /// The packs of some batches that are open in a store, the longest open first.
    func open(of batches: [BatchID], in store: StoreID) throws -> [OpenedPack] {
        try transaction.query(
            """
            SELECT \(Self.columns) FROM \(Self.tables)
             WHERE consortium_id = \(consortium) AND store_id = \(store) AND batch_id = ANY(\(batches)) AND closed_at IS NULL
             ORDER BY pack_id
            """, OpenedPack.init)
    }

    /// Every pack that is open in a store, first expiry first.
    func open(in store: StoreID, limit: Int) throws -> [OpenedPack] {
        try transaction.query(
            """
            SELECT \(Self.columns) FROM \(Self.tables)
             WHERE consortium_id = \(consortium) AND store_id = \(store) AND closed_at IS NULL
             ORDER BY expires_on, pack_id LIMIT \(limit)
            """, OpenedPack.init)
    }

    /// - Throws: ``DispensingRefusal`` when there is no such pack.
    func pack(_ id: OpenedPackID) throws -> OpenedPack {
        let found = try transaction.first(
            "SELECT \(Self.columns) FROM \(Self.tables) WHERE consortium_id = \(consortium) AND pack_id = \(id)",
            OpenedPack.init)
        guard let found else { throw DispensingRefusal(.packUnknown, "pack \(id)") }
        return found
    }

    func uses(of id: OpenedPackID) throws -> [PackUse] {
        try transaction.query(
            """
            SELECT dispensing_id, line_number, quantity, dispensed_at, preparer_id, dispenser_id
              FROM dispensing.pack_use
              JOIN dispensing.dispensing USING (consortium_id, dispensing_id)
             WHERE consortium_id = \(consortium) AND pack_id = \(id)
             ORDER BY movement_id
            """
        ) { row in
            PackUse(
                dispensing: try row["dispensing_id"], line: try row["line_number"], quantity: try row["quantity"],
                dispensedAt: try row["dispensed_at"], preparer: try row["preparer_id"], dispenser: try row["dispenser_id"])
        }
    }

    // MARK: - Writing

    /// Opens a pack and takes some of it at once.
    func open(
        _ opening: PackSplit.Opening, of pick: Pick, code: String?, in store: StoreID, by person: PersonID, at now: Instant
    ) throws -> OpenedPackID {
        let isEmpty = opening.taken == opening.units
        let id = try transaction.first(
            """
            INSERT INTO dispensing.opened_pack
                   (consortium_id, store_id, article_id, product_id, batch_id, trace_code, is_found, units, taken, opened_at,
                    opened_by_id, closed_at, closing)
            VALUES (\(consortium), \(store), \(pick.article), \(pick.product), \(pick.batch), \(code), \(opening.isFound),
                    \(opening.units), \(opening.taken), \(now), \(person), \(isEmpty ? now : nil),
                    \(isEmpty ? PackClosing.usedUp : nil))
            RETURNING pack_id
            """
        ) { try $0["pack_id"] as OpenedPackID }
        guard let id else { preconditionFailure("INSERT … RETURNING brought no row") }
        return id
    }

    func take(_ part: PackPart, at now: Instant) throws {
        try transaction.execute(
            """
            UPDATE dispensing.opened_pack
               SET taken = taken + \(part.quantity),
                   closed_at = CASE WHEN taken + moved + \(part.quantity) = units THEN \(now) END,
                   closing = CASE WHEN taken + moved + \(part.quantity) = units THEN \(PackClosing.usedUp) END
             WHERE consortium_id = \(consortium) AND pack_id = \(part.pack)
            """)
    }

    /// Takes off a pack what the ledger no longer holds of it.
    func move(_ part: PackPart, at now: Instant) throws {
        try transaction.execute(
            """
            UPDATE dispensing.opened_pack
               SET moved = moved + \(part.quantity),
                   closed_at = CASE WHEN taken + moved + \(part.quantity) = units THEN \(now) END,
                   closing = CASE WHEN taken + moved + \(part.quantity) = units THEN \(PackClosing.moved) END
             WHERE consortium_id = \(consortium) AND pack_id = \(part.pack)
            """)
    }

    /// Closes a pack that holds exactly `part.quantity`.
    ///
    /// - Throws: ``DispensingRefusal`` when it holds something else by now.
    func discard(_ part: PackPart, reason: String, at now: Instant) throws {
        let changed = try transaction.execute(
            """
            UPDATE dispensing.opened_pack
               SET moved = moved + \(part.quantity), closed_at = \(now), closing = \(PackClosing.discarded),
                   closing_reason = \(reason)
             WHERE consortium_id = \(consortium) AND pack_id = \(part.pack) AND closed_at IS NULL
               AND units - taken - moved = \(part.quantity)
            """)
        guard changed == 1 else { throw DispensingRefusal(.packChanged, "pack \(part.pack)") }
    }

    func add(_ parts: [PackPart], to line: Int, of dispensing: DispensingID) throws {
        try transaction.insert(
            into: "dispensing.pack_use (consortium_id, dispensing_id, line_number, pack_id, quantity)",
            rows: parts.map { [consortium, dispensing, line, $0.pack, $0.quantity] })
    }
}

extension OpenedPack {
    fileprivate init(_ row: Row) throws {
        self.init(
            id: try row["pack_id"], store: try row["store_id"], product: try row["product_id"], article: try row["article_id"],
            batch: try row["batch_id"], batchNumber: try row["batch_number"], expiresOn: try row["expires_on"],
            code: try row["trace_code"], isFound: try row["is_found"], units: try row["units"],
            remaining: try row["remaining"], openedAt: try row["opened_at"], openedBy: try row["opened_by_id"],
            closing: try row["closing"], closingReason: try row["closing_reason"])
    }
}
