import Identity
public import MedicationRules
public import Postgres
public import Primitives

/// Looks at a prescription before it is written: everything the rules have to say, at once. Nothing is recorded.
public struct TryPrescription: Sendable {
    /// The prescription to be amended; `nil` for a new one.
    public var prescription: PrescriptionID?
    public var patient: PatientID
    public var kind: PrescriptionKind
    public var content: PrescriptionContent
    /// `nil` for those in force for the consortium.
    public var limits: PrescriptionLimits?

    public init(
        prescription: PrescriptionID? = nil, patient: PatientID, kind: PrescriptionKind, content: PrescriptionContent,
        limits: PrescriptionLimits? = nil
    ) {
        self.prescription = prescription
        self.patient = patient
        self.kind = kind
        self.content = content.trimmed
        self.limits = limits
    }

    /// What was found.
    public struct Answer: Sendable, Hashable, Codable {
        /// The gravest of ``findings``; `nil` when there are none.
        public let gravest: FindingSeverity?
        public let findings: [Finding]
        /// Of the clinical rules; empty when there was none.
        public let catalogue: String
        /// Base units that each line comes to by its usage, the least that serves; `nil` where the usage does not tell.
        public let quantities: [BaseUnits?]
    }

    /// - Throws: `IdentityRefusal` for anyone but a prescriber of a facility; ``DispensingRefusal`` for an unknown patient.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Answer {
        let facility = try IssuePrescription.facility(of: principal)
        let known = try PatientStore(transaction).patient(patient, of: principal.consortium)
        let today = now.businessDay
        let checks = try PrescriptionChecks(
            transaction: transaction, consortium: principal.consortium, limits: limits, on: today)
        let found = try checks.findings(
            PrescriptionChecks.Subject(
                content: content, kind: kind, patient: known.id, facility: facility,
                except: prescription, today: today))
        return Answer(
            gravest: found.findings.map(\.severity).max(), findings: found.findings, catalogue: found.catalogue,
            quantities: content.lines.map { line in
                content.herbal.map { line.dose.quantity(of: Int64($0.doses)) } ?? line.frequency.quantity(of: line.dose, for: line.days)
            })
    }
}
