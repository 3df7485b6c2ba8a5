import Primitives
import ShangMi
import Testing

@Suite("Secrets of the module")
struct SecretsTests {
    static let secret = [UInt8](repeating: 0xa7, count: 16)

    @Test("no description, reflection or dump shows a secret")
    func descriptions() throws {
        let key = try SM2PrivateKey(scalar: Self.secret + Self.secret)
        let values: [Any] = [
            key, try SM4Key(Self.secret), SM3AuthenticationKey(Self.secret), try SM2UserID(Self.secret),
            [try SM4Key(Self.secret)], (1, key),
        ]
        for value in values {
            var dumped = ""
            dump(value, to: &dumped)
            for text in ["\(value)", String(describing: value), String(reflecting: value), dumped] {
                #expect(text.contains("(not shown)"), "\(type(of: value)): \(text)")
                #expect(!text.contains("167") && !text.lowercased().contains("a7a7"), "\(type(of: value)): \(text)")
            }
        }
    }

    @Test(
        "every error says in a sentence what was wrong",
        arguments: [
            .hexadecimalMalformed, .keyLength(found: 3), .initialisationVectorLength(found: 3), .length(found: 3), .padding,
            .privateKeyOutOfRange, .privateKeyUnreadable, .publicKeyUnreadable, .signatureMalformed, .userIDTooLong(found: 9_000),
            .library(call: "EVP_Digest", reason: "malloc failure"),
        ] as [ShangMiError])
    func errors(error: ShangMiError) {
        #expect(error.description.count > 20)
    }

    @Test("hexadecimal text is read in either case, in pairs only")
    func hexadecimal() throws {
        let bytes = (0...255).map { UInt8($0) }
        #expect(try Hexadecimal.bytes(of: Hexadecimal.lowercase(bytes)) == bytes)
        #expect(try Hexadecimal.bytes(of: Hexadecimal.uppercase(bytes)) == bytes)
        #expect(Hexadecimal.lowercase([0x0a, 0xff]) == "0aff" && Hexadecimal.uppercase([0x0a, 0xff]) == "0AFF")
        #expect(try Hexadecimal.bytes(of: "") == [])
        for text in ["0", "000", "0g", "/0", ":0", "@0", "`0", "G0", " 00", "00\n", "０0", "0x00"] {
            #expect(throws: ShangMiError.hexadecimalMalformed) { try Hexadecimal.bytes(of: text) }
        }
    }
}
