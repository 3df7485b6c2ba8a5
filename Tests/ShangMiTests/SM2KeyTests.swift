import Primitives
import ShangMi
import Testing

@Suite("SM2 keys")
struct SM2KeyTests {
    /// `openssl genpkey -algorithm SM2`, its number and its public key, also with the point compressed.
    static let privatePEM = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqBHM9VAYItBG0wawIBAQQgezyyQOGRsvnrw0zl
        rQ5pem9E5KpRB30rSM6lOFzSn/mhRANCAAQCfCTQ/zyo12T7yKQOQcBQquFcuL69
        SjbgyZohPQ0X4C53IYoQrY6+egD78mTmzJ8Jyvj8MdQVNauoxn3yI/gf
        -----END PRIVATE KEY-----

        """
    static let scalar = "7b3cb240e191b2f9ebc34ce5ad0e697a6f44e4aa51077d2b48cea5385cd29ff9"
    static let publicPEM = """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoEcz1UBgi0DQgAEAnwk0P88qNdk+8ikDkHAUKrhXLi+
        vUo24MmaIT0NF+AudyGKEK2OvnoA+/Jk5syfCcr4/DHUFTWrqMZ98iP4Hw==
        -----END PUBLIC KEY-----

        """
    static let compressedPEM = """
        -----BEGIN PUBLIC KEY-----
        MDkwEwYHKoZIzj0CAQYIKoEcz1UBgi0DIgADAnwk0P88qNdk+8ikDkHAUKrhXLi+
        vUo24MmaIT0NF+A=
        -----END PUBLIC KEY-----
        """
    static let encryptedPEM = """
        -----BEGIN ENCRYPTED PRIVATE KEY-----
        MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAivSHNVS/FHgAICCAAw
        DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEDBhHTan16VVMXto+TOUt+oEgZBV
        u7ndoU3kW4ZELAuOmTunIE0FJ/SEKUJbUjs5Sx1mAYkcpx8zGiBe4rcHmzvbi4z1
        5jLEDR/VvwGiytbziyaHcR9pdoTnRK07sk/iDpVEhm86rlJt/viZ8eRndwZHkkdq
        5LklrD4wZjar4a51Yl1HSI+TCpx9tcnpuIrcBMaa85Ij1reJB1jHKbBEZhXA76E=
        -----END ENCRYPTED PRIVATE KEY-----
        """
    /// A key of the curve P-256.
    static let otherCurvePEM = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgZgr5sQCvYQOYFaFN
        +rJWURnPZSfHzuT8YAqm7WUg/w+hRANCAATglGY4NgyVQeMtexeLPMVq8Z54UHtV
        X0rmMxnKPqJuuQZpeaUTPVx7FPcDJzT0C6u9WeiKFU2daQcj2G6PJFyP
        -----END PRIVATE KEY-----
        """

    @Test("a key from PEM is the key that openssl wrote, and is written as it was")
    func pem() throws {
        let key = try SM2PrivateKey(pem: Self.privatePEM)
        #expect(Hexadecimal.lowercase(key.scalar) == Self.scalar)
        #expect(try key.pem() == Self.privatePEM)
        #expect(try key.publicKey.pem() == Self.publicPEM)
        #expect(try SM2PublicKey(pem: Self.publicPEM) == key.publicKey)
        #expect(try SM2PublicKey(pem: Self.compressedPEM) == key.publicKey)
        #expect(try key.publicKey.isValid(SM2PrivateKey(hexadecimal: Self.scalar.uppercased()).sign([1]), of: [1]))
    }

    @Test("a public key is read with and without its first byte")
    func points() throws {
        let key = try SM2PublicKey(pem: Self.publicPEM)
        #expect(key.hexadecimal.hasPrefix("04027c24d0") && key.hexadecimal.utf8.count == 130)
        #expect(key.description == key.hexadecimal)
        #expect(try SM2PublicKey(hexadecimal: key.hexadecimal.uppercased()) == key)
        #expect(try SM2PublicKey(hexadecimal: String(key.hexadecimal.dropFirst(2))) == key)
        #expect(try SM2PublicKey(point: key.point.dropFirst()) == key)
    }

    @Test("new keys differ, sign, and come back from what is kept of them")
    func generation() throws {
        let keys = try (0..<10).map { _ in try SM2PrivateKey.generate() }
        #expect(Set(keys.map(\.publicKey)).count == keys.count)
        for key in keys {
            #expect(key.scalar.count == 32)
            #expect(try SM2PrivateKey(pem: key.pem()).scalar == key.scalar)
            #expect(try SM2PrivateKey(scalar: key.scalar).publicKey == key.publicKey)
            #expect(try SM2PublicKey(pem: key.publicKey.pem()) == key.publicKey)
            #expect(try key.publicKey.isValid(key.sign("x".utf8), of: "x".utf8))
        }
    }

    @Test(
        "a private key is a number from 1 through n − 2",
        arguments: [
            ("0000000000000000000000000000000000000000000000000000000000000000", false),
            ("0000000000000000000000000000000000000000000000000000000000000001", true),
            ("fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54121", true),
            ("fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54122", false),
            ("fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123", false),
            ("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", false),
            ("01", false), ("", false), ("00000000000000000000000000000000000000000000000000000000000000000001", false),
        ])
    func range(hexadecimal: String, isKey: Bool) throws {
        guard isKey else {
            #expect(throws: ShangMiError.privateKeyOutOfRange) { try SM2PrivateKey(hexadecimal: hexadecimal) }
            return
        }
        let key = try SM2PrivateKey(hexadecimal: hexadecimal)
        #expect(try key.publicKey.isValid(key.sign([1]), of: [1]))
    }

    @Test("what is no private key of SM2 in PKCS#8 is not read, and nobody is asked for a passphrase")
    func unreadablePrivateKeys() {
        let cut = String(Self.privatePEM.dropLast(40))
        for pem in ["", "x", cut, Self.publicPEM, Self.encryptedPEM, Self.otherCurvePEM] {
            #expect(throws: ShangMiError.privateKeyUnreadable) { try SM2PrivateKey(pem: pem) }
        }
    }

    @Test("what is no public key of SM2 is not read, nor is a point beside the curve")
    func unreadablePublicKeys() throws {
        for pem in ["", "x", String(Self.publicPEM.dropLast(40)), Self.privatePEM, Self.otherCurvePEM] {
            #expect(throws: ShangMiError.publicKeyUnreadable) { try SM2PublicKey(pem: pem) }
        }
        let point = try SM2PublicKey(pem: Self.publicPEM).point
        var beside = point
        beside[64] ^= 1
        let compressed = [3] + Array(point[1...32])
        let hybrid = [7] + Array(point.dropFirst())
        let others: [[UInt8]] = [[0], [], point.dropLast(), point + [0], Array(repeating: 0, count: 64)]
        for point in [beside, compressed, hybrid] + others {
            #expect(throws: ShangMiError.publicKeyUnreadable) { try SM2PublicKey(point: point) }
        }
        #expect(throws: ShangMiError.hexadecimalMalformed) { try SM2PublicKey(hexadecimal: "04g") }
        #expect(throws: ShangMiError.hexadecimalMalformed) { try SM2PrivateKey(hexadecimal: String(Self.scalar.dropLast())) }
    }
}
