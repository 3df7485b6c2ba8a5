import Audit
import Identity
public import Postgres
public import Primitives

/// Takes back a prescription that has not been dispensed; a pharmacy's claim on it ends.
public struct CancelPrescription: Sendable {
    public var prescription: PrescriptionID
    public var reason: String

    public init(prescription: PrescriptionID, reason: String) {
        self.prescription = prescription
        self.reason = reason
    }

    /// - Throws: ``DispensingRefusal``: unknown, another's prescription, a state from which none is cancelled, no reason.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Prescription {
        try principal.require(oneOf: [.prescriber])
        let store = PrescriptionStore(transaction, principal.consortium)
        let current = try store.locked(prescription)
        try current.requirePrescriber(principal)
        let next = try current.state.after(.cancel)
        guard (1...500).contains(reason.trimmed.count) else {
            throw DispensingRefusal(.reasonRequired, "say why it is cancelled", field: "reason")
        }
        try ReviewQueueStore(transaction, principal.consortium).remove(prescription)
        try store.set(next, version: current.version, of: prescription, closingReason: reason.trimmed)
        try ClaimStore(transaction, principal.consortium).end(of: prescription, .cancelled, at: now)
        try AuditTrail(transaction).append(
            "dispensing.cancel-prescription", subject: "prescription \(prescription)", by: principal, at: now)
        return try store.prescription(prescription)
    }
}

/// Closes the prescriptions of a consortium whose last valid day has passed: expired when nothing of them was handed out,
/// ended when a part was.
public struct ExpirePrescriptions: Sendable {
    /// The most that one run closes.
    public var limit: Int

    public init(limit: Int = 500) { self.limit = limit }

    /// - Returns: the prescriptions it closed; fewer than `limit` when none is left.
    public func run(in transaction: Transaction, of consortium: ConsortiumID, at now: Instant) throws -> [PrescriptionID] {
        let closed = try PrescriptionStore(transaction, consortium).expire(before: now.businessDay, limit: limit)
        let claims = ClaimStore(transaction, consortium)
        for prescription in closed { try claims.end(of: prescription, .cancelled, at: now) }
        return closed
    }
}
