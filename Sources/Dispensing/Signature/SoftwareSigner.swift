import Crypto
import Foundation
public import Primitives

/// Signs with an Ed25519 key that the program holds in memory: for tests, demonstrations and programs that write
/// prescriptions themselves. People sign with keys that never leave their devices.
public struct SoftwareSigner: Sendable, CustomStringConvertible, CustomReflectable {
    public let key: SigningKeyID
    private let secret: Curve25519.Signing.PrivateKey

    /// - Parameter seed: the secret; `nil` comes back unless there are 32 bytes.
    public init?(key: SigningKeyID, seed: [UInt8]) {
        guard let secret = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else { return nil }
        self.key = key
        self.secret = secret
    }

    /// Base64.
    public var publicKey: String { secret.publicKey.rawRepresentation.base64EncodedString() }

    /// - Returns: the signature over `message`, in Base64.
    public func sign(_ message: [UInt8]) throws -> String { try secret.signature(for: Data(message)).base64EncodedString() }

    /// What registers the key for a person.
    public func registration(of person: PersonID, in consortium: ConsortiumID) throws -> RegisterSigningKey {
        let proof = try sign(
            SigningKey.proofBytes(key, algorithm: .ed25519, publicKey: publicKey, person: person, consortium: consortium))
        return RegisterSigningKey(key: key, algorithm: .ed25519, publicKey: publicKey, proof: proof)
    }

    /// The prescriber's signature of a version.
    public func signature(of canonical: CanonicalPrescription) throws -> PrescriptionSignature {
        PrescriptionSignature(key: key, signedAt: canonical.signedAt, signature: try sign(canonical.bytes))
    }

    public var description: String { "SoftwareSigner \(key)" }
    public var customMirror: Mirror { Mirror(self, children: ["key": key]) }
}
