import PlatformMessages
import Postgres
import Primitives

// What the hall gave for each step. Rounds are known by the number that the hall was told.
extension UploadsStore {
    func keepNumbers(_ numbers: PlatformPrescriptionNumbers, of number: String, at platform: String, _ now: Instant) throws {
        try transaction.execute(
            """
            UPDATE prescription_uploads.upload
               SET state = \(UploadState.checked), insurer_number = \(numbers.insurer), trace_code = \(numbers.trace),
                   changed_at = \(now)
             WHERE consortium_id = \(consortium) AND platform = \(platform) AND number = \(number)
            """)
    }

    func keepSignature(
        _ signature: PlatformPrescriptionSignature, certificate: String?, of number: String, at platform: String, _ now: Instant
    ) throws {
        try transaction.execute(
            """
            UPDATE prescription_uploads.upload
               SET state = \(UploadState.signed), original = \(signature.original), file = \(signature.file),
                   sign_digest = \(signature.digest), certificate = \(certificate), changed_at = \(now)
             WHERE consortium_id = \(consortium) AND platform = \(platform) AND number = \(number)
            """)
    }

    /// From now on the hall is asked what became of it.
    func keepUpload(of number: String, at platform: String, _ now: Instant) throws {
        try transaction.execute(
            """
            UPDATE prescription_uploads.upload
               SET state = \(UploadState.uploaded), ask_at = \(now), changed_at = \(now)
             WHERE consortium_id = \(consortium) AND platform = \(platform) AND number = \(number)
            """)
    }

    func keepRevocation(of insurerNumber: String, at platform: String, _ now: Instant) throws {
        guard let upload = try upload(insurerNumber: insurerNumber, at: platform) else { return }
        try close(upload, as: .revoked, at: now)
    }

    func upload(insurerNumber: String, at platform: String) throws -> StoredUpload? {
        try transaction.first(
            """
            SELECT \(StoredUpload.columns) FROM prescription_uploads.upload
             WHERE consortium_id = \(consortium) AND platform = \(platform) AND insurer_number = \(insurerNumber)
               FOR NO KEY UPDATE
            """, StoredUpload.init)
    }
}
