import Audit
public import Dispensing
import Identity
import PlatformMessages
public import Postgres
public import Primitives

/// Takes a prescription back from the insurer. Until the hall has said that it is revoked, nothing can be done with it here: it is
/// revoked there first, and then changed, cancelled or handed out here.
///
/// Source: platform-interfaces.md §3: an upload that was used cannot be revoked; first at the insurer, then locally.
public struct RevokeUpload: Sendable {
    public var prescription: PrescriptionID
    public var reason: String

    public init(prescription: PrescriptionID, reason: String) {
        self.prescription = prescription
        self.reason = reason
    }

    /// - Throws: `DispensingRefusal`: unknown, another's prescription; ``PrescriptionUploadsRefusal``: not offered, asked for before or
    ///   over, used outside, no reason, a failed message that waits for a person.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> PrescriptionUpload {
        try principal.require(oneOf: [.prescriber])
        let consortium = principal.consortium
        let found = try PrescriptionReadings(transaction, of: consortium).prescription(prescription)
        guard found.prescriber == principal.person else {
            throw DispensingRefusal(.otherPrescriber, "\(found.number) was written by another")
        }
        let words = reason.trimmingBlanks
        guard (1...200).contains(words.unicodeScalars.count) else {
            throw PrescriptionUploadsRefusal(.reasonRequired, "say why it is taken back", field: "reason")
        }
        let store = UploadsStore(transaction, consortium)
        guard let upload = try store.lockedRounds(of: prescription).last else {
            throw PrescriptionUploadsRefusal(.notOffered, found.number)
        }
        try requireRevocable(upload)
        let open = try store.openStep(of: upload)
        if try isNotThere(upload, open) {
            try store.close(upload, as: .withdrawn, at: now)
        } else {
            // A revocation that was refused and discarded may be asked for once more.
            if upload.revocations > 0, let open {
                throw PrescriptionUploadsRefusal(.revokedAlready, "\(upload.number): \(open.kind)")
            }
            try store.ask(revocationOf: upload, by: principal.person, words, at: now)
            try AnnounceUpload.announce(
                .revokePrescription, time: upload.revocations + 1, of: upload, documentedAs: found.number, in: transaction,
                for: consortium, at: now)
        }
        try AuditTrail(transaction).append(
            "prescription-uploads.revoke-upload", subject: "prescription \(prescription)", by: principal, at: now,
            detail: ["number": upload.number])
        return try UploadReadings(transaction, of: consortium).upload(of: prescription)
    }

    private func requireRevocable(_ upload: StoredUpload) throws(PrescriptionUploadsRefusal) {
        guard upload.state != .used, upload.use == .unused else {
            throw PrescriptionUploadsRefusal(.usedOutside, upload.number)
        }
        guard !upload.state.isOver else {
            throw PrescriptionUploadsRefusal(.revokedAlready, "\(upload.number) is \(upload.state.rawValue)")
        }
    }

    /// Whether the hall has nothing of it that could be used, and will get nothing.
    private func isNotThere(
        _ upload: StoredUpload, _ open: PrescriptionUpload.OpenStep?
    ) throws(PrescriptionUploadsRefusal) -> Bool {
        switch upload.state {
        case .offered: return true
        case .announced, .checked, .signed:
            if let open, open.state == "refused" || open.state == "dead" {
                throw PrescriptionUploadsRefusal(.messageFailed, open.reason)
            }
            // A person has discarded what was not told. What was signed may have been uploaded, with the answer lost.
            return open == nil && upload.state != .signed
        default: return false
        }
    }
}

extension String {
    var trimmingBlanks: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
