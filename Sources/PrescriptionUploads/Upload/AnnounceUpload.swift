public import Dispensing
import Outbox
import PlatformExchange
import PlatformMessages
public import Postgres
public import Primitives

/// What a message about a prescription holds: which one it is. Who the patient is and what was prescribed is looked up when it is told.
struct UploadContent: Codable {
    let prescription: PrescriptionID
    let round: Int
}

/// Announces a prescription that was offered and is approved, in the transaction of whichever came last. Three messages follow each
/// other: the check, the signature, the upload.
public struct AnnounceUpload: Sendable {
    public var prescription: PrescriptionID

    public init(prescription: PrescriptionID) { self.prescription = prescription }

    /// - Returns: whether it was announced: it was offered, is approved, and its hall's account is in use.
    @discardableResult
    public func run(in transaction: Transaction, for consortium: ConsortiumID, at now: Instant) throws -> Bool {
        let store = UploadsStore(transaction, consortium)
        guard let upload = try store.lockedRounds(of: prescription).last, upload.state == .offered else { return false }
        let accounts = try ExchangeReadings(transaction, of: consortium).accounts()
        guard accounts.contains(where: { $0.platform == upload.platform && $0.isActive }) else { return false }
        let found = try PrescriptionReadings(transaction, of: consortium).prescription(prescription)
        guard found.state == .approved else { return false }
        try store.announce(upload, version: found.version, at: now)
        for kind in [PlatformFactKind.checkPrescription, .signPrescription, .uploadPrescription] {
            try Self.announce(kind, of: upload, documentedAs: found.number, in: transaction, for: consortium, at: now)
        }
        return true
    }

    /// - Parameter time: how often it is announced with this; 1 unless what was announced before was discarded.
    static func announce(
        _ kind: PlatformFactKind, time: Int = 1, of upload: StoredUpload, documentedAs document: String,
        in transaction: Transaction, for consortium: ConsortiumID, at now: Instant
    ) throws {
        let repetition = time == 1 ? "" : "/\(time)"
        let content = UploadContent(prescription: upload.prescription, round: upload.round)
        try AnnounceFact(
            about: OutboxDocument(at: upload.platform, key: document), kind: kind.rawValue,
            businessKey: "\(upload.number)/\(kind.rawValue)\(repetition)", content: try JSON(content).jsonText
        ).run(in: transaction, for: consortium, at: now)
    }
}
