import Audit
import Identity
public import Postgres
public import Primitives

/// Holds a batch at all stores of the consortium at once.
///
/// No movement slips by: one that has begun to take of the batch is recorded or given up before the hold is there, and one
/// that begins later sees it.
public struct HoldBatch: Sendable {
    public var hold: BatchHoldID
    public var batch: BatchID
    /// The recall notice, or what is suspected.
    public var reason: String

    public init(hold: BatchHoldID, batch: BatchID, reason: String) {
        self.hold = hold
        self.batch = batch
        self.reason = reason
    }

    /// - Throws: `IdentityRefusal` for anyone but a supervisor or pharmacist; ``StockLedgerRefusal``: no reason, an unknown
    ///   batch, a batch that is held already, an id that is taken.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> BatchHold {
        try principal.require(oneOf: [.supervisor, .pharmacist])
        guard (1...500).contains(reason.count), !reason.allSatisfy(\.isWhitespace) else {
            throw StockLedgerRefusal(.reasonMissing, "batch hold", field: "reason")
        }
        guard try StockLedgerStore(transaction, principal.consortium).batches([batch])[batch] != nil else {
            throw StockLedgerRefusal(.batchUnknown, "batch \(batch)", field: "batch")
        }
        let holds = BatchHoldStore(transaction, principal.consortium)
        try holds.closeGate()
        try holds.add(self, by: principal.person, at: now)
        try AuditTrail(transaction).append(
            "stock-ledger.hold-batch", subject: "batch-hold \(hold)", by: principal, at: now,
            detail: ["batch": batch.description, "reason": reason])
        return try holds.hold(hold)
    }
}

/// Lets a held batch be taken again, at all stores at once.
public struct LiftBatchHold: Sendable {
    public var hold: BatchHoldID
    public var reason: String

    public init(hold: BatchHoldID, reason: String) {
        self.hold = hold
        self.reason = reason
    }

    /// - Throws: `IdentityRefusal` for anyone but a supervisor or pharmacist; ``StockLedgerRefusal``: no reason, an unknown hold,
    ///   one that was lifted already.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> BatchHold {
        try principal.require(oneOf: [.supervisor, .pharmacist])
        guard (1...500).contains(reason.count), !reason.allSatisfy(\.isWhitespace) else {
            throw StockLedgerRefusal(.reasonMissing, "lifting of a batch hold", field: "reason")
        }
        let holds = BatchHoldStore(transaction, principal.consortium)
        try holds.closeGate()
        let current = try holds.hold(hold)
        guard current.lifting == nil else { throw StockLedgerRefusal(.holdLifted, "hold \(hold)") }
        try holds.lift(self, by: principal.person, at: now)
        try AuditTrail(transaction).append(
            "stock-ledger.lift-batch-hold", subject: "batch-hold \(hold)", by: principal, at: now, detail: ["reason": reason])
        return try holds.hold(hold)
    }
}
