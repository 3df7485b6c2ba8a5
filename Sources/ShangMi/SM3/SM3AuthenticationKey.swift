import COpenSSL

/// A secret that two parties share, with which each proves to the other that a message is its own: HMAC-SM3.
///
/// It may have any length. One longer than 64 bytes counts as its digest. Descriptions do not show it.
///
/// Source: GB/T 15852.2-2012 and RFC 2104, with SM3 as the hash.
public struct SM3AuthenticationKey: Sendable {
    private let secret: SecretBytes

    public init(_ bytes: some Collection<UInt8>) { secret = SecretBytes(Array(bytes)) }

    /// What proves that `message` comes from one who has the key.
    ///
    /// - Throws: ``ShangMiError/library(call:reason:)``.
    public func authenticationCode(of message: some Collection<UInt8>) throws(ShangMiError) -> SM3AuthenticationCode {
        let message = Array(message)
        // To libcrypto no address is no key, and an empty key is one: so it gets an address with no byte counted.
        let key = secret.bytes.isEmpty ? [0] : secret.bytes
        var code = [UInt8](repeating: 0, count: SM3Digest.byteCount)
        var length = 0
        let written = EVP_Q_mac(
            nil, "HMAC", nil, "SM3", nil, key, secret.bytes.count, message, message.count, &code, code.count, &length)
        _ = try Libcrypto.require(written, "EVP_Q_mac")
        return SM3AuthenticationCode(bytes: code)
    }
}

/// 32 bytes that ``SM3AuthenticationKey`` made of a message.
///
/// Two of them are compared in a time that does not tell where they differ.
public struct SM3AuthenticationCode: Equatable, Sendable, CustomStringConvertible {
    public let bytes: [UInt8]

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// A code as it was received: 64 hexadecimal digits in either case; `nil` for anything else.
    public init?(hexadecimal: String) {
        guard let bytes = try? Hexadecimal.bytes(of: hexadecimal), bytes.count == SM3Digest.byteCount else { return nil }
        self.bytes = bytes
    }

    /// 64 digits in lower case.
    public var hexadecimal: String { Hexadecimal.lowercase(bytes) }

    public var description: String { hexadecimal }

    public static func == (left: Self, right: Self) -> Bool { CRYPTO_memcmp(left.bytes, right.bytes, SM3Digest.byteCount) == 0 }
}
