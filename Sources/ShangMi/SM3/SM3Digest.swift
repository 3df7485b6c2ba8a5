import COpenSSL

/// The 32 bytes that SM3 makes of a message.
///
/// Source: GB/T 32905-2016.
public struct SM3Digest: Hashable, Sendable, CustomStringConvertible {
    /// 32 bytes.
    public static let byteCount = 32

    public let bytes: [UInt8]

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// The digest of `message`, which may be empty. For one that comes in pieces there is ``SM3Hasher``.
    ///
    /// - Throws: ``ShangMiError/library(call:reason:)``.
    public init(of message: some Collection<UInt8>) throws(ShangMiError) {
        let message = Array(message)
        var digest = [UInt8](repeating: 0, count: Self.byteCount)
        try Libcrypto.require(EVP_Digest(message, message.count, &digest, nil, EVP_sm3(), nil), "EVP_Digest")
        bytes = digest
    }

    /// 64 digits in lower case.
    public var hexadecimal: String { Hexadecimal.lowercase(bytes) }

    public var description: String { hexadecimal }
}
