public import Outbox
public import PlatformExchange
public import PlatformMessages
public import Postgres
public import Primitives

/// Puts uploads and revocations into the service hall's words, and keeps what it gives for them.
public struct UploadFacts: FactKeeper {
    public let kinds: Set<PlatformFactKind> = [.checkPrescription, .signPrescription, .uploadPrescription, .revokePrescription]

    public init() {}

    public func fact(
        of message: OutboxMessage, at platform: String, in transaction: Transaction, for consortium: ConsortiumID
    ) throws -> PlatformFact {
        let content: UploadContent = try content(of: message)
        let store = UploadsStore(transaction, consortium)
        guard let upload = try store.upload(of: content.prescription, round: content.round) else {
            throw PlatformUntellable(reason: "there is no such upload")
        }
        let telling = UploadTelling(upload: upload, store: store)
        // What may have arrived is asked about, whatever became of the prescription meanwhile.
        if message.kind != PlatformFactKind.revokePrescription.rawValue, !message.state.mustAsk { try telling.requireApproved() }
        return switch PlatformFactKind(rawValue: message.kind) {
        case .checkPrescription: .checkPrescription(try telling.prescription())
        case .signPrescription: .signPrescription(try telling.prescription())
        case .uploadPrescription: .uploadPrescription(try telling.prescription())
        default: .revokePrescription(try telling.revocation())
        }
    }

    public func keep(
        _ acknowledgement: PlatformAcknowledgement, of fact: PlatformFact, at platform: String, in transaction: Transaction,
        for consortium: ConsortiumID, at now: Instant
    ) throws {
        let store = UploadsStore(transaction, consortium)
        let values = acknowledgement.values
        switch fact {
        case .checkPrescription(let prescription):
            guard let insurer = acknowledgement.document, let trace = values["rxTraceCode"] else { return }
            let numbers = PlatformPrescriptionNumbers(insurer: insurer, trace: trace)
            try store.keepNumbers(numbers, of: prescription.number, at: platform, now)
        case .signPrescription(let prescription):
            guard let original = values["originalValue"], let file = values["rxFile"], let digest = values["signDigest"] else {
                return
            }
            let signature = PlatformPrescriptionSignature(original: original, file: file, digest: digest)
            try store.keepSignature(
                signature, certificate: values["signCertSn"], of: prescription.number, at: platform, now)
        case .uploadPrescription(let prescription): try store.keepUpload(of: prescription.number, at: platform, now)
        case .revokePrescription(let revocation):
            try store.keepRevocation(of: revocation.inquiry.insurerNumber, at: platform, now)
        default: break
        }
    }
}
