public import Dispensing
import PlatformMessages
public import Postgres
public import Primitives

/// Says no to changing, cancelling or handing out a prescription that the insurer has: pharmacies outside could fill it a second time,
/// or as it no longer is.
public struct HoldForInsurer: Sendable {
    public var prescription: PrescriptionID

    public init(prescription: PrescriptionID) { self.prescription = prescription }

    /// Goes on where nothing of it is with the insurer; what was only offered stays so.
    ///
    /// - Throws: ``PrescriptionUploadsRefusal``: still there, or used outside.
    public func run(in transaction: Transaction, for consortium: ConsortiumID) throws {
        guard let upload = try UploadsStore(transaction, consortium).lockedRounds(of: prescription).last else { return }
        if upload.state == .used { throw PrescriptionUploadsRefusal(.usedOutside, upload.number) }
        if upload.state.isLive {
            throw PrescriptionUploadsRefusal(
                upload.use == .unused ? .stillUploaded : .usedOutside, "\(upload.number) is \(upload.state.rawValue)")
        }
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
