import COpenSSL

/// A public key of SM2, with which one verifies: a point of the curve sm2p256v1.
///
/// Source: GB/T 32918.2-2016 and GB/T 32918.5-2017; SM3 as the hash.
public struct SM2PublicKey: Hashable, Sendable, CustomStringConvertible {
    /// 65 bytes: 04, then the coordinates x and y of 32 bytes each, the most significant first.
    public let point: [UInt8]

    private static let uncompressed: UInt8 = 0x04
    private static let coordinatesLength = 64

    /// - Parameter point: 65 bytes that begin with 04, or the 64 behind it.
    /// - Throws: ``ShangMiError/publicKeyUnreadable``, also for coordinates that are not a point of the curve.
    public init(point: some Collection<UInt8>) throws(ShangMiError) {
        let point = point.count == Self.coordinatesLength ? [Self.uncompressed] + Array(point) : Array(point)
        guard point.count == 1 + Self.coordinatesLength, point.first == Self.uncompressed,
            (try? LibraryKey(point: point, scalar: nil)) != nil
        else { throw .publicKeyUnreadable }
        self.point = point
    }

    /// - Parameter hexadecimal: the bytes of ``init(point:)`` as 130 or 128 digits.
    /// - Throws: ``ShangMiError/hexadecimalMalformed``, ``ShangMiError/publicKeyUnreadable``.
    public init(hexadecimal: String) throws(ShangMiError) { try self.init(point: Hexadecimal.bytes(of: hexadecimal)) }

    /// - Parameter pem: a SubjectPublicKeyInfo: `-----BEGIN PUBLIC KEY-----`.
    /// - Throws: ``ShangMiError/publicKeyUnreadable``.
    public init(pem: String) throws(ShangMiError) {
        guard let key = LibraryKey(decoding: Array(pem.utf8), as: .pem, .publicKey) else { throw .publicKeyUnreadable }
        try self.init(point: key.point)
    }

    /// 130 digits in lower case, 04 first.
    public var hexadecimal: String { Hexadecimal.lowercase(point) }

    public var description: String { hexadecimal }

    /// The key as a SubjectPublicKeyInfo.
    ///
    /// - Throws: ``ShangMiError/library(call:reason:)``.
    public func pem() throws(ShangMiError) -> String { try LibraryKey(point: point, scalar: nil).pem(.publicKey) }

    /// Whether `signature` was made of this `message` by this `user` with the private key. What cannot be verified is not
    /// valid.
    public func isValid(
        _ signature: SM2Signature, of message: some Collection<UInt8>, by user: SM2UserID = .standard
    ) -> Bool {
        let message = Array(message)
        let der = signature.der
        var keyContext: OpaquePointer?  // belongs to `context`
        guard let key = try? LibraryKey(point: point, scalar: nil), let context = try? MessageContext(),
            EVP_DigestVerifyInit(context.pointer, &keyContext, EVP_sm3(), nil, key.pointer) == 1,
            EVP_PKEY_CTX_set1_id(keyContext, user.bytes, Int32(user.bytes.count)) == 1,
            EVP_DigestVerify(context.pointer, der, der.count, message, message.count) == 1
        else {
            Libcrypto.forgetFailures()
            return false
        }
        return true
    }
}
