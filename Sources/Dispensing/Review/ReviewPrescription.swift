import Audit
import Identity
public import Postgres
public import Primitives

/// Approves a prescription or sends it back to its prescriber. Any pharmacist of the consortium may, wherever it was
/// written, but nobody reviews their own.
///
/// Source: prescription review norm (处方审核规范, 2018), R-RV-01 to R-RV-06: the named pharmacist decides.
public struct ReviewPrescription: Sendable {
    public enum Decision: Sendable, Hashable {
        case approve
        /// - Parameter reason: what the prescriber is to correct.
        case sendBack(reason: String)
    }

    public var prescription: PrescriptionID
    public var decision: Decision

    public init(prescription: PrescriptionID, decision: Decision) {
        self.prescription = prescription
        self.decision = decision
    }

    /// - Throws: `IdentityRefusal` for anyone but a pharmacist; ``DispensingRefusal``: unknown, one's own, a state that is
    ///   not reviewed, an approval after the last valid day, a return without a reason.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Prescription {
        try principal.require(oneOf: [.pharmacist])
        let store = PrescriptionStore(transaction, principal.consortium)
        let current = try store.locked(prescription)
        guard current.prescriber != principal.person else {
            throw DispensingRefusal(.ownReview, "\(current.number) was written by \(principal.name)")
        }
        let review = try self.review(of: current, by: principal, at: now)
        let next = try current.state.after(review.outcome == .approved ? .approve : .sendBack)
        try store.add(review, of: prescription)
        try store.set(next, version: current.version, of: prescription)
        try AuditTrail(transaction).append(
            "dispensing.review-prescription", subject: "prescription \(prescription)", by: principal, at: now,
            detail: ["outcome": review.outcome.rawValue, "version": String(current.version)])
        return try store.prescription(prescription)
    }

    private func review(
        of current: Prescription, by principal: Principal, at now: Instant
    ) throws(DispensingRefusal) -> PrescriptionReview {
        var reason = ""
        var outcome = PrescriptionReview.Outcome.approved
        switch decision {
        case .approve:
            _ = try current.state.after(.approve)
            try current.requireValidity(on: now.businessDay)
        case .sendBack(let words):
            _ = try current.state.after(.sendBack)
            reason = words.trimmed
            outcome = .returned
            guard (1...500).contains(reason.count) else {
                throw DispensingRefusal(.reasonRequired, "say what is to be corrected", field: "reason")
            }
        }
        return PrescriptionReview(
            version: current.version, outcome: outcome, reviewer: principal.person, facility: principal.facility, reason: reason,
            reviewedAt: now)
    }
}
