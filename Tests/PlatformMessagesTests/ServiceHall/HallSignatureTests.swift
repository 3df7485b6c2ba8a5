import Primitives
import ShangMi
import Testing

@testable import PlatformMessages

@Suite("What the service hall signs and encrypts")
struct HallSignatureTests {
    @Test("the key and the cipher are those of the test vectors")
    func vectors() throws {
        #expect(try HallCipher.derived(Hall.application, Hall.secret) == "1D697335CA4A7315")
        let cipher = try HallCipher(application: Hall.application, secret: Hall.secret)
        #expect(try cipher.encrypt(#"{"a":"1"}"#) == "704C0A42C23CF45B384155279DCA44D5")
        #expect(try cipher.decrypt("704c0a42c23cf45b384155279dca44d5") == Array(#"{"a":"1"}"#.utf8))
        #expect(throws: ShangMiError.self) { try HallCipher(application: "SHORT", secret: Hall.secret) }
    }

    @Test(
        "the text has no empty value, sorted names, and the secret at its end",
        arguments: [
            (#"{"b":"2","A":"1"}"#, "A=1&b=2&"),
            (#"{"a":"","b":null,"c":0,"d":false}"#, "c=0&d=false&"),
            (#"{"signData":"x","encData":"y","extra":{"z":"1"},"a":"1"}"#, "a=1&"),
            (#"{"data":{"b":1.50,"a":true,"c":"","d":null}}"#, #"data={"a":"true","b":"1.50"}&"#),
            (
                #"{"data":{"medListCodg":"1","medcDays":"2","extra":"kept"}}"#,
                #"data={"extra":"kept","medcDays":"2","medListCodg":"1"}&"#
            ),
            (#"{"data":{"l":[{"b":"1","a":null},{"c":2}],"e":[],"o":{"x":""}}}"#, #"data={"l":[{"b":"1"},{"c":"2"}],"o":{}}&"#),
            (#"{"data":{"t":"a\"b\\\n中"}}"#, #"data={"t":"a\"b\\\n中"}&"#),
        ])
    func text(json: String, expected: String) throws {
        #expect(Hall.text(try JSONValue(parsing: json).members) == expected + "key=" + Hall.secret)
    }

    @Test("where a hall sorts by bytes, capitals stand first inside and not outside")
    func ordinal() throws {
        let members = try JSONValue(parsing: #"{"b":"2","C":"3","data":{"medcDays":"2","medListCodg":"1"}}"#).members
        #expect(
            HallText(order: .ordinal).text(of: members, key: "k") == #"b=2&C=3&data={"medListCodg":"1","medcDays":"2"}&key=k"#)
    }

    @Test("an envelope is signed over its plain content and names what it must", arguments: ["case-insensitive", "ordinal"])
    func envelope(order: String) throws {
        var account = Hall.account
        account.settings["sign-order"] = order
        let request = try Hall.dialect(account).request(telling: .checkPrescription(Told.prescription), stamped: Platforms.stamp)
        let envelope = try JSONValue(parsing: request.body)
        #expect(
            envelope.members.map(\.name) == [
                "appId", "encType", "signType", "timestamp", "transType", "version", "encData", "signData",
            ])
        #expect(envelope["timestamp"] == .number("1795311000000") && envelope["version"] == "1.0.0")
        let content = try Hall.content(of: request)
        let keyOrder = try #require(HallMap.KeyOrder(rawValue: order))
        let text = HallText(order: keyOrder).text(of: envelope.members + [.init("data", content)], key: Hall.secret)
        let signature = try SM2Signature(raw: Answered.base64(envelope["signData"]))
        #expect(Hall.own.publicKey.isValid(signature, of: Array(text.utf8), by: try SM2UserID(Array(Hall.secret.utf8))))
        #expect(!Hall.own.publicKey.isValid(signature, of: Array(text.utf8)))
    }
}
