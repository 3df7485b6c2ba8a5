public import Postgres
public import Primitives

/// Makes a batch known that was found on a shelf and may be new to the consortium. Nothing moves.
public struct RegisterBatch: Sendable {
    public var batch: BatchKey

    public init(batch: BatchKey) { self.batch = batch }

    /// - Returns: the batch's number, the same for whoever registers it first or again.
    /// - Throws: ``StockLedgerRefusal`` `stock-ledger.batch-number-invalid`.
    public func run(in transaction: Transaction, by principal: Principal) throws -> BatchID {
        try batch.checkNumber(field: "batchNumber")
        guard let id = try StockLedgerStore(transaction, principal.consortium).batches([batch])[batch] else {
            throw StockLedgerRefusal(.batchUnknown, batch.batchNumber)
        }
        return id
    }
}
