/// Who signs, as both sides have agreed: it is hashed into every signature of SM2, so one made under another id does not verify.
///
/// Some interfaces take a secret for it; descriptions do not show it.
public struct SM2UserID: Sendable {
    /// Its length in bits is written in two bytes, and libcrypto stops one byte short of what they hold.
    public static let bytesMax = 8_190

    /// `1234567812345678`, which stands where nothing else was agreed (GM/T 0009-2012, clause 10).
    public static let standard = SM2UserID(unchecked: Array("1234567812345678".utf8))

    private let secret: SecretBytes

    var bytes: [UInt8] { secret.bytes }

    /// Any bytes, also none.
    ///
    /// - Throws: ``ShangMiError/userIDTooLong(found:)``.
    public init(_ bytes: some Collection<UInt8>) throws(ShangMiError) {
        guard bytes.count <= Self.bytesMax else { throw .userIDTooLong(found: bytes.count) }
        self.init(unchecked: Array(bytes))
    }

    private init(unchecked bytes: [UInt8]) { secret = SecretBytes(bytes) }
}
