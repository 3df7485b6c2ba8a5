import PlatformMessages
import Primitives
import Testing

@Suite("Who a patient is")
struct PersonalFieldTests {
    private static let secrets = ["张三丰", "330102199003070012", "33000000000000000001"]

    @Test("is told to the insurer and not kept", arguments: [PlatformUploadKind.sale, .saleReturn], [false, true])
    func requests(kind: PlatformUploadKind, isBatch: Bool) throws {
        let request = try InsurerPlatform.dialect()
            .request(telling: .upload(Told.upload(kind, isBatch: isBatch)), stamped: Platforms.stamp)
        let (sent, shown) = (String(decoding: request.body, as: UTF8.self), String(decoding: request.shownBody, as: UTF8.self))
        for secret in Self.secrets { #expect(sent.contains(secret) && !shown.contains(secret)) }
        #expect(shown.contains(#""psn_name":"***""#) && shown.contains("LY-17"))
    }

    @Test(
        "is not kept of answers either, whole or broken",
        arguments: [
            (
                #"{"psnName":"张三丰","certno" : "330102199003070012","psnNo":33000000000000000001}"#,
                #"{"psnName":"***","certno" : "***","psnNo":"***"}"#
            ),
            (#"{"psnName":"张\"三丰","x":"psnName"}"#, #"{"psnName":"***","x":"psnName"}"#),
            (#"{"psnName":"张三丰"#, #"{"psnName":"***""#),
            (#"{"psnName":"","certno":null}"#, #"{"psnName":"","certno":null}"#),
            ("<html>psnName 502</html>", "<html>psnName 502</html>"),
            (#"{"a":"\"psnName\":\"x\""}"#, #"{"a":"\"psnName\":\"x\""}"#),
        ])
    func answers(body: String, kept: String) throws {
        let shown = try InsurerPlatform.dialect().shown(Array(body.utf8))
        #expect(String(decoding: shown, as: UTF8.self) == kept)
    }

    @Test("stands in no description of what is told")
    func descriptions() {
        let upload = Told.upload(.sale)
        var text = "\(upload)"
        dump(upload, to: &text)
        for secret in Self.secrets { #expect(!text.contains(secret)) }
    }
}
