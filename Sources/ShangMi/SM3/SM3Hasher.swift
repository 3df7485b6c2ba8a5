import COpenSSL

/// Takes a message in pieces and tells its SM3 digest.
///
/// A value: a copy goes its own way, so one beginning can be hashed once for several ends. It stays in the task that made it.
public struct SM3Hasher {
    private var context: MessageContext

    /// - Throws: ``ShangMiError/library(call:reason:)``, as do all others here.
    public init() throws(ShangMiError) {
        context = try MessageContext()
        try Libcrypto.require(EVP_DigestInit_ex(context.pointer, EVP_sm3(), nil), "EVP_DigestInit_ex")
    }

    /// Takes the next piece, which may be empty.
    public mutating func update(_ piece: some Collection<UInt8>) throws(ShangMiError) {
        if !isKnownUniquelyReferenced(&context) { context = try MessageContext(copying: context) }
        let piece = Array(piece)
        try Libcrypto.require(EVP_DigestUpdate(context.pointer, piece, piece.count), "EVP_DigestUpdate")
    }

    /// The digest of all pieces up to now. More may follow.
    public func digest() throws(ShangMiError) -> SM3Digest {
        let end = try MessageContext(copying: context)
        var digest = [UInt8](repeating: 0, count: SM3Digest.byteCount)
        try Libcrypto.require(EVP_DigestFinal_ex(end.pointer, &digest, nil), "EVP_DigestFinal_ex")
        return SM3Digest(bytes: digest)
    }
}
