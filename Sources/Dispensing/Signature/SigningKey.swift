import Foundation
import Postgres
public import Primitives

public typealias SigningKeyID = DocumentID<SigningKey>

/// Why a key is used no more.
public enum KeyRevocation: String, StoredText, Codable, CaseIterable {
    /// Another takes its place; what it signed stands.
    case replaced
    /// The person has left; what it signed stands.
    case left
    /// Others may have it: nothing it signed is reviewed or handed out any more.
    case compromised
}

/// A person's public key, by which their signatures are verified.
public struct SigningKey: Sendable, Hashable, Codable {
    public let id: SigningKeyID
    public let person: PersonID
    public let algorithm: SignatureAlgorithm
    /// Base64.
    public let publicKey: String
    public let registeredAt: Instant
    /// The last day on which it signs.
    public let validThrough: CalendarDate
    public let revokedAt: Instant?
    public let revocation: KeyRevocation?

    /// What a person signs with the new key to prove that they have its private part.
    public static func proofBytes(
        _ id: SigningKeyID, algorithm: SignatureAlgorithm, publicKey: String, person: PersonID, consortium: ConsortiumID
    ) -> [UInt8] {
        CanonicalText.object([
            "form": .text("lianyao-signing-key/1"), "consortium": .number(consortium.rawValue), "person": .number(person.rawValue),
            "key": .text(id.description), "algorithm": .text(algorithm.rawValue), "publicKey": .text(publicKey),
        ]).bytes
    }

    /// Refuses what this key has not signed, or must no longer sign.
    ///
    /// - Parameters:
    ///   - signature: in Base64.
    ///   - signedAt: when it was made; the key must have been good then.
    /// - Throws: ``DispensingRefusal``: revoked or out of its days, another signature.
    func require(_ signature: String, over message: [UInt8], signedAt: Instant) throws(DispensingRefusal) {
        if let revokedAt, revocation == .compromised || revokedAt <= signedAt {
            throw DispensingRefusal(.keyRevoked, "key \(id), revoked at \(revokedAt)", field: "signature.key")
        }
        guard signedAt.businessDay <= validThrough else {
            throw DispensingRefusal(.keyRevoked, "key \(id) was valid through \(validThrough)", field: "signature.key")
        }
        guard let signature = Data(base64Encoded: signature), let key = Data(base64Encoded: publicKey),
            algorithm.verifies(Array(signature), over: message, by: Array(key))
        else {
            throw DispensingRefusal(.signatureInvalid, "not made by key \(id) over this content", field: "signature.signature")
        }
    }
}
