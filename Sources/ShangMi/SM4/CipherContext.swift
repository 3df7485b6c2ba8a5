import COpenSSL

/// Owns one `EVP_CIPHER_CTX`, in which SM4 encrypts or decrypts one message.
final class CipherContext {
    enum Direction: Int32 {
        case decryption = 0
        case encryption = 1
    }

    private let pointer: OpaquePointer

    init(_ direction: Direction, key: [UInt8], mode: SM4Mode, padding: SM4Padding) throws(ShangMiError) {
        pointer = try Libcrypto.require(EVP_CIPHER_CTX_new(), "EVP_CIPHER_CTX_new")
        switch mode {
        case .ecb:
            try Libcrypto.require(
                EVP_CipherInit_ex(pointer, EVP_sm4_ecb(), nil, key, nil, direction.rawValue), "EVP_CipherInit_ex")
        case .cbc(let vector):
            guard vector.count == SM4Key.byteCount else { throw .initialisationVectorLength(found: vector.count) }
            try Libcrypto.require(
                EVP_CipherInit_ex(pointer, EVP_sm4_cbc(), nil, key, vector, direction.rawValue), "EVP_CipherInit_ex")
        }
        try Libcrypto.require(EVP_CIPHER_CTX_set_padding(pointer, padding == .pkcs7 ? 1 : 0), "EVP_CIPHER_CTX_set_padding")
    }

    deinit { EVP_CIPHER_CTX_free(pointer) }

    /// Takes all of the message and gives what can be given before the end is known.
    func update(_ message: [UInt8]) throws(ShangMiError) -> [UInt8] {
        guard message.count <= Int(Int32.max) - SM4Key.byteCount else { throw .length(found: message.count) }
        var output = [UInt8](repeating: 0, count: message.count + SM4Key.byteCount)
        var length: Int32 = 0
        try Libcrypto.require(EVP_CipherUpdate(pointer, &output, &length, message, Int32(message.count)), "EVP_CipherUpdate")
        output.removeLast(output.count - Int(length))
        return output
    }

    /// The last block.
    func finish() throws(ShangMiError) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: SM4Key.byteCount)
        var length: Int32 = 0
        try Libcrypto.require(EVP_CipherFinal_ex(pointer, &output, &length), "EVP_CipherFinal_ex")
        return Array(output.prefix(Int(length)))
    }
}
