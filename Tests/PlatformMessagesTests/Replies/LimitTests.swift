import PlatformMessages
import Testing

@Suite("An answer that is no answer is unclear")
struct LimitTests {
    @Test(
        "in JSON",
        arguments: [
            Case("nothing", Answers.of(""), "unclear"),
            Case("blank", Answers.of("  \n"), "unclear"),
            Case("null", Answers.of("null"), "unclear"),
            Case("a list", Answers.of("[]"), "unclear"),
            Case("cut off", Answers.of(#"{"infcode":"0","output":{"data":{"returnCode":0,"PurcCode":"2026112200"#), "unclear"),
            Case("more behind it", Answers.of(#"{"infcode":"0"}{}"#), "unclear"),
            Case("a name twice", Answers.of(#"{"infcode":"0","infcode":"1"}"#), "unclear"),
            Case(
                "no UTF-8", PlatformAnswer(status: 200, body: Array(#"{"infcode":""#.utf8) + [0xFF] + Array(#""}"#.utf8)), "unclear"
            ),
            Case("a page for people", Answers.of("<html><body>502 Bad Gateway</body></html>"), "unclear"),
            Case("too deep", Answers.of(#"{"infcode":"0","x":"# + nested("[", "]", 65) + "}"), "unclear"),
            Case("far too deep", Answers.of(nested("[", "]", 100_000)), "unclear"),
            Case("too large", Answers.of(#"{"infcode":"0","x":""# + String(repeating: "a", count: 8 << 20) + #""}"#), "unclear"),
        ])
    func json(example: Case) throws {
        let dialect = try Platforms.dialect("zhejiang-drugs")
        #expect(dialect.reply(in: example.answer, to: .createOrder(Told.order), stamped: Platforms.stamp).kind == example.kind)
        #expect(dialect.page(in: example.answer, to: .catalogue, after: nil, stamped: Platforms.stamp).kind == "unclear")
        guard case .unclear = dialect.token(in: example.answer) else {
            Issue.record("\(example.name)")
            return
        }
    }

    @Test("an answer at its limits is read")
    func atLimits() throws {
        let dialect = try Platforms.dialect("zhejiang-drugs")
        let deep = #"{"infcode":"0","x":"# + Self.nested("[", "]", 64) + #","output":{"data":{"returnCode":1,"returnMsg":"x"}}}"#
        #expect(dialect.reply(in: Answers.of(deep), to: .createOrder(Told.order), stamped: Platforms.stamp).kind == "refused")
        let start = #"{"infcode":"0","output":{"data":{"returnCode":1}},"x":""#
        let large = start + String(repeating: "a", count: (8 << 20) - start.utf8.count - 2) + #""}"#
        #expect(dialect.reply(in: Answers.of(large), to: .createOrder(Told.order), stamped: Platforms.stamp).kind == "refused")
    }

    private static let document = "<XMLDATA><HEAD><ZTCLJG>00000</ZTCLJG><BZXX>m-000001</BZXX></HEAD></XMLDATA>"

    @Test(
        "in XML",
        arguments: [
            Case("nothing", Answers.of(""), "unclear"),
            Case("no envelope", Answers.of(document), "unclear"),
            Case("cut off", Answers.of(String(decoding: Answers.envelope(document).body.dropLast(12), as: UTF8.self)), "unclear"),
            Case("a fault", Answers.of(envelope("<s:Fault><faultcode>x</faultcode></s:Fault>")), "unclear"),
            Case("nothing in it", Answers.of(envelope("")), "unclear"),
            Case("of the other service", envelope(of: "SendRecvResponse"), "unclear"),
            Case("of no service", envelope(of: "otherResponse"), "unclear"),
            Case("an empty document", Answers.envelope(""), "unclear"),
            Case("another document", Answers.envelope("<ERROR/>"), "unclear"),
            Case("no HEAD", Answers.envelope("<XMLDATA><MAIN/></XMLDATA>"), "unclear"),
            Case(
                "HEAD twice", Answers.envelope(document.replacing("</HEAD>", with: "</HEAD><HEAD><ZTCLJG>1</ZTCLJG></HEAD>")),
                "unclear"),
            Case("a code twice", Answers.envelope(document.replacing("</ZTCLJG>", with: "</ZTCLJG><ZTCLJG>1</ZTCLJG>")), "unclear"),
            Case("MAIN twice", Answers.soap("<MAIN/><MAIN/>"), "unclear"),
            Case("DETAIL with something else", Answers.soap("<DETAIL><ROW/></DETAIL>"), "unclear"),
            Case("an element within", Answers.soap("<MAIN><DDBH><X/></DDBH></MAIN>"), "unclear"),
            Case("a document type", Answers.envelope("<!DOCTYPE XMLDATA>" + document), "unclear"),
            Case(
                "an entity", Answers.envelope("<!DOCTYPE X [<!ENTITY a \"00000\">]>" + document.replacing("00000", with: "&a;")),
                "unclear"),
            Case("too deep", Answers.soap("<MAIN>" + nested("<X>", "</X>", 64) + "</MAIN>"), "unclear"),
            Case("too large", Answers.of(String(repeating: " ", count: (8 << 20) + 1)), "unclear"),
            Case("sound", Answers.envelope(document), "done"),
        ])
    func xml(example: Case) throws {
        let dialect = try Platforms.dialect("shanghai-drugs")
        let reply = dialect.reply(in: example.answer, to: .sendOrder(Told.draft), stamped: Platforms.stamp)
        #expect(reply.kind == example.kind, "\(reply)")
    }

    private static func nested(_ open: String, _ close: String, _ times: Int) -> String {
        String(repeating: open, count: times) + String(repeating: close, count: times)
    }

    private static func envelope(_ body: String) -> String {
        "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>\(body)</s:Body></s:Envelope>"
    }

    private static func envelope(of element: String) -> PlatformAnswer {
        let escaped = document.replacing("<", with: "&lt;")
        let body =
            "<n:\(element) xmlns:n=\"http://main.service.local.wondersgroup.com/\"><return>\(escaped)</return></n:\(element)>"
        return Answers.of(envelope(body))
    }
}
