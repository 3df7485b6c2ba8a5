import Foundation
import ShangMi
import Testing

/// What the interfaces of the platforms make of these building blocks, to the byte.
@Suite("Cryptography as the platforms use it")
struct PlatformVectorsTests {
    @Test("an application's key is the first 16 digits of its secret, encrypted with its identifier")
    func derivedKey() throws {
        let applicationID = "DEMOAPPID0000001"
        let applicationSecret = "0123456789ABCDEFFEDCBA9876543210"
        let encrypted = try SM4Key(applicationID.utf8.prefix(16)).encrypt(applicationSecret.utf8, mode: .ecb)
        let derived = String(Hexadecimal.uppercase(encrypted).prefix(16))
        #expect(derived == "1D697335CA4A7315")

        let payload = try SM4Key(derived.utf8).encrypt(#"{"a":"1"}"#.utf8, mode: .ecb)
        #expect(Hexadecimal.uppercase(payload) == "704C0A42C23CF45B384155279DCA44D5")
        #expect(try SM4Key(derived.utf8).decrypt(payload, mode: .ecb) == Array(#"{"a":"1"}"#.utf8))
    }

    @Test("a message is signed by the application's secret as the user, and goes as DER in Base64")
    func signature() throws {
        let secret = try SM2UserID("0123456789ABCDEFFEDCBA9876543210".utf8)
        let text = "appId=DEMOAPPID0000001&timestamp=1700000000000&key=0123456789ABCDEFFEDCBA9876543210"
        let key = try SM2PrivateKey(hexadecimal: SM2Tests.Annex.scalar)
        let sent = Data(try key.sign(text.utf8, by: secret).der).base64EncodedString()
        let received = try SM2Signature(der: #require(Data(base64Encoded: sent)))
        #expect(key.publicKey.isValid(received, of: text.utf8, by: secret))
        #expect(!key.publicKey.isValid(received, of: text.utf8))
    }
}
