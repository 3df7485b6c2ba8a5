import Audit
public import Dispensing
import Identity
public import Postgres
public import Primitives

/// Wishes that a prescription go to the insurer's service hall, with how the patient has proved who they are. It goes there when it has
/// been reviewed; at once when it has.
public struct OfferPrescription: Sendable {
    public var prescription: PrescriptionID
    public var credential: UploadCredential

    public init(prescription: PrescriptionID, credential: UploadCredential) {
        self.prescription = prescription
        self.credential = credential
    }

    /// - Throws: `DispensingRefusal`: unknown, another's prescription; ``PrescriptionUploadsRefusal``: a facility without its code, a
    ///   credential that is incomplete, offered before, used outside, a state from which nothing can be handed
    ///   out.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> PrescriptionUpload {
        try principal.require(oneOf: [.prescriber])
        let consortium = principal.consortium
        let store = UploadsStore(transaction, consortium)
        let rounds = try store.lockedRounds(of: prescription)
        let found = try PrescriptionReadings(transaction, of: consortium).prescription(prescription)
        guard found.prescriber == principal.person else {
            throw DispensingRefusal(.otherPrescriber, "\(found.number) was written by another")
        }
        guard let institution = try store.institution(found.facility) else {
            throw PrescriptionUploadsRefusal(.institutionUnknown, "facility \(found.facility)")
        }
        try requireCredential()
        guard [.issued, .approved, .returned].contains(found.state) else {
            throw PrescriptionUploadsRefusal(.handedOutAlready, "\(found.number) is \(found.state.rawValue)")
        }
        if let last = rounds.last, last.state != .revoked, last.state != .withdrawn {
            throw PrescriptionUploadsRefusal(.offeredAlready, "\(found.number) is \(last.state.rawValue)")
        }
        try rounds.requireUnused()
        let round = rounds.count + 1
        let number = round == 1 ? found.number : "\(found.number)-\(round)"
        try store.add(
            prescription, round: round, number: number, at: institution.platform, credential: credential, by: principal.person, now)
        try AuditTrail(transaction).append(
            "prescription-uploads.offer-prescription", subject: "prescription \(prescription)", by: principal, at: now,
            detail: ["number": number])
        try AnnounceUpload(prescription: prescription).run(in: transaction, for: consortium, at: now)
        return try UploadReadings(transaction, of: consortium).upload(of: prescription)
    }

    private func requireCredential() throws(PrescriptionUploadsRefusal) {
        for (field, text) in [("number", credential.number), ("residentNumber", credential.residentNumber)]
        where text.allSatisfy(\.isWhitespace) {
            throw PrescriptionUploadsRefusal(.credentialIncomplete, field, field: field)
        }
        if credential.kind == .socialSecurityCard, credential.cardSerial?.isEmpty ?? true {
            throw PrescriptionUploadsRefusal(.credentialIncomplete, "cardSerial", field: "cardSerial")
        }
    }
}
