import Audit
import Identity
import MedicationRules
public import Postgres
public import Primitives

/// Stands by a prescription that a pharmacist sent back, as it is, with a reason and a second signature over the findings:
/// its next version, which is reviewed again.
///
/// Source: Drug Administration Law (2019), art. 73 (R-RX-13); R-RV-04.
public struct OverridePrescription: Sendable {
    public var prescription: PrescriptionID
    public var override: PrescriptionOverride
    /// Over ``CanonicalPrescription/bytes`` of the next version; `nil` only where the consortium requires none.
    public var signature: PrescriptionSignature?
    /// `nil` for those in force for the consortium.
    public var limits: PrescriptionLimits?

    /// - Parameters:
    ///   - reason: why it is right for this patient.
    ///   - findings: what the prescriber stands by, by ``MedicationRules/Finding/place``.
    public init(
        prescription: PrescriptionID, reason: String, findings: [String], signature: PrescriptionSignature? = nil,
        limits: PrescriptionLimits? = nil
    ) {
        self.prescription = prescription
        override = PrescriptionOverride(reason: reason.trimmed, findings: findings)
        self.signature = signature
        self.limits = limits
    }

    /// - Throws: ``DispensingRefusal``: unknown, another's prescription, not sent back, no reason, what blocks it, findings
    ///   that are not all of those that need it, a signature that is missing or does not hold.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Prescription {
        try principal.require(oneOf: [.prescriber])
        let store = PrescriptionStore(transaction, principal.consortium)
        let known = try store.prescription(prescription)
        try PatientStore(transaction).lock(known.patient, of: principal.consortium)
        let current = try store.locked(prescription)
        try current.requirePrescriber(principal)
        let next = try current.state.after(.override)
        guard (1...500).contains(override.reason.count) else {
            throw DispensingRefusal(.reasonRequired, "say why it is right for this patient", field: "reason")
        }
        let writing = PrescriptionWriting(transaction: transaction, principal: principal, limits: limits, now: now)
        let draft = current.draft(current.content, override: override)
        let found = try writing.require(draft, signature)
        let needed = Set(found.findings.filter { $0.severity == .override }.map(\.place))
        guard needed.isSubset(of: override.findings) else {
            let missing = needed.subtracting(override.findings).sorted().joined(separator: "; ")
            throw DispensingRefusal(.overrideUnconfirmed, "not confirmed: \(missing)", field: "findings")
        }
        try store.set(next, version: draft.version, of: prescription)
        try writing.add(draft, signature, found, patientIsWaiting: current.patientIsWaiting)
        try AuditTrail(transaction).append(
            "dispensing.override-prescription", subject: "prescription \(prescription)", by: principal, at: now,
            detail: ["version": String(draft.version), "findings": override.findings.joined(separator: "; ")])
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
            .canonical(current.draft(current.content, override: override), signedAt: now)
    }
}
