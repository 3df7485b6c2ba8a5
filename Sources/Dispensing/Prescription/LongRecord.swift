import Postgres
public import Primitives

/// What a prescriber must have recorded before a long prescription is signed.
///
/// Source: long-term prescription norm (长期处方管理规范, 2021), R-LP-01 (five signs that the patient is eligible) and
/// R-LP-05 (four records for more than four weeks).
public enum LongRecord: String, StoredText, Codable, CaseIterable {
    case clearDiagnosis = "clear-diagnosis"
    case stablePlan = "stable-plan"
    case goodAdherence = "good-adherence"
    case controlledCondition = "controlled-condition"
    case needsLongMedication = "needs-long-medication"
    case strictAssessment = "strict-assessment"
    case patientEducation = "patient-education"
    case chartEntry = "chart-entry"
    case patientConfirmation = "patient-confirmation"

    /// That the patient is eligible (R-LP-01).
    public static let eligibility: Set<LongRecord> = [
        .clearDiagnosis, .stablePlan, .goodAdherence, .controlledCondition, .needsLongMedication,
    ]
    /// What more than four weeks need (R-LP-05).
    public static let ofExtension: Set<LongRecord> = [.strictAssessment, .patientEducation, .chartEntry, .patientConfirmation]
}

extension PrescriptionContent {
    /// Whether every record exists that more than four weeks need.
    public var isAssessedForExtension: Bool { LongRecord.ofExtension.isSubset(of: longRecords) }
}

/// The days of an earlier long prescription for one product: from the day it was dispensed or, before that, written.
public struct CoveredDays: Sendable, Hashable {
    public let product: ProductID
    public let from: CalendarDate
    public let days: Int

    public init(product: ProductID, from: CalendarDate, days: Int) {
        self.product = product
        self.from = from
        self.days = days
    }

    /// Days that are still ahead on `today`.
    func ahead(on today: CalendarDate) -> Int { max(0, from.adding(days: days).days(since: today)) }
}
