import Audit
import Identity
public import Postgres
public import Primitives

/// Writes a prescription anew as its next version, which is reviewed again: after a pharmacist sent it back, or of the
/// prescriber's own accord while nothing of it was handed out.
///
/// Source: R-RX-08 (a change is signed and dated), R-RV-04 (a changed prescription is reviewed as a new version).
public struct AmendPrescription: Sendable {
    public var prescription: PrescriptionID
    public var content: PrescriptionContent
    /// Over ``CanonicalPrescription/bytes`` of the next version; `nil` only where the consortium requires none.
    public var signature: PrescriptionSignature?
    /// `nil` for those in force for the consortium.
    public var limits: PrescriptionLimits?

    public init(
        prescription: PrescriptionID, content: PrescriptionContent, signature: PrescriptionSignature? = nil,
        limits: PrescriptionLimits? = nil
    ) {
        self.prescription = prescription
        self.content = content.trimmed
        self.signature = signature
        self.limits = limits
    }

    /// - Throws: ``DispensingRefusal``: unknown, another's prescription, a state from which none is amended, one that a
    ///   pharmacist holds or a pharmacy has claimed, what the rules refuse, a signature that is missing or does not hold.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Prescription {
        try principal.require(oneOf: [.prescriber])
        let store = PrescriptionStore(transaction, principal.consortium)
        let known = try store.prescription(prescription)
        try PatientStore(transaction).lock(known.patient, of: principal.consortium)
        let current = try store.locked(prescription)
        try current.requirePrescriber(principal)
        let next = try current.state.after(.amend)
        let queue = ReviewQueueStore(transaction, principal.consortium)
        try queue.requireFree(current, for: principal.person, at: now)
        if let claim = try ClaimStore(transaction, principal.consortium).live(of: prescription, at: now) {
            throw DispensingRefusal(.claimedElsewhere, "facility \(claim.facility) prepares \(current.number)")
        }
        let writing = PrescriptionWriting(transaction: transaction, principal: principal, limits: limits, now: now)
        let draft = current.draft(content)
        let found = try writing.require(draft, signature)
        try queue.remove(prescription)
        try store.set(next, version: draft.version, of: prescription)
        try writing.add(draft, signature, found, patientIsWaiting: current.patientIsWaiting)
        try AuditTrail(transaction).append(
            "dispensing.amend-prescription", subject: "prescription \(prescription)", by: principal, at: now,
            detail: ["version": String(draft.version), "lines": String(content.lines.count)])
        return try store.prescription(prescription)
    }

    /// What the prescriber signs when it is signed at `now`.
    ///
    /// - Throws: ``DispensingRefusal``: unknown, another's prescription.
    public func canonical(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> CanonicalPrescription {
        try principal.require(oneOf: [.prescriber])
        let current = try PrescriptionStore(transaction, principal.consortium).prescription(prescription)
        try current.requirePrescriber(principal)
        return PrescriptionWriting(transaction: transaction, principal: principal, limits: limits, now: now)
            .canonical(current.draft(content), signedAt: now)
    }
}

extension Prescription {
    /// The next version.
    func draft(_ content: PrescriptionContent, override: PrescriptionOverride? = nil) -> PrescriptionWriting.Draft {
        PrescriptionWriting.Draft(
            prescription: id, version: version + 1, patient: patient, facility: facility, kind: kind, content: content,
            override: override)
    }

    func requirePrescriber(_ principal: Principal) throws(DispensingRefusal) {
        guard prescriber == principal.person else {
            throw DispensingRefusal(.otherPrescriber, "\(number) was written by another")
        }
    }

    /// Refuses a day on which the prescription may not be dispensed.
    ///
    /// Source: R-RX-01, R-RX-02; the rest of a long prescription is collected over its course (§4, split dispensing).
    func requireValidity(on today: CalendarDate) throws(DispensingRefusal) {
        guard writtenOn <= today, today <= lastDay else {
            throw DispensingRefusal(
                .validityPassed, "\(number) is valid from \(writtenOn) through \(lastDay), today is \(today)")
        }
    }
}
