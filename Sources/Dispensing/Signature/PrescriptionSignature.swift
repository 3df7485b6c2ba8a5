public import Postgres
public import Primitives

/// A prescriber's signature over one version of a prescription.
public struct PrescriptionSignature: Sendable, Hashable, Codable {
    public let key: SigningKeyID
    /// When the prescriber signed; part of what is signed.
    public let signedAt: Instant
    /// Over ``CanonicalPrescription/bytes``, in Base64.
    public let signature: String

    /// How old a signature may be when it arrives.
    public static let secondsMax: Int64 = 600

    public init(key: SigningKeyID, signedAt: Instant, signature: String) {
        self.key = key
        self.signedAt = signedAt
        self.signature = signature
    }
}

/// Verifies signatures against what is stored.
struct Signatures {
    let transaction: Transaction
    let consortium: ConsortiumID

    init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    /// Verifies the signature of a version that is about to be written.
    ///
    /// - Parameter canonical: makes what was signed, from the moment of signing.
    /// - Throws: ``DispensingRefusal``: missing where the consortium requires it, made on another day or too long ago, by a
    ///   key that is not the prescriber's or no longer good, or over something else.
    func require(
        _ signature: PrescriptionSignature?, of person: PersonID, at now: Instant, _ canonical: (Instant) -> CanonicalPrescription
    ) throws {
        guard let signature else {
            guard try PracticeStore(transaction, consortium).declared().requiresSignature(of: now) else { return }
            throw DispensingRefusal(.signatureMissing, "the consortium requires the prescriber's signature", field: "signature")
        }
        let age = now.microseconds - signature.signedAt.microseconds
        guard (-60_000_000...PrescriptionSignature.secondsMax * 1_000_000).contains(age),
            signature.signedAt.businessDay == now.businessDay
        else {
            throw DispensingRefusal(
                .signatureOutdated, "signed at \(signature.signedAt), it is \(now)", field: "signature.signedAt")
        }
        try verify(signature, of: person, over: canonical(signature.signedAt).bytes)
    }

    func verify(_ signature: PrescriptionSignature, of person: PersonID, over message: [UInt8]) throws {
        guard let key = try SigningKeyStore(transaction, consortium).key(signature.key), key.person == person else {
            throw DispensingRefusal(.keyUnknown, "key \(signature.key)", field: "signature.key")
        }
        try key.require(signature.signature, over: message, signedAt: signature.signedAt)
    }
}

extension Prescription {
    /// Verifies the signature of the current version again, over what is stored now: whatever was changed since breaks it.
    ///
    /// Source: R-RX-10, R-RX-12 (the signed original is kept); Drug Administration Law, art. 73.
    ///
    /// - Throws: ``DispensingRefusal``: missing where the consortium required it when this version was written, over
    ///   something else, by a key that is unknown or was revoked.
    public func requireSignature(in transaction: Transaction, of consortium: ConsortiumID) throws {
        guard let signature else {
            guard try PracticeStore(transaction, consortium).declared().requiresSignature(of: writtenAt) else { return }
            throw DispensingRefusal(.signatureMissing, "\(number) was not signed")
        }
        try Signatures(transaction, consortium).verify(
            signature, of: prescriber,
            over: CanonicalPrescription(self, of: consortium, signedAt: signature.signedAt).bytes)
    }
}
