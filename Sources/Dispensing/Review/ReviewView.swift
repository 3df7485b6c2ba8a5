public import MedicationRules
import Postgres
public import Primitives

/// Everything a pharmacist looks at when reviewing.
public struct ReviewView: Sendable, Hashable, Codable {
    public let prescription: Prescription
    public let patient: Patient
    /// On the day it was written.
    public let facts: PatientFacts
    public let paperClass: PaperClass
    public let paperMark: String
    /// What was found on every version, when it was written and when it was decided.
    public let checks: [PrescriptionCheck]
    /// What the rules find now.
    public let findings: [Finding]
    /// Those of ``findings`` that were not there when this version was written, by ``MedicationRules/Finding/place``.
    public let newFindings: [String]
    /// Findings that need the prescriber's second signature and do not have it.
    public let unconfirmed: [String]
    /// The patient's other prescriptions of the last 90 days, newest first.
    public let history: [PrescriptionSummary]
    /// What other prescriptions still give the patient.
    public let supplies: [RemainingSupply]
    /// Who holds it now; `nil` when nobody does.
    public let heldBy: PersonID?
    public let holdExpiresAt: Instant?

    /// How far back the history goes, in days.
    public static let historyDays = 90
    /// How much of it is shown.
    static let historyMax = 100
}

extension PrescriptionReadings {
    /// - Throws: ``DispensingRefusal`` when there is no such prescription.
    public func reviewView(of id: PrescriptionID, at now: Instant) throws -> ReviewView {
        let current = try prescription(id)
        let today = now.businessDay
        let patient = try PatientStore(transaction).patient(current.patient, of: consortium)
        let checks = try CheckStore(transaction, consortium).checks(of: id)
        let found = try PrescriptionChecks(transaction: transaction, consortium: consortium, limits: nil, on: current.writtenOn)
            .findings(current.subject(on: current.writtenOn)).findings
        let known = Set(checks.filter { $0.version == current.version && $0.stage == .issue }.flatMap(\.findings).map(\.place))
        let paper = current.paperClass(birthOn: patient.birthOn)
        let since = Instant.begin(of: today.adding(days: -ReviewView.historyDays))
        let place = try ReviewQueueStore(transaction, consortium).place(of: id)
        let holder = place?.holder(at: now)
        return ReviewView(
            prescription: current, patient: patient,
            facts: try PatientFactsStore(transaction, consortium).facts(of: patient, on: current.writtenOn), paperClass: paper,
            paperMark: paper.mark, checks: checks, findings: found,
            newFindings: Set(found.map(\.place)).subtracting(known).sorted(), unconfirmed: current.unconfirmed(found),
            history: try history(of: current.patient, limit: ReviewView.historyMax).filter { $0.id != id && $0.issuedAt >= since },
            supplies: try SupplyStore(transaction, consortium).supplies(of: current.patient, except: id, on: today),
            heldBy: holder, holdExpiresAt: holder == nil ? nil : place?.expiresAt)
    }
}
