import COpenSSL

/// A key of the block cipher SM4: 16 bytes, which descriptions do not show.
///
/// Neither mode here tells whether a ciphertext was changed on its way; sign it, or what it stands in.
///
/// Source: GB/T 32907-2016.
public struct SM4Key: Sendable {
    /// Of a key and of a block.
    public static let byteCount = 16

    private let secret: SecretBytes

    /// - Throws: ``ShangMiError/keyLength(found:)``.
    public init(_ bytes: some Collection<UInt8>) throws(ShangMiError) {
        guard bytes.count == Self.byteCount else { throw .keyLength(found: bytes.count) }
        secret = SecretBytes(Array(bytes))
    }

    /// The ciphertext of `plaintext`: with padding the next multiple of 16 bytes above its length, without as long as it.
    ///
    /// - Throws: ``ShangMiError/initialisationVectorLength(found:)``; without padding ``ShangMiError/length(found:)``.
    public func encrypt(
        _ plaintext: some Collection<UInt8>, mode: SM4Mode, padding: SM4Padding = .pkcs7
    ) throws(ShangMiError) -> [UInt8] {
        let plaintext = Array(plaintext)
        guard padding == .pkcs7 || plaintext.count.isMultiple(of: Self.byteCount) else { throw .length(found: plaintext.count) }
        let context = try CipherContext(.encryption, key: secret.bytes, mode: mode, padding: padding)
        var ciphertext = try context.update(plaintext)
        ciphertext += try context.finish()
        return ciphertext
    }

    /// The plaintext of `ciphertext`.
    ///
    /// With a wrong key the padding is almost always wrong too; about one time in 256 it is not, and what comes out is noise.
    ///
    /// - Throws: ``ShangMiError/initialisationVectorLength(found:)``, ``ShangMiError/length(found:)`` (an empty ciphertext
    ///   too, when it should hold a padding), ``ShangMiError/padding``.
    public func decrypt(
        _ ciphertext: some Collection<UInt8>, mode: SM4Mode, padding: SM4Padding = .pkcs7
    ) throws(ShangMiError) -> [UInt8] {
        let ciphertext = Array(ciphertext)
        guard ciphertext.count.isMultiple(of: Self.byteCount), padding == .none || !ciphertext.isEmpty else {
            throw .length(found: ciphertext.count)
        }
        let context = try CipherContext(.decryption, key: secret.bytes, mode: mode, padding: padding)
        var plaintext = try context.update(ciphertext)
        do {
            plaintext += try context.finish()
        } catch {
            // All else was looked at before, so it is the padding.
            throw .padding
        }
        return plaintext
    }
}
