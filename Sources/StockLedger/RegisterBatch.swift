public import Postgres
public import Primitives

/// Makes a batch known that was found on a shelf and may be new to the consortium. Nothing moves.
public struct RegisterBatch: Sendable {
    public var batch: BatchKey

    public init(batch: BatchKey) { self.batch = batch }

    /// - Returns: the batch's number, the same for whoever registers it first or again.
    /// - Throws: ``StockLedgerRefusal`` `stock-ledger.batch-number-invalid`.
    public func run(in transaction: Transaction, by principal: Principal) throws -> BatchID {
        let number = batch.batchNumber
        guard (1...40).contains(number.count), number.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
            throw StockLedgerRefusal(.batchNumberInvalid, "1 to 40 printable characters", field: "batchNumber")
        }
        guard let id = try StockLedgerStore(transaction, principal.consortium).batches([batch])[batch] else {
            throw StockLedgerRefusal(.batchUnknown, number)
        }
        return id
    }
}
