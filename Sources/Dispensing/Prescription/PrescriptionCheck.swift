public import MedicationRules
public import Primitives

/// What rules found on one version at one moment; kept beside what the pharmacist decided.
///
/// Source: R-RV-05.
public struct PrescriptionCheck: Sendable, Hashable, Codable {
    public let version: Int
    public let stage: CheckStage
    /// The edition of the clinical rules; empty when there was none.
    public let catalogue: String
    public let checkedAt: Instant
    public let findings: [Finding]
}
