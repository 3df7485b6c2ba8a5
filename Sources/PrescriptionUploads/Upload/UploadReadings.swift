public import Dispensing
import PlatformMessages
public import Postgres
public import Primitives

/// What people see of uploads.
public struct UploadReadings {
    private let transaction: Transaction
    private let consortium: ConsortiumID

    public init(_ transaction: Transaction, of consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    /// The last round of a prescription.
    ///
    /// - Throws: ``PrescriptionUploadsRefusal`` when it was never offered.
    public func upload(of prescription: PrescriptionID) throws -> PrescriptionUpload {
        let rounds = try rounds("prescription_id = \(prescription)", limit: 1)
        guard let last = rounds.first else {
            throw PrescriptionUploadsRefusal(.notOffered, "prescription \(prescription)")
        }
        return last
    }

    /// Uploads that are not over, the longest unchanged first.
    public func open(limit: Int) throws -> [PrescriptionUpload] {
        try rounds("state NOT IN ('used', 'expired', 'revoked', 'withdrawn')", limit: limit, isOldestFirst: true)
    }

    private func rounds(_ condition: SQL, limit: Int, isOldestFirst: Bool = false) throws -> [PrescriptionUpload] {
        let order: SQL = isOldestFirst ? "changed_at, prescription_id" : "round DESC"
        return try transaction.query(
            """
            SELECT \(StoredUpload.columns), changed_at, used_at, items, decision, reviewer, opinion
              FROM prescription_uploads.upload WHERE consortium_id = \(consortium) AND \(condition)
             ORDER BY \(order) LIMIT \(limit)
            """
        ) { row in
            (
                stored: try StoredUpload(row), changedAt: try row["changed_at"] as Instant, usedAt: try row["used_at"] as String,
                items: try (row["items"] as JSON<[PlatformPrescriptionUse.Item]>).value,
                decision: try row["decision"] as String, reviewer: try row["reviewer"] as String,
                opinion: try row["opinion"] as String
            )
        }.map { row in
            let stored = row.stored
            return PrescriptionUpload(
                prescription: stored.prescription, round: stored.round, number: stored.number, platform: stored.platform,
                state: stored.state, changedAt: row.changedAt, insurerNumber: stored.insurerNumber, traceCode: stored.traceCode,
                signDigest: stored.signDigest, revocation: stored.revocation, use: stored.use, usedAt: row.usedAt,
                items: row.items, decision: PlatformPrescriptionReview.Decision(rawValue: row.decision) ?? .none,
                reviewer: row.reviewer, opinion: row.opinion,
                open: try UploadsStore(transaction, consortium).openStep(of: stored))
        }
    }
}
