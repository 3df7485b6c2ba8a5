import Audit
import Identity
public import Postgres
public import Primitives

/// Ends a partly dispensed prescription: the rest will not be handed out.
public struct EndRest: Sendable {
    /// Whose wish it is; the prescriber states their own, the patient's is recorded by whoever serves them.
    public enum Wish: Sendable, Hashable {
        case prescriber, patient
    }

    public var prescription: PrescriptionID
    public var wish: Wish
    public var reason: String

    public init(prescription: PrescriptionID, wish: Wish, reason: String) {
        self.prescription = prescription
        self.wish = wish
        self.reason = reason
    }

    /// - Throws: `IdentityRefusal` for the prescriber's wish by anyone but a prescriber, the patient's by anyone but a pharmacist
    ///   or dispenser; ``DispensingRefusal``: unknown, another's prescription, not partly dispensed, no reason.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Prescription {
        try principal.require(oneOf: wish == .prescriber ? [.prescriber] : [.pharmacist, .dispenser])
        let store = PrescriptionStore(transaction, principal.consortium)
        let current = try store.locked(prescription)
        if wish == .prescriber { try current.requirePrescriber(principal) }
        _ = try current.state.after(.endRest)
        guard (1...500).contains(reason.trimmed.count) else {
            throw DispensingRefusal(.reasonRequired, "say why the rest is not handed out", field: "reason")
        }
        try store.end(prescription, for: wish == .prescriber ? .prescriber : .patient, reason: reason.trimmed)
        try ClaimStore(transaction, principal.consortium).end(of: prescription, .cancelled, at: now)
        try AuditTrail(transaction).append(
            "dispensing.end-rest", subject: "prescription \(prescription)", by: principal, at: now)
        return try store.prescription(prescription)
    }
}
