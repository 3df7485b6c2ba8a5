public import Foundation
import Audit
import Parties
public import Postgres
public import Primitives

/// What a person decides about batches in a store, with a reason.
public enum BatchDecision: String, StoredText, Codable, CaseIterable {
    /// Usable stock is held back.
    case quarantine
    /// Held-back stock is usable again.
    case release
    /// Held-back stock is destroyed.
    case destroy
    /// Held-back stock goes back to its supplier.
    case returnToSupplier = "return-to-supplier"
    /// More is there than the ledger says (盘盈).
    case countGain = "count-gain"
    /// Less is there than the ledger says (盘损).
    case countLoss = "count-loss"

    var kind: MovementKind {
        switch self {
        case .quarantine: .quarantine
        case .release: .release
        case .destroy: .destruction
        case .returnToSupplier: .supplierReturn
        case .countGain, .countLoss: .adjustment
        }
    }

    func places(in store: StoreID) -> (origin: Place, destination: Place) {
        switch self {
        case .quarantine: (.inside(store, .available), .inside(store, .quarantined))
        case .release: (.inside(store, .quarantined), .inside(store, .available))
        case .destroy: (.inside(store, .quarantined), .outside(.loss))
        case .returnToSupplier: (.inside(store, .quarantined), .outside(.supplier))
        case .countGain: (.outside(.adjustment), .inside(store, .available))
        case .countLoss: (.inside(store, .available), .outside(.adjustment))
        }
    }
}

/// A quantity of a batch, named by its number in the ledger.
public struct BatchLine: Sendable, Hashable, Codable {
    public let batch: BatchID
    public let quantity: BaseUnits

    public init(batch: BatchID, quantity: BaseUnits) {
        self.batch = batch
        self.quantity = quantity
    }
}

/// Carries out a ``BatchDecision``: quarantine, release, destruction, return to the supplier, count difference.
public struct MoveBatches: Sendable {
    public var store: StoreID
    public var decision: BatchDecision
    public var lines: [BatchLine]
    public var reason: String
    public var requestID: UUID
    /// The day it counts for; `nil` is today.
    public var occurredOn: CalendarDate?

    public init(
        store: StoreID, decision: BatchDecision, lines: [BatchLine], reason: String, requestID: UUID,
        occurredOn: CalendarDate? = nil
    ) {
        self.store = store
        self.decision = decision
        self.lines = lines
        self.reason = reason
        self.requestID = requestID
        self.occurredOn = occurredOn
    }

    /// - Throws: ``PartiesRefusal`` for an unknown store, then ``StockLedgerRefusal``: no line, no reason, a day that is not
    ///   open, a quantity out of bounds, an unknown batch, more than is there or will be on a later day.
    @discardableResult
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> MovementID {
        let store = try PartiesStore(transaction).store(store, of: principal.consortium)
        guard !lines.isEmpty else { throw StockLedgerRefusal(.nothingToMove, decision.rawValue, field: "lines") }
        guard !reason.allSatisfy(\.isWhitespace) else {
            throw StockLedgerRefusal(.reasonMissing, decision.rawValue, field: "reason")
        }
        let ledger = StockLedgerStore(transaction, principal.consortium)
        let day = try ledger.day(occurredOn, in: [store.id], reason: reason, today: now.businessDay)
        let known = try ledger.batches(lines.map(\.batch))
        let picks = try lines.enumerated().map { number, line in
            guard line.quantity.isEnterable else {
                throw StockLedgerRefusal(.quantityNotPositive, "\(line.quantity)", field: "lines[\(number)].quantity")
            }
            guard let batch = known[line.batch] else {
                throw StockLedgerRefusal(.batchUnknown, "batch \(line.batch)", field: "lines[\(number)].batch")
            }
            return batch.with(line.quantity)
        }
        let places = decision.places(in: store.id)
        let shelves = try ledger.hold(picks.map(\.product), in: [store.id], on: day)
        let movement = try ledger.record(
            MovementDraft(
                kind: decision.kind,
                entries: MovementDraft.entries(picks, from: places.origin, to: places.destination),
                document: "decision \(decision.rawValue)", reason: reason, requestID: requestID),
            holding: shelves, by: principal, at: now)
        try AuditTrail(transaction).append(
            "stock-ledger.\(decision.rawValue)", subject: "movement \(movement)", by: principal, at: now,
            detail: ["reason": reason])
        return movement
    }
}
