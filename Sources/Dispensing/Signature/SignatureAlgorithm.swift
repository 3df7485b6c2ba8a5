import Crypto
import Foundation
import Postgres
public import Primitives

/// How a prescriber signs. Its text stands beside every key, so that further ones, such as SM2, can come beside these.
public enum SignatureAlgorithm: String, StoredText, Codable, CaseIterable {
    /// RFC 8032; a key of 32 bytes, a signature of 64.
    case ed25519
    /// ECDSA over NIST P-256 with SHA-256; a key as the uncompressed point of 65 bytes (X9.63), a signature as r and s of 32
    /// bytes each, or in DER.
    case p256 = "p-256"

    /// Whether the bytes are a public key.
    func isKey(_ key: [UInt8]) -> Bool {
        switch self {
        case .ed25519: (try? Curve25519.Signing.PublicKey(rawRepresentation: key)) != nil
        case .p256: (try? P256.Signing.PublicKey(x963Representation: key)) != nil
        }
    }

    /// Whether `signature` was made over `message` with the private part of `key`.
    func verifies(_ signature: [UInt8], over message: [UInt8], by key: [UInt8]) -> Bool {
        switch self {
        case .ed25519:
            guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: key) else { return false }
            return key.isValidSignature(Data(signature), for: Data(message))
        case .p256:
            guard let key = try? P256.Signing.PublicKey(x963Representation: key) else { return false }
            let read =
                (try? P256.Signing.ECDSASignature(rawRepresentation: signature))
                ?? (try? P256.Signing.ECDSASignature(derRepresentation: signature))
            return read.map { key.isValidSignature($0, for: Data(message)) } ?? false
        }
    }
}
