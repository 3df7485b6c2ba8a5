import MedicationRules
import Postgres
import Primitives

/// What issuing, amending and standing by a prescription have in common: checks, signature, version, findings, queue.
struct PrescriptionWriting {
    let transaction: Transaction
    let principal: Principal
    let limits: PrescriptionLimits?
    let now: Instant

    /// A version that is about to be written.
    struct Draft {
        let prescription: PrescriptionID
        let version: Int
        let patient: PatientID
        let facility: FacilityID
        let kind: PrescriptionKind
        let content: PrescriptionContent
        var override: PrescriptionOverride?
    }

    /// Refuses what may not be written or is not signed.
    ///
    /// - Throws: ``DispensingRefusal``: what the rules refuse, then what is wrong with the signature.
    func require(_ draft: Draft, _ signature: PrescriptionSignature?) throws -> CheckedFindings {
        let checks = try PrescriptionChecks(
            transaction: transaction, consortium: principal.consortium, limits: limits, on: now.businessDay)
        let found = try checks.require(
            PrescriptionChecks.Subject(
                content: draft.content, kind: draft.kind, patient: draft.patient, facility: draft.facility,
                except: draft.prescription, today: now.businessDay))
        try Signatures(transaction, principal.consortium).require(signature, of: principal.person, at: now) {
            canonical(draft, signedAt: $0)
        }
        return found
    }

    func canonical(_ draft: Draft, signedAt: Instant) -> CanonicalPrescription {
        CanonicalPrescription(
            draft.prescription, version: draft.version, of: principal, patient: draft.patient, facility: draft.facility,
            kind: draft.kind, content: draft.content, signedAt: signedAt, override: draft.override)
    }

    /// Writes the version, its signature and what was found, and lets it wait for review.
    func add(
        _ draft: Draft, _ signature: PrescriptionSignature?, _ found: CheckedFindings, patientIsWaiting: Bool
    ) throws {
        let today = now.businessDay
        try PrescriptionStore(transaction, principal.consortium).addVersion(
            draft.version, of: draft.prescription, draft.content, writtenOn: today,
            validThrough: today.adding(days: draft.content.validityDays - 1), override: draft.override, at: now)
        if let signature {
            try SigningKeyStore(transaction, principal.consortium).add(
                signature, of: draft.prescription, version: draft.version)
        }
        try CheckStore(transaction, principal.consortium).add(
            found, at: .issue, of: draft.prescription, version: draft.version, checkedAt: now)
        try ReviewQueueStore(transaction, principal.consortium).add(
            draft.prescription, version: draft.version, prescriber: principal.person,
            urgency: ReviewUrgency(kind: draft.kind, patientIsWaiting: patientIsWaiting), at: now)
    }
}
