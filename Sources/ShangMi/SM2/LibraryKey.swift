import COpenSSL

/// Owns one `EVP_PKEY`: a key of SM2 as libcrypto has it. It lives for one call, so that the keys outside are plain values.
final class LibraryKey {
    enum Format {
        case pem, der

        /// libcrypto's, which lasts forever.
        var name: UnsafePointer<CChar>? { self == .pem ? sm2_name_pem() : sm2_name_der() }
    }

    /// What a key is written as: PKCS#8 or SubjectPublicKeyInfo.
    enum Structure {
        case privateKey, publicKey

        /// libcrypto's, which lasts forever.
        var name: UnsafePointer<CChar>? { self == .privateKey ? sm2_name_private_key() : sm2_name_public_key() }
        var selection: Int32 { self == .privateKey ? sm2_selection_key_pair() : sm2_selection_public_key() }
    }

    let pointer: OpaquePointer

    private init(owning pointer: OpaquePointer) { self.pointer = pointer }

    deinit { EVP_PKEY_free(pointer) }

    static func generated() throws(ShangMiError) -> LibraryKey {
        let context = try Context()
        try Libcrypto.require(EVP_PKEY_keygen_init(context.pointer), "EVP_PKEY_keygen_init")
        var key: OpaquePointer?
        try Libcrypto.require(EVP_PKEY_generate(context.pointer, &key), "EVP_PKEY_generate")
        return LibraryKey(owning: try Libcrypto.require(key, "EVP_PKEY_generate"))
    }

    /// - Parameters:
    ///   - point: 65 bytes; libcrypto refuses what is not on the curve.
    ///   - scalar: 32 bytes, for a key that can sign.
    convenience init(point: [UInt8], scalar: [UInt8]?) throws(ShangMiError) {
        let context = try Context()
        try Libcrypto.require(EVP_PKEY_fromdata_init(context.pointer), "EVP_PKEY_fromdata_init")
        var point = point
        var number = scalar.map { 1.littleEndian == 1 ? $0.reversed() : $0 } ?? []
        var key: OpaquePointer?
        let result = point.withUnsafeMutableBufferPointer { point in
            number.withUnsafeMutableBufferPointer { number in
                var parameters = [sm2_parameter_group(), sm2_parameter_point(point.baseAddress, point.count)]
                if scalar != nil { parameters.append(sm2_parameter_scalar(number.baseAddress, number.count)) }
                parameters.append(OSSL_PARAM_construct_end())
                let structure = scalar == nil ? Structure.publicKey : .privateKey
                return EVP_PKEY_fromdata(context.pointer, &key, structure.selection, &parameters)
            }
        }
        try Libcrypto.require(result, "EVP_PKEY_fromdata")
        self.init(owning: try Libcrypto.require(key, "EVP_PKEY_fromdata"))
    }

    /// `nil` when `bytes` do not begin with a key of SM2 of this kind, text before it apart.
    convenience init?(decoding bytes: [UInt8], as format: Format, _ structure: Structure) {
        defer { Libcrypto.forgetFailures() }
        // The decoder keeps the address and writes to it later.
        let place = UnsafeMutablePointer<OpaquePointer?>.allocate(capacity: 1)
        place.initialize(to: nil)
        defer { place.deallocate() }
        guard
            let decoder = OSSL_DECODER_CTX_new_for_pkey(
                place, format.name, structure.name, sm2_name_algorithm(), structure.selection, nil, nil)
        else { return nil }
        defer { OSSL_DECODER_CTX_free(decoder) }
        let decoded = bytes.withUnsafeBufferPointer { bytes in
            var next = bytes.baseAddress
            var left = bytes.count
            return OSSL_DECODER_from_data(decoder, &next, &left)
        }
        guard let key = place.pointee else { return nil }
        self.init(owning: key)
        guard decoded == 1, EVP_PKEY_is_a(key, sm2_name_algorithm()) == 1 else { return nil }
    }

    /// The point of a private key: 65 bytes. libcrypto computes it for a PKCS#8 that tells only the scalar.
    static func point(ofScalar scalar: [UInt8]) throws(ShangMiError) -> [UInt8] {
        let head: [UInt8] = [
            0x30, 0x41, 0x02, 0x01, 0x00,  // version 0
            0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01,  // a public key on a curve,
            0x06, 0x08, 0x2a, 0x81, 0x1c, 0xcf, 0x55, 0x01, 0x82, 0x2d,  // which is sm2p256v1
            0x04, 0x27, 0x30, 0x25, 0x02, 0x01, 0x01, 0x04, 0x20,  // version 1 of the key, 32 bytes
        ]
        guard let key = LibraryKey(decoding: head + scalar, as: .der, .privateKey) else { throw .privateKeyOutOfRange }
        return try key.point
    }

    /// 65 bytes, also of a key that came with its point compressed.
    var point: [UInt8] {
        get throws(ShangMiError) {
            try [0x04] + number(OSSL_PKEY_PARAM_EC_PUB_X) + number(OSSL_PKEY_PARAM_EC_PUB_Y)
        }
    }

    /// 32 bytes.
    var scalar: [UInt8] {
        get throws(ShangMiError) { try number(OSSL_PKEY_PARAM_PRIV_KEY) }
    }

    func pem(_ structure: Structure) throws(ShangMiError) -> String {
        let encoder = try Libcrypto.require(
            OSSL_ENCODER_CTX_new_for_pkey(pointer, structure.selection, Format.pem.name, structure.name, nil),
            "OSSL_ENCODER_CTX_new_for_pkey")
        defer { OSSL_ENCODER_CTX_free(encoder) }
        var text: UnsafeMutablePointer<UInt8>?
        var length = 0
        try Libcrypto.require(OSSL_ENCODER_to_data(encoder, &text, &length), "OSSL_ENCODER_to_data")
        defer { CRYPTO_clear_free(text, length, #file, #line) }
        return String(decoding: UnsafeBufferPointer(start: text, count: length), as: UTF8.self)
    }

    private func number(_ name: String) throws(ShangMiError) -> [UInt8] {
        var number: OpaquePointer?
        let result = EVP_PKEY_get_bn_param(pointer, name, &number)
        defer { BN_clear_free(number) }
        try Libcrypto.require(result, "EVP_PKEY_get_bn_param")
        var bytes = [UInt8](repeating: 0, count: 32)
        guard BN_bn2binpad(number, &bytes, Int32(bytes.count)) == Int32(bytes.count) else { throw .privateKeyOutOfRange }
        return bytes
    }

    /// Owns one `EVP_PKEY_CTX` for SM2, in which a key is made.
    private final class Context {
        let pointer: OpaquePointer

        init() throws(ShangMiError) {
            pointer = try Libcrypto.require(
                EVP_PKEY_CTX_new_from_name(nil, sm2_name_algorithm(), nil), "EVP_PKEY_CTX_new_from_name")
        }

        deinit { EVP_PKEY_CTX_free(pointer) }
    }
}
