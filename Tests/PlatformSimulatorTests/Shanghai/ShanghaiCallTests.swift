import PlatformSimulator
import StrictXML
import Testing

@Suite("Shanghai: who is let in, and what a message must look like")
struct ShanghaiCallTests {
    @Test("a request written by hand, with a signature from elsewhere, is answered; the remark comes back unchanged")
    func literalRequest() async throws {
        try await Office.open { office in
            let document = """
                <?xml version="1.0" encoding="utf-8"?><XMLDATA><HEAD><IP>10.1.2.3</IP><MAC>0A1B2C3D4E5F</MAC><BZXX>中文备注</BZXX></HEAD>\
                <MAIN><DDBH>20261122000000000099</DDBH><DDMXBH></DDMXBH></MAIN></XMLDATA>
                """
            let body = """
                <S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>\
                <ns2:sendRecv xmlns:ns2="http://main.service.local.wondersgroup.com/"><arg0>H330001</arg0><arg1>a shared secret</arg1>\
                <arg2>H330001</arg2><arg3>1.0.0.0</arg3><arg4>YY021</arg4><arg5>3F5C301636B7E2D9B4A045987CFDB2BAFBC14C86</arg5>\
                <arg6>\(document.replacing("<", with: "&lt;"))</arg6></ns2:sendRecv></S:Body></S:Envelope>
                """
            office.sendShanghai(body)
            let answer = try #require(office.wire.answer())
            #expect(answer.status == 200 && answer.headers["content-type"] == "text/xml;charset=UTF-8")
            #expect(answer.text.hasPrefix(#"<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/""#))
            let message = try Office.message(answer)
            #expect(message.result == "22008")
            #expect(message.at("HEAD", "BZXX")?.text == "中文备注" && message.at("HEAD", "JSSJ")?.text == "20261122/100000/")
        }
    }

    static let document = Office.document("<DDBH>20261122000000000099</DDBH>")

    @Test("what is no call, and whose call it is not", arguments: [
        ("<a/>", nil), ("{}", nil),
        (Office.call("YY021", document, user: "nobody", password: "a shared secret", institution: "H330001"), "11003"),
        (Office.call("YY021", document, user: "H330001", password: "wrong", institution: "H330001"), "11003"),
        (Office.call("YY021", document, user: "H330001", password: "a shared secret", institution: "H330002"), "11003"),
        (Office.call("YY999", document, user: "H330001", password: "a shared secret", institution: "H330001"), "11004"),
        (
            Office.call(
                "YY021", document, user: "H330001", password: "a shared secret", institution: "H330001", version: "2"), "11006"
        ),
        (
            Office.call(
                "YY021", document, user: "H330001", password: "a shared secret", institution: "H330001",
                signature: Office.sha1(document).lowercased()), "11005"
        ),
        (Office.call("YY021", "<DATA", user: "H330001", password: "a shared secret", institution: "H330001"), "11006"),
    ])
    func callers(call: String, code: String?) async throws {
        try await Office.open { office in
            office.sendShanghai(call)
            let answer = try #require(office.wire.answer())
            guard let code else {
                #expect(answer.status == 500 && answer.text.contains("soap:Fault"))
                return
            }
            #expect(try Office.message(answer).result == code)
        }
    }

    @Test("in which digits a signature may come is an option", arguments: [
        (ShanghaiOptions.SignatureCase.upper, true, false), (.lower, false, true), (.either, true, true),
    ])
    func signatureCase(option: ShanghaiOptions.SignatureCase, upper: Bool, lower: Bool) async throws {
        var options = Office.options
        options.shanghai.signatureCase = option
        try await Office.open(options) { office in
            let signature = Office.sha1(Self.document)
            for (signature, isGood) in [(signature, upper), (signature.lowercased(), lower)] {
                office.sendShanghai(
                    Office.call(
                        "YY021", Self.document, user: "H330001", password: "a shared secret", institution: "H330001",
                        signature: signature))
                let message = try Office.message(try #require(office.wire.answer()))
                #expect(message.result == (isGood ? "22008" : "11005"))
            }
        }
    }

    @Test("what is not in the defined format", arguments: [
        "<XMLDATA><HEAD><IP>1.2.3.4</IP><MAC>0A1B2C3D4E5F</MAC></HEAD></XMLDATA>",
        "<XMLDATA><MAIN><DDBH>1</DDBH></MAIN></XMLDATA>",
        "<XMLDATA><HEAD><IP>1.2.3</IP><MAC>0A1B2C3D4E5F</MAC></HEAD><MAIN><DDBH>1</DDBH></MAIN></XMLDATA>",
        "<XMLDATA><HEAD><IP>1.2.3.4</IP><MAC>0A-1B-2C-3D-4E-5F</MAC></HEAD><MAIN><DDBH>1</DDBH></MAIN></XMLDATA>",
        "<XMLDATA>\(Office.head)<MAIN><DDBH></DDBH></MAIN></XMLDATA>", "<XMLDATA>\(Office.head)<MAIN><DDBH>123456789012345678901</DDBH></MAIN></XMLDATA>",
        "<XMLDATA>\(Office.head)<MAIN><DDBH>1</DDBH><DDBH>1</DDBH></MAIN></XMLDATA>",
        "<XMLDATA>\(Office.head)<MAIN><DDBH>1</DDBH><OTHER/></MAIN></XMLDATA>",
        "<XMLDATA>\(Office.head)<MAIN><DDBH><B/></DDBH></MAIN></XMLDATA>",
        "<XMLDATA>\(Office.head)<MAIN><DDBH>1</DDBH></MAIN><DETAIL><ROW/></DETAIL></XMLDATA>",
        "<XMLDATA>\(Office.head)<MAIN><DDBH>1</DDBH></MAIN><DETAIL><STRUCT/></DETAIL></XMLDATA>",
        "<DATA>\(Office.head)<MAIN><DDBH>1</DDBH></MAIN></DATA>",
    ])
    func format(document: String) async throws {
        try await Office.open { office in
            office.sendShanghai(
                Office.call("YY021", document, user: "H330001", password: "a shared secret", institution: "H330001"))
            let message = try Office.message(try #require(office.wire.answer()))
            #expect(message.result == "11006")
        }
    }
}
