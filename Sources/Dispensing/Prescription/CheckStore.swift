import MedicationRules
import Postgres
public import Primitives

/// When a prescription was looked at.
public enum CheckStage: String, StoredText, Codable, CaseIterable {
    /// When it was written.
    case issue
    /// When a pharmacist decided.
    case review
}

/// What was found, and with which data.
struct CheckedFindings {
    let findings: [Finding]
    /// The edition of the clinical rules; empty when there was none.
    let catalogue: String
}

/// The SQL statements about what was found on prescriptions.
struct CheckStore {
    private let transaction: Transaction
    private let consortium: ConsortiumID

    init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    func add(_ found: CheckedFindings, at stage: CheckStage, of id: PrescriptionID, version: Int, checkedAt: Instant) throws {
        try transaction.execute(
            """
            INSERT INTO dispensing.prescription_check
                   (consortium_id, prescription_id, version, stage, catalogue, checked_at, findings)
            VALUES (\(consortium), \(id), \(version), \(stage), \(found.catalogue), \(checkedAt), \(try JSON(found.findings)))
            """)
    }

    /// What was found on every version, oldest first.
    func checks(of id: PrescriptionID) throws -> [PrescriptionCheck] {
        try transaction.query(
            """
            SELECT version, stage, catalogue, checked_at, findings FROM dispensing.prescription_check
             WHERE consortium_id = \(consortium) AND prescription_id = \(id)
             ORDER BY version, stage
            """
        ) { row in
            PrescriptionCheck(
                version: try row["version"], stage: try row["stage"], catalogue: try row["catalogue"],
                checkedAt: try row["checked_at"], findings: try (row["findings"] as JSON<[Finding]>).value)
        }
    }
}
