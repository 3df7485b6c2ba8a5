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
    /// The day it counts for; `nil` is today. An earlier day needs a reason.
    public var occurredOn: CalendarDate?
    public var reason: String

    public init(
        store: StoreID, lines: [BatchQuantity], from origin: Outside = .supplier, document: String, requestID: UUID,
        part: Int = 1, occurredOn: CalendarDate? = nil, reason: String = ""
    ) {
        self.store = store
        self.lines = lines
        self.origin = origin
        self.document = document
        self.requestID = requestID
        self.part = part
        self.occurredOn = occurredOn
        self.reason = reason
    }

    /// Goods that come from a supplier must not have expired on the day they come; an opening stock may, so that it can be
    /// seen and destroyed.
    ///
    /// - Throws: ``PartiesRefusal`` for an unknown store, then ``StockLedgerRefusal``: no line, a day that is not open, the
    ///   first line at fault.
    @discardableResult
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> MovementID {
        let store = try PartiesStore(transaction).store(store, of: principal.consortium)
        guard !lines.isEmpty else { throw StockLedgerRefusal(.nothingToMove, document) }
        let ledger = StockLedgerStore(transaction, principal.consortium)
        let day = try ledger.day(occurredOn, in: [store.id], reason: reason, today: now.businessDay)
        for (number, line) in lines.enumerated() {
            try check(line, on: day, field: "lines[\(number)]")
        }
        let shelves = try ledger.hold(lines.map(\.batch.product), in: [store.id], on: day)
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
                document: document, reason: reason, requestID: requestID, part: part),
            holding: shelves, by: principal, at: now)
    }

    private func check(_ line: BatchQuantity, on day: CalendarDate, field: String) throws(StockLedgerRefusal) {
        guard line.quantity.isEnterable else {
            throw StockLedgerRefusal(.quantityNotPositive, "\(line.quantity)", field: "\(field).quantity")
        }
        try line.batch.checkNumber(field: "\(field).batchNumber")
        guard origin == .opening || line.batch.expiresOn > day else {
            throw StockLedgerRefusal(
                .batchExpired, "batch \(line.batch.batchNumber) expires on \(line.batch.expiresOn)", field: "\(field).expiresOn")
        }
    }
}
