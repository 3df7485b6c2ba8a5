import Audit
import Identity
public import Postgres
public import Primitives

/// Writes a prescription, which then waits for review.
public struct IssuePrescription: Sendable {
    public var prescription: PrescriptionID
    public var patient: PatientID
    public var kind: PrescriptionKind
    public var content: PrescriptionContent
    /// Over ``CanonicalPrescription/bytes``; `nil` only where the consortium requires none.
    public var signature: PrescriptionSignature?
    /// Whether the patient waits at the pharmacy, so that it is reviewed before others.
    public var patientIsWaiting: Bool
    /// `nil` for those in force for the consortium.
    public var limits: PrescriptionLimits?

    public init(
        prescription: PrescriptionID, patient: PatientID, kind: PrescriptionKind, content: PrescriptionContent,
        signature: PrescriptionSignature? = nil, patientIsWaiting: Bool = false, limits: PrescriptionLimits? = nil
    ) {
        self.prescription = prescription
        self.patient = patient
        self.kind = kind
        self.content = content.trimmed
        self.signature = signature
        self.patientIsWaiting = patientIsWaiting
        self.limits = limits
    }

    /// - Throws: `IdentityRefusal` for anyone but a prescriber of a facility; ``DispensingRefusal`` for an unknown patient,
    ///   then what ``PrescriptionRules``, the formulary and the clinical rules refuse, then a signature that is missing or
    ///   does not hold.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Prescription {
        let facility = try Self.facility(of: principal)
        try PatientStore(transaction).lock(patient, of: principal.consortium)
        let writing = PrescriptionWriting(transaction: transaction, principal: principal, limits: limits, now: now)
        let draft = self.draft(at: facility)
        let found = try writing.require(draft, signature)
        let store = PrescriptionStore(transaction, principal.consortium)
        try store.add(
            prescription, number: try store.nextNumber(year: now.businessDay.year), patient: patient, facility: facility,
            prescriber: principal.person, kind: kind, patientIsWaiting: patientIsWaiting, at: now)
        try writing.add(draft, signature, found, patientIsWaiting: patientIsWaiting)
        try AuditTrail(transaction).append(
            "dispensing.issue-prescription", subject: "prescription \(prescription)", by: principal, at: now,
            detail: ["kind": kind.rawValue, "lines": String(content.lines.count)])
        return try store.prescription(prescription)
    }

    /// What the prescriber signs when it is signed at `now`.
    ///
    /// - Throws: `IdentityRefusal` for anyone but a prescriber of a facility.
    public func canonical(by principal: Principal, at now: Instant) throws -> CanonicalPrescription {
        let facility = try Self.facility(of: principal)
        return CanonicalPrescription(
            prescription, version: 1, of: principal, patient: patient, facility: facility, kind: kind, content: content,
            signedAt: now)
    }

    private func draft(at facility: FacilityID) -> PrescriptionWriting.Draft {
        PrescriptionWriting.Draft(
            prescription: prescription, version: 1, patient: patient, facility: facility, kind: kind, content: content)
    }

    /// Where the prescriber works.
    static func facility(of principal: Principal) throws -> FacilityID {
        try principal.require(oneOf: [.prescriber])
        guard let facility = principal.facility else {
            throw IdentityRefusal(.otherFacility, "\(principal.name) works at no facility")
        }
        return facility
    }
}
