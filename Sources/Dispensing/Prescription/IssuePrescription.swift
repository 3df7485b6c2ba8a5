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
    public var limits: PrescriptionLimits

    public init(
        prescription: PrescriptionID, patient: PatientID, kind: PrescriptionKind, content: PrescriptionContent,
        limits: PrescriptionLimits = .national
    ) {
        self.prescription = prescription
        self.patient = patient
        self.kind = kind
        self.content = content
        self.limits = limits
    }

    /// - Throws: `IdentityRefusal` for anyone but a prescriber of a facility; ``DispensingRefusal`` for an unknown patient,
    ///   then what ``PrescriptionRules`` and the formulary refuse.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Prescription {
        try principal.require(oneOf: [.prescriber])
        guard let facility = principal.facility else {
            throw IdentityRefusal(.otherFacility, "\(principal.name) works at no facility")
        }
        let today = now.businessDay
        try PatientStore(transaction).lock(patient, of: principal.consortium)
        try PrescriptionChecks(transaction: transaction, principal: principal, limits: limits)
            .check(content, kind: kind, patient: patient, facility: facility, except: prescription, today: today)
        let store = PrescriptionStore(transaction, principal.consortium)
        let written = Prescription(
            id: prescription, number: try store.nextNumber(year: today.year), patient: patient, facility: facility,
            prescriber: principal.person, kind: kind, state: .issued, version: 1, issuedAt: now, writtenOn: today,
            validThrough: today.adding(days: content.validityDays - 1), collectThrough: nil, content: content,
            handedOut: content.lines.map { _ in .zero }, reviews: [], dispensings: [], restEndedFor: nil)
        try store.add(written)
        try AuditTrail(transaction).append(
            "dispensing.issue-prescription", subject: "prescription \(prescription)", by: principal, at: now,
            detail: ["kind": kind.rawValue, "lines": String(content.lines.count)])
        return written
    }
}
