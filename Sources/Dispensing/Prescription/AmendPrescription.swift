import Audit
import Identity
public import Postgres
public import Primitives

/// Writes a prescription that a pharmacist sent back anew, as its next version, which is reviewed again.
///
/// Source: R-RX-08 (a change is signed and dated), R-RV-04 (a changed prescription is reviewed as a new version).
public struct AmendPrescription: Sendable {
    public var prescription: PrescriptionID
    public var content: PrescriptionContent
    public var limits: PrescriptionLimits

    public init(prescription: PrescriptionID, content: PrescriptionContent, limits: PrescriptionLimits = .national) {
        self.prescription = prescription
        self.content = content
        self.limits = limits
    }

    /// - Throws: ``DispensingRefusal``: unknown, another's prescription, not sent back, or what the rules refuse.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Prescription {
        try principal.require(oneOf: [.prescriber])
        let store = PrescriptionStore(transaction, principal.consortium)
        let known = try store.prescription(prescription)
        try PatientStore(transaction).lock(known.patient, of: principal.consortium)
        let current = try store.locked(prescription)
        try current.requirePrescriber(principal)
        let next = try current.state.after(.amend)
        let today = now.businessDay
        try PrescriptionChecks(transaction: transaction, principal: principal, limits: limits)
            .check(
                content, kind: current.kind, patient: current.patient, facility: current.facility, except: prescription,
                today: today)
        let version = current.version + 1
        try store.set(next, version: version, of: prescription)
        try store.addVersion(
            version, of: prescription, content, writtenOn: today, validThrough: today.adding(days: content.validityDays - 1),
            at: now)
        try AuditTrail(transaction).append(
            "dispensing.amend-prescription", subject: "prescription \(prescription)", by: principal, at: now,
            detail: ["version": String(version), "lines": String(content.lines.count)])
        return try store.prescription(prescription)
    }
}

extension Prescription {
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
