public import Dispensing
import PlatformMessages
public import Postgres
public import Primitives

/// Says no to changing, cancelling or handing out a prescription that the insurer has: pharmacies outside could fill it a second time,
/// or as it no longer is.
public struct HoldForInsurer: Sendable {
    public var prescription: PrescriptionID

    public init(prescription: PrescriptionID) { self.prescription = prescription }

    /// Goes on where nothing of it is with the insurer; what was only offered stays so. From then on nobody else offers, reviews, changes
    /// or hands it out until the transaction ends.
    ///
    /// - Throws: ``PrescriptionUploadsRefusal``: still there, or used outside.
    public func run(in transaction: Transaction, for consortium: ConsortiumID) throws {
        let rounds = try UploadsStore(transaction, consortium).lockedRounds(of: prescription)
        try rounds.requireUnused()
        if let upload = rounds.last, upload.state.isLive {
            throw PrescriptionUploadsRefusal(.stillUploaded, "\(upload.number) is \(upload.state.rawValue)")
        }
    }
}

extension [StoredUpload] {
    /// What was used outside in part is used for good, though the rest has expired there or was revoked.
    func requireUnused() throws(PrescriptionUploadsRefusal) {
        if let used = first(where: { $0.use != .unused }) { throw PrescriptionUploadsRefusal(.usedOutside, used.number) }
    }
}

/// Ends what was offered and cannot be uploaded any more: the prescription was cancelled, or handed out here.
public struct EndOffer: Sendable {
    public var prescription: PrescriptionID

    public init(prescription: PrescriptionID) { self.prescription = prescription }

    public func run(in transaction: Transaction, for consortium: ConsortiumID, at now: Instant) throws {
        let store = UploadsStore(transaction, consortium)
        guard let upload = try store.lockedRounds(of: prescription).last, upload.state == .offered else { return }
        try store.close(upload, as: .withdrawn, at: now)
    }
}
