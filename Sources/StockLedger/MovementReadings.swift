public import Postgres
public import Primitives

/// What the ledger tells about movements.
public struct MovementReadings {
    private let transaction: Transaction
    private let consortium: ConsortiumID

    public init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    /// - Throws: ``StockLedgerRefusal`` when there is no such movement.
    public func movement(_ id: MovementID) throws -> Movement {
        let found = try transaction.first(
            """
            SELECT movement_id, kind, occurred_on, recorded_at, person_id, document, reason, reverses_id
              FROM stock_ledger.movement WHERE consortium_id = \(consortium) AND movement_id = \(id)
            """, Movement.init)
        guard let found else { throw StockLedgerRefusal(.movementUnknown, "movement \(id)") }
        return found
    }

    func isReversed(_ id: MovementID) throws -> Bool {
        try transaction.first(
            "SELECT FROM stock_ledger.movement WHERE consortium_id = \(consortium) AND reverses_id = \(id)") { _ in true } ?? false
    }

    /// Both sides of a movement, in the order they were written.
    func entries(of movement: MovementID) throws -> [Entry] {
        try transaction.query(
            """
            SELECT entry.store_id, entry.state, entry.batch_id, entry.product_id, batch.expires_on, entry.quantity
              FROM stock_ledger.entry
              JOIN stock_ledger.batch USING (consortium_id, batch_id)
             WHERE entry.consortium_id = \(consortium) AND entry.movement_id = \(movement)
             ORDER BY entry.line
            """
        ) { row in
            let store: StoreID? = try row["store_id"]
            let place: Place = if let store { .inside(store, try row["state"]) } else { .outside(try row["state"]) }
            return Entry(
                place: place, batch: try row["batch_id"], product: try row["product_id"], expiresOn: try row["expires_on"],
                quantity: try row["quantity"])
        }
    }

    /// The latest movements, newest first, before one of them; of one store when it is given.
    public func latest(in store: StoreID?, before: MovementID?, limit: Int) throws -> [MovementLine] {
        try transaction.query(
            """
            SELECT movement.movement_id, movement.kind, movement.occurred_on, movement.recorded_at, movement.document,
                   movement.reason, entry.line, entry.store_id, entry.state, entry.quantity, entry.product_id,
                   batch.batch_id, batch.batch_number, product.generic_name, product.strength
              FROM (SELECT * FROM stock_ledger.movement
                     WHERE consortium_id = \(consortium) AND movement_id < \(before ?? MovementID(.max))
                       AND (\(store)::bigint IS NULL OR EXISTS (
                            SELECT FROM stock_ledger.entry AS side
                             WHERE side.consortium_id = movement.consortium_id AND side.occurred_on = movement.occurred_on
                               AND side.movement_id = movement.movement_id AND side.store_id = \(store)))
                     ORDER BY movement_id DESC LIMIT \(limit)) AS movement
              JOIN stock_ledger.entry ON entry.consortium_id = movement.consortium_id
               AND entry.occurred_on = movement.occurred_on AND entry.movement_id = movement.movement_id
              JOIN stock_ledger.batch ON batch.consortium_id = entry.consortium_id AND batch.batch_id = entry.batch_id
              JOIN formulary.product ON product.product_id = entry.product_id
             ORDER BY movement.movement_id DESC, entry.line
            """, MovementLine.init)
    }
}

/// One side of a movement with the names a person reads.
public struct MovementLine: Sendable, Hashable, Codable {
    public let movement: MovementID
    public let line: Int
    public let kind: MovementKind
    public let occurredOn: CalendarDate
    public let recordedAt: Instant
    public let document: String
    public let reason: String
    /// The store, or `nil` outside the consortium.
    public let store: StoreID?
    /// The state inside a store, or the place outside.
    public let state: String
    public let product: ProductID
    public let genericName: String
    public let strength: String
    public let batch: BatchID
    public let batchNumber: String
    /// Base units; positive came in, negative went out.
    public let quantity: BaseUnits
}

extension MovementLine {
    init(_ row: Row) throws {
        self.init(
            movement: try row["movement_id"], line: try row["line"], kind: try row["kind"], occurredOn: try row["occurred_on"],
            recordedAt: try row["recorded_at"], document: try row["document"], reason: try row["reason"],
            store: try row["store_id"], state: try row["state"], product: try row["product_id"],
            genericName: try row["generic_name"], strength: try row["strength"], batch: try row["batch_id"],
            batchNumber: try row["batch_number"], quantity: try row["quantity"])
    }
}
