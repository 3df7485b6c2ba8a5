import Audit
import Identity
import MedicationRules
public import Postgres
public import Primitives

/// Approves a prescription or sends it back to its prescriber. Any pharmacist of the consortium may, wherever it was
/// written, unless another holds it; nobody reviews their own.
///
/// Source: prescription review norm (处方审核规范, 2018), R-RV-01 to R-RV-06: the named pharmacist decides.
public struct ReviewPrescription: Sendable {
    public enum Decision: Sendable, Hashable {
        case approve
        /// - Parameter remark: what the dispenser and the prescriber are to heed.
        case approveWithRemark(String)
        /// - Parameters:
        ///   - reason: what the prescriber is to correct.
        ///   - problem: what is wrong.
        case sendBack(reason: String, problem: ReviewProblem = .other)

        var approves: Bool {
            if case .sendBack = self { return false }
            return true
        }
    }

    public var prescription: PrescriptionID
    public var decision: Decision
    /// `nil` for those in force for the consortium.
    public var limits: PrescriptionLimits?

    public init(prescription: PrescriptionID, decision: Decision, limits: PrescriptionLimits? = nil) {
        self.prescription = prescription
        self.decision = decision
        self.limits = limits
    }

    /// - Throws: `IdentityRefusal` for anyone but a pharmacist; ``DispensingRefusal``: unknown, one's own, a reviewer who is
    ///   not declared where that is required, a state that is not reviewed, held by another, words that are missing or too
    ///   long; for an approval also: after the last valid day, a signature that is missing or does not hold, a finding that
    ///   blocks, or one without the prescriber's second signature.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Prescription {
        try principal.require(oneOf: [.pharmacist])
        let consortium = principal.consortium
        let store = PrescriptionStore(transaction, consortium)
        let current = try store.locked(prescription)
        guard current.prescriber != principal.person else {
            throw DispensingRefusal(.ownReview, "\(current.number) was written by \(principal.name)")
        }
        let practice = try PracticeStore(transaction, consortium).practice()
        try ReviewerStore(transaction, consortium).requireReviewer(principal, practice, on: now.businessDay)
        let next = try current.state.after(decision.approves ? .approve : .sendBack)
        let queue = ReviewQueueStore(transaction, consortium)
        let place = try queue.requireFree(current, for: principal.person, at: now)
        let review = try self.review(of: current, place, by: principal, at: now)
        let found = try PrescriptionChecks(transaction: transaction, consortium: consortium, limits: limits, on: current.writtenOn)
            .findings(current.subject(on: current.writtenOn))
        if decision.approves {
            try current.requireValidity(on: now.businessDay)
            try current.requireSignature(in: transaction, of: consortium)
            try current.requireApprovable(found.findings)
        }
        try CheckStore(transaction, consortium).add(
            found, at: .review, of: prescription, version: current.version, checkedAt: now)
        try store.add(review, of: prescription)
        try queue.remove(prescription)
        try store.set(next, version: current.version, of: prescription)
        try AuditTrail(transaction).append(
            "dispensing.review-prescription", subject: "prescription \(prescription)", by: principal, at: now,
            detail: ["outcome": review.outcome.rawValue, "version": String(current.version)])
        return try store.prescription(prescription)
    }

    private func review(
        of current: Prescription, _ place: QueuedPrescription?, by principal: Principal, at now: Instant
    ) throws(DispensingRefusal) -> PrescriptionReview {
        var words = ""
        var problem: ReviewProblem?
        switch decision {
        case .approve: break
        case .approveWithRemark(let remark):
            words = remark.trimmed
            guard (1...500).contains(words.count) else {
                throw DispensingRefusal(.reasonRequired, "a remark has 1 to 500 characters", field: "remark")
            }
        case .sendBack(let reason, let what):
            words = reason.trimmed
            problem = what
            guard (1...500).contains(words.count) else {
                throw DispensingRefusal(.reasonRequired, "say what is to be corrected", field: "reason")
            }
        }
        // Who decides without having taken it up takes it up at that moment.
        let isHeld = place?.holder(at: now) == principal.person
        return PrescriptionReview(
            version: current.version, outcome: decision.approves ? .approved : .returned, reviewer: principal.person,
            facility: principal.facility, reason: words, problem: problem, queuedAt: place?.queuedAt,
            heldAt: isHeld ? place?.heldAt : place.map { _ in now }, reviewedAt: now)
    }
}

extension Prescription {
    func subject(on day: CalendarDate) -> PrescriptionChecks.Subject {
        PrescriptionChecks.Subject(
            content: content, kind: kind, patient: patient, facility: facility, except: id, today: day)
    }

    /// Refuses to approve what must not be dispensed so: what blocks, and what the prescriber does not stand by.
    ///
    /// Source: R-RV-03; Drug Administration Law (2019), art. 73.
    func requireApprovable(_ findings: [Finding]) throws(DispensingRefusal) {
        if let block = findings.first(where: { $0.severity == .block }) {
            throw DispensingRefusal(.ruleForbids, "\(block.place): \(block.messageEnglish)")
        }
        let open = unconfirmed(findings)
        guard open.isEmpty else {
            throw DispensingRefusal(.overrideUnconfirmed, "not confirmed: \(open.joined(separator: "; "))")
        }
    }
}
