public import Foundation
import Parties
public import Postgres
public import Primitives

/// Takes stock into a store: from a supplier, or as what was there when the ledger began.
public struct ReceiveStock: Sendable {
    public var store: StoreID
    public var lines: [BatchQuantity]
    public var origin: Outside
    public var document: String
    public var requestID: UUID
    public var part: Int

    public init(
        store: StoreID, lines: [BatchQuantity], from origin: Outside = .supplier, document: String, requestID: UUID,
        part: Int = 1
    ) {
        self.store = store
        self.lines = lines
        self.origin = origin
        self.document = document
        self.requestID = requestID
        self.part = part
    }

    /// Goods that come from a supplier must not have expired; an opening stock may, so that it can be seen and destroyed.
    ///
    /// - Throws: ``PartiesRefusal`` for an unknown store, then ``StockLedgerRefusal`` for the first line at fault.
    @discardableResult
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> MovementID {
        let store = try PartiesStore(transaction).store(store, of: principal.consortium)
        guard !lines.isEmpty else { throw StockLedgerRefusal(.nothingToMove, document) }
        for (number, line) in lines.enumerated() {
            try check(line, today: now.businessDay, field: "lines[\(number)]")
        }
        let ledger = StockLedgerStore(transaction, principal.consortium)
        let batches = try ledger.batches(Set(lines.map(\.batch)))
        let picks = try lines.map { line in
            guard let batch = batches[line.batch] else { throw StockLedgerRefusal(.batchUnknown, line.batch.batchNumber) }
            return Pick(
                batch: batch, article: line.batch.article, product: line.batch.product, batchNumber: line.batch.batchNumber,
                expiresOn: line.batch.expiresOn, quantity: line.quantity)
        }
        return try ledger.record(
            MovementDraft(
                kind: origin == .opening ? .opening : .receipt,
                entries: MovementDraft.entries(picks, from: .outside(origin), to: .inside(store.id, .available)),
                document: document, requestID: requestID, part: part, occurredOn: now.businessDay),
            by: principal, at: now)
    }

    private func check(_ line: BatchQuantity, today: CalendarDate, field: String) throws(StockLedgerRefusal) {
        guard line.quantity.isEnterable else {
            throw StockLedgerRefusal(.quantityNotPositive, "\(line.quantity)", field: "\(field).quantity")
        }
        let number = line.batch.batchNumber
        guard (1...40).contains(number.count), number.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
            throw StockLedgerRefusal(.batchNumberInvalid, "1 to 40 printable characters", field: "\(field).batchNumber")
        }
        guard origin == .opening || line.batch.expiresOn > today else {
            throw StockLedgerRefusal(
                .batchExpired, "batch \(number) expires on \(line.batch.expiresOn)", field: "\(field).expiresOn")
        }
    }
}
