import COpenSSL

/// A private key of SM2, with which one signs, and its public key.
///
/// Descriptions do not show it. Keys are numbers on the curve sm2p256v1.
///
/// Source: GB/T 32918.2-2016 and GB/T 32918.5-2017; SM3 as the hash.
public struct SM2PrivateKey: Sendable {
    /// What others verify with.
    public let publicKey: SM2PublicKey

    private let secret: SecretBytes

    /// n − 1, n being the number of points: the first that is too large.
    private static let bound: [UInt8] = [
        0xff, 0xff, 0xff, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0x72, 0x03, 0xdf, 0x6b, 0x21, 0xc6, 0x05, 0x2b, 0x53, 0xbb, 0xf4, 0x09, 0x39, 0xd5, 0x41, 0x22,
    ]

    /// A new key, from the random numbers of libcrypto.
    ///
    /// - Throws: ``ShangMiError/library(call:reason:)``.
    public static func generate() throws(ShangMiError) -> SM2PrivateKey {
        try SM2PrivateKey(scalar: LibraryKey.generated().scalar)
    }

    /// - Parameter scalar: a number from 1 through n − 2 in 32 bytes, the most significant first.
    /// - Throws: ``ShangMiError/privateKeyOutOfRange``.
    public init(scalar: some Collection<UInt8>) throws(ShangMiError) {
        let scalar = Array(scalar)
        guard scalar.count == Self.bound.count, scalar.lexicographicallyPrecedes(Self.bound), scalar.contains(where: { $0 != 0 })
        else { throw .privateKeyOutOfRange }
        secret = SecretBytes(scalar)
        publicKey = try SM2PublicKey(point: LibraryKey.point(ofScalar: scalar))
    }

    /// - Parameter hexadecimal: the number as 64 digits.
    /// - Throws: ``ShangMiError/hexadecimalMalformed``, ``ShangMiError/privateKeyOutOfRange``.
    public init(hexadecimal: String) throws(ShangMiError) { try self.init(scalar: Hexadecimal.bytes(of: hexadecimal)) }

    /// - Parameter pem: PKCS#8 without a passphrase: `-----BEGIN PRIVATE KEY-----`. A public key in it does not count.
    /// - Throws: ``ShangMiError/privateKeyUnreadable``, ``ShangMiError/privateKeyOutOfRange``.
    public init(pem: String) throws(ShangMiError) {
        guard let key = LibraryKey(decoding: Array(pem.utf8), as: .pem, .privateKey) else { throw .privateKeyUnreadable }
        try self.init(scalar: key.scalar)
    }

    /// The number itself, 32 bytes, for those who must keep it.
    public var scalar: [UInt8] { secret.bytes }

    /// The key in PKCS#8 without a passphrase, for those who must keep it.
    ///
    /// - Throws: ``ShangMiError/library(call:reason:)``.
    public func pem() throws(ShangMiError) -> String { try libraryKey().pem(.privateKey) }

    /// Signs `message`, hashed with SM3 behind `user` and the public key.
    ///
    /// Two signatures of one message differ, because each takes a new random number.
    ///
    /// - Throws: ``ShangMiError/library(call:reason:)``.
    public func sign(
        _ message: some Collection<UInt8>, by user: SM2UserID = .standard
    ) throws(ShangMiError) -> SM2Signature {
        let message = Array(message)
        let key = try libraryKey()
        let context = try MessageContext()
        var keyContext: OpaquePointer?  // belongs to `context`
        try Libcrypto.require(EVP_DigestSignInit(context.pointer, &keyContext, EVP_sm3(), nil, key.pointer), "EVP_DigestSignInit")
        try Libcrypto.require(
            EVP_PKEY_CTX_set1_id(keyContext, user.bytes, Int32(user.bytes.count)), "EVP_PKEY_CTX_set1_id")
        var length = 0
        try Libcrypto.require(EVP_DigestSign(context.pointer, nil, &length, message, message.count), "EVP_DigestSign")
        var der = [UInt8](repeating: 0, count: length)
        try Libcrypto.require(EVP_DigestSign(context.pointer, &der, &length, message, message.count), "EVP_DigestSign")
        return try SM2Signature(der: der.prefix(length))
    }

    private func libraryKey() throws(ShangMiError) -> LibraryKey {
        try LibraryKey(point: publicKey.point, scalar: secret.bytes)
    }
}
