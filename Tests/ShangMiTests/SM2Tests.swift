import Primitives
import ShangMi
import Testing

@Suite("SM2 signatures")
struct SM2Tests {
    /// GB/T 32918.5-2017, annex A: signer ALICE's key, "message digest" by the standard user.
    enum Annex {
        static let scalar = "3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8"
        static let point =
            "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
            + "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"
        static let signature =
            "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
            + "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"
        static let message = "message digest"
    }

    @Test("verifies the signature of the standard")
    func vector() throws {
        let key = try SM2PublicKey(hexadecimal: Annex.point)
        let signature = try SM2Signature(raw: Hexadecimal.bytes(of: Annex.signature))
        #expect(key.isValid(signature, of: Annex.message.utf8))
        #expect(try key.isValid(SM2Signature(der: signature.der), of: Annex.message.utf8, by: SM2UserID("1234567812345678".utf8)))
        #expect(!key.isValid(signature, of: "message digesT".utf8))
        #expect(try SM2PrivateKey(hexadecimal: Annex.scalar).publicKey == key)
    }

    @Test("what is signed verifies with the same message, user and key only", arguments: UInt64(0)..<20)
    func signing(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let key = try random.privateKey()
        let user = try SM2UserID(random.bytes([0, 1, 16, 32, 8_190].randomElement(using: &random) ?? 0))
        let message = random.bytes([0, 1, 55, 64, 500].randomElement(using: &random) ?? 0)
        let signature = try key.sign(message, by: user)
        #expect(key.publicKey.isValid(signature, of: message, by: user))
        #expect(try key.publicKey.isValid(SM2Signature(der: signature.der), of: message, by: user))
        #expect(!key.publicKey.isValid(signature, of: message + [0], by: user))
        #expect(try !key.publicKey.isValid(signature, of: message, by: SM2UserID(random.bytes(17))))
        #expect(!key.publicKey.isValid(signature, of: message))
        #expect(try !random.privateKey().publicKey.isValid(signature, of: message, by: user))
        #expect(try key.sign(message, by: user) != signature)
    }

    @Test("a signature with any bit turned does not verify")
    func tampering() throws {
        let key = try SM2PublicKey(hexadecimal: Annex.point)
        let raw = try Hexadecimal.bytes(of: Annex.signature)
        for place in raw.indices {
            var tampered = raw
            tampered[place] ^= 1 << (place % 8)
            #expect(try !key.isValid(SM2Signature(raw: tampered), of: Annex.message.utf8), "byte \(place)")
        }
        let n = try Hexadecimal.bytes(of: "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123")
        let zero = [UInt8](repeating: 0, count: 32)
        let (r, s) = (Array(raw.prefix(32)), Array(raw.suffix(32)))
        for (r, s) in [(zero, zero), (zero, s), (r, zero), (n, s), (r, n), (n, n)] {
            #expect(try !key.isValid(SM2Signature(raw: r + s), of: Annex.message.utf8))
        }
    }

    @Test("numbers are written in DER as short as they can be, and read back")
    func encoding() throws {
        let zeros = [UInt8](repeating: 0, count: 31)
        let small = try SM2Signature(raw: zeros + [0x7f] + zeros + [0x80])
        #expect(Hexadecimal.lowercase(small.der) == "300702017f02020080")
        #expect(try SM2Signature(raw: zeros + [0] + zeros + [1]).der == [0x30, 6, 2, 1, 0, 2, 1, 1])
        #expect(try SM2Signature(raw: [UInt8](repeating: 0xff, count: 64)).der.count == 72)
        var random = SeededGenerator(seed: 3)
        for _ in 0..<1_000 {
            var raw = random.bytes(64)
            for start in [0, 32] {
                for place in 0..<Int.random(in: 0...3, using: &random) { raw[start + place] = 0 }
            }
            let signature = try SM2Signature(raw: raw)
            #expect(try SM2Signature(der: signature.der) == signature)
        }
    }

    @Test(
        "what is not DER of two numbers is not a signature",
        arguments: [
            "", "30", "3000", "3003020101", "30060201010201", "3006020101020101ff", "3006020101030101", "3106020101020101",
            "3007020101020101", "300702020001020101", "3006020181020101", "308106020101020101", "3080020101020101",
            "30060200020101", "3009020101020101020101",
        ])
    func malformed(hexadecimal: String) throws {
        let der = try Hexadecimal.bytes(of: hexadecimal)
        #expect(throws: ShangMiError.signatureMalformed) { try SM2Signature(der: der) }
    }

    @Test("a signature that is cut off, has more behind it or too large a number is none")
    func wrongLengths() throws {
        let signature = try SM2Signature(raw: Hexadecimal.bytes(of: Annex.signature))
        for length in 0..<signature.der.count {
            #expect(throws: ShangMiError.signatureMalformed) { try SM2Signature(der: signature.der.prefix(length)) }
        }
        #expect(throws: ShangMiError.signatureMalformed) { try SM2Signature(der: signature.der + [0]) }
        let large: [UInt8] = [2, 33] + [UInt8](repeating: 1, count: 33)
        #expect(throws: ShangMiError.signatureMalformed) { try SM2Signature(der: [0x30, 38] + large + [2, 1, 1]) }
        for count in [0, 63, 65] {
            #expect(throws: ShangMiError.signatureMalformed) { try SM2Signature(raw: [UInt8](repeating: 1, count: count)) }
        }
    }

    @Test("a user id has at most 8,190 bytes")
    func userIDs() throws {
        #expect(throws: ShangMiError.userIDTooLong(found: 8_191)) { try SM2UserID([UInt8](repeating: 1, count: 8_191)) }
        let key = try SM2PrivateKey(hexadecimal: Annex.scalar)
        let longest = try SM2UserID([UInt8](repeating: 1, count: SM2UserID.bytesMax))
        #expect(try key.publicKey.isValid(key.sign([1], by: longest), of: [1], by: longest))
    }
}

extension SeededGenerator {
    mutating func privateKey() throws -> SM2PrivateKey { try SM2PrivateKey(scalar: [1] + bytes(31)) }
}
