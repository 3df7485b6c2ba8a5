/// Why an operation of this module did not happen. No case holds a secret, a plaintext or what was to be decrypted.
public enum ShangMiError: Error, Equatable, Sendable {
    /// A text is not pairs of hexadecimal digits.
    case hexadecimalMalformed
    /// A key of SM4 has 16 bytes; this one has `found`.
    case keyLength(found: Int)
    /// An initialisation vector of SM4 has 16 bytes; this one has `found`.
    case initialisationVectorLength(found: Int)
    /// What is to be decrypted, or encrypted without padding, is not made of whole blocks of 16 bytes, or is longer than 2 GB.
    case length(found: Int)
    /// What was decrypted does not end in a PKCS#7 padding: it is damaged, cut off, or of another key.
    case padding
    /// A private key is a number of 32 bytes from 1 through n − 2.
    case privateKeyOutOfRange
    /// A text is not a private key of SM2 as PKCS#8 in PEM without a passphrase.
    case privateKeyUnreadable
    /// A public key is not a point of the curve, uncompressed, or a text is not one as SubjectPublicKeyInfo in PEM.
    case publicKeyUnreadable
    /// A signature is not 64 bytes, or not the DER of two numbers of at most 32 bytes.
    case signatureMalformed
    /// A user id has at most 8,190 bytes; this one has `found`.
    case userIDTooLong(found: Int)
    /// A call of libcrypto failed for a reason that is not in the arguments: no memory, or a build without the algorithm.
    case library(call: String, reason: String)
}

extension ShangMiError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .hexadecimalMalformed: "The text is not pairs of hexadecimal digits."
        case .keyLength(let found): "A key of SM4 has 16 bytes, not \(found)."
        case .initialisationVectorLength(let found): "An initialisation vector of SM4 has 16 bytes, not \(found)."
        case .length(let found): "\(found) bytes are not blocks of 16 that SM4 can take."
        case .padding: "What was decrypted does not end in a padding."
        case .privateKeyOutOfRange: "The private key of SM2 is not a number of 32 bytes in the range."
        case .privateKeyUnreadable: "The text is not a private key of SM2 in PKCS#8."
        case .publicKeyUnreadable: "This is not a public key of SM2."
        case .signatureMalformed: "The signature is not one of SM2."
        case .userIDTooLong(let found): "A user id has at most \(SM2UserID.bytesMax) bytes, not \(found)."
        case .library(let call, let reason): "libcrypto: \(call) failed: \(reason)"
        }
    }
}
