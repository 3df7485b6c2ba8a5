import Postgres
public import Primitives

/// A batch on a shelf of a store: what one line of a count sheet is about.
public struct ShelvedBatch: Sendable, Hashable {
    public let product: ProductID
    public let batch: BatchID
    public let state: InsideState

    public init(product: ProductID, batch: BatchID, state: InsideState) {
        self.product = product
        self.batch = batch
        self.state = state
    }

    /// Where a difference of it is posted. What is set aside for patients stands on the same shelf as the rest of its batch
    /// and stays promised, so more or less of it is more or less of what is usable.
    public var posted: ShelvedBatch {
        ShelvedBatch(product: product, batch: batch, state: state == .reserved ? .available : state)
    }
}

extension StockReadings {
    /// What the ledger says of some batches of a store at this moment. Movements that have begun on them are waited for,
    /// later ones wait until the transaction ends: so each movement is clearly before this moment or after it.
    ///
    /// A batch that was never in that place has 0.
    public func lockedQuantities(
        of shelved: [ShelvedBatch], in store: StoreID, of consortium: ConsortiumID
    ) throws -> [ShelvedBatch: BaseUnits] {
        let found = try transaction.query(
            """
            SELECT product_id, batch_id, state, quantity FROM stock_ledger.balance
             WHERE consortium_id = \(consortium) AND store_id = \(store)
               AND product_id = ANY(\(Set(shelved.map(\.product)).sorted()))
               AND batch_id = ANY(\(Set(shelved.map(\.batch)).sorted()))
             ORDER BY product_id, batch_id, state FOR UPDATE
            """
        ) { row in
            let batch = ShelvedBatch(product: try row["product_id"], batch: try row["batch_id"], state: try row["state"])
            return (batch, try row["quantity"] as BaseUnits)
        }
        let held = Dictionary(found, uniquingKeysWith: { first, _ in first })
        return Dictionary(shelved.map { ($0, held[$0] ?? 0) }, uniquingKeysWith: { first, _ in first })
    }
}
