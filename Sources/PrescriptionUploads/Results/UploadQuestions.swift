import Dispensing
public import PlatformExchange
public import PlatformMessages
public import Postgres
public import Primitives

/// Asks the hall what pharmacists outside decided about our prescriptions and whether pharmacies have used them (D006, D007), and keeps
/// what it answers. What cannot be uploaded any more is forgotten on the way.
public struct UploadQuestions: Questioner {
    /// Between two questions about one prescription.
    public var every: Duration
    /// Prescriptions that are asked about in a row.
    public var most: Int

    public init(every: Duration = .seconds(600), most: Int = 50) {
        self.every = every
        self.most = most
    }

    public func due(
        at platform: String, in transaction: Transaction, for consortium: ConsortiumID, at now: Instant
    ) throws -> [PlatformQuestion] {
        let store = UploadsStore(transaction, consortium)
        try store.forgetOffers(at: platform, now)
        return try store.takeDue(at: platform, most: most, next: now.adding(every), now).flatMap { upload -> [PlatformQuestion] in
            let telling = UploadTelling(upload: upload, store: store)
            let found = try PrescriptionReadings(transaction, of: consortium).prescription(upload.prescription)
            // Without the institution's code nothing can be asked; it is missing in the reading as well.
            guard let numbers = telling.numbers, let inquiry = try? telling.inquiry(numbers, of: found) else { return [] }
            return [.prescriptionReview(inquiry), .prescriptionUse(inquiry)]
        }
    }

    public func take(
        _ rows: [PlatformRow], to question: PlatformQuestion, at platform: String, in transaction: Transaction,
        for consortium: ConsortiumID, at now: Instant
    ) throws {
        let store = UploadsStore(transaction, consortium)
        for row in rows {
            switch row {
            case .prescriptionReview(let review): try store.keep(review, at: platform)
            case .prescriptionUse(let use): try store.keep(use, at: platform, now)
            default: break
            }
        }
    }
}

extension UploadsStore {
    /// Uploads that it is time to ask about; whoever gets them asks, and nobody else for a while.
    fileprivate func takeDue(at platform: String, most: Int, next: Instant, _ now: Instant) throws -> [StoredUpload] {
        try transaction.query(
            """
            UPDATE prescription_uploads.upload SET ask_at = \(next)
             WHERE consortium_id = \(consortium) AND (prescription_id, round) IN (
                   SELECT prescription_id, round FROM prescription_uploads.upload
                    WHERE consortium_id = \(consortium) AND platform = \(platform) AND ask_at <= \(now)
                    ORDER BY ask_at LIMIT \(most) FOR NO KEY UPDATE SKIP LOCKED)
            RETURNING \(StoredUpload.columns)
            """, StoredUpload.init)
    }

    /// Closes what was offered and whose prescription is over.
    fileprivate func forgetOffers(at platform: String, _ now: Instant) throws {
        try transaction.execute(
            """
            UPDATE prescription_uploads.upload
               SET state = \(UploadState.withdrawn), credential = NULL, changed_at = \(now)
              FROM dispensing.prescription
             WHERE prescription.consortium_id = \(consortium) AND prescription.prescription_id = upload.prescription_id
               AND upload.consortium_id = \(consortium) AND upload.platform = \(platform)
               AND upload.state = \(UploadState.offered) AND prescription.state NOT IN ('issued', 'approved', 'returned')
            """)
    }

    fileprivate func keep(_ review: PlatformPrescriptionReview, at platform: String) throws {
        try transaction.execute(
            """
            UPDATE prescription_uploads.upload
               SET decision = \(review.decision.rawValue), reviewer = \(review.pharmacistName), opinion = \(review.opinion),
                   reviewed_at = \(review.time)
             WHERE consortium_id = \(consortium) AND platform = \(platform) AND insurer_number = \(review.insurerNumber)
            """)
    }

    /// What was used whole, or is valid no more, is over.
    fileprivate func keep(_ use: PlatformPrescriptionUse, at platform: String, _ now: Instant) throws {
        guard let upload = try upload(insurerNumber: use.insurerNumber, at: platform), upload.state == .uploaded else { return }
        try transaction.execute(
            """
            UPDATE prescription_uploads.upload
               SET use = \(use.use.rawValue), used_at = \(use.time), items = \(try JSON(use.items)), changed_at = \(now)
             WHERE consortium_id = \(consortium) AND prescription_id = \(upload.prescription) AND round = \(upload.round)
            """)
        // While a revocation is on its way its answer decides.
        guard try upload.revocations == 0 || openStep(of: upload) == nil else { return }
        switch (use.state, use.use) {
        case (_, .used): try close(upload, as: .used, at: now)
        case (.expired, _): try close(upload, as: .expired, at: now)
        case (.revoked, _): try close(upload, as: .revoked, at: now)
        default: break
        }
    }
}
