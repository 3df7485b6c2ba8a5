import PlatformMessages
import Testing

@Suite("What Zhejiang answers to a draft")
struct ZhejiangCreateTests {
    private static let first = #"{"returnCode":0,"hospPurcDetlId":"CG-2026-000001/1","purcPlanDetId":"11"}"#
    private static let second = #"{"returnCode":"0","hospPurcDetlId":"CG-2026-000001/2","purcPlanDetId":"12"}"#
    private static let refused = #"{"returnCode":7,"returnMsg":"未挂网","hospPurcDetlId":"CG-2026-000001/2"}"#

    private static func data(_ lines: String..., code: String = "0", purc: String = #","purcCode":"P1""#) -> String {
        #"{"returnCode":\#(code),"returnMsg":"说明"\#(purc),"dataList":[\#(lines.joined(separator: ","))]}"#
    }

    @Test(
        "is believed only when it is whole",
        arguments: [
            Case("both lines", Answers.json(data(first, second)), "done"),
            Case("lines in another order", Answers.json(data(second, first)), "done"),
            Case("a line refused", Answers.json(data(first, refused)), "done"),
            Case("infcode as a number", Answers.json(data(first, second), infcode: "0"), "done"),
            Case("the other spelling", Answers.json(data(first, second, purc: #","PurcCode":"P1""#)), "done"),
            Case("both spellings, the same", Answers.json(data(first, second, purc: #","purcCode":"P1","PurcCode":"P1""#)), "done"),
            Case(
                "both spellings, different", Answers.json(data(first, second, purc: #","purcCode":"P1","PurcCode":"P2""#)),
                "unclear"),
            Case("no number", Answers.json(data(first, second, purc: "")), "unclear"),
            Case("an empty number", Answers.json(data(first, second, purc: #","purcCode":"""#)), "unclear"),
            Case("a line is missing", Answers.json(data(first)), "unclear"),
            Case("no lines", Answers.json(data()), "unclear"),
            Case("a line twice", Answers.json(data(first, first)), "unclear"),
            Case(
                "a line more", Answers.json(data(first, second, #"{"returnCode":0,"hospPurcDetlId":"CG-2026-000001/3"}"#)),
                "unclear"),
            Case("another's line", Answers.json(data(first, #"{"returnCode":0,"hospPurcDetlId":"CG-2026-000002/2"}"#)), "unclear"),
            Case("a line without its key", Answers.json(data(first, #"{"returnCode":0,"purcPlanDetId":"12"}"#)), "unclear"),
            Case("a line without its code", Answers.json(data(first, #"{"hospPurcDetlId":"CG-2026-000001/2"}"#)), "unclear"),
            Case("plain ids for lines", Answers.json(#"{"returnCode":0,"purcCode":"P1","dataList":["1","2"]}"#), "unclear"),
            Case("a wrong envelope, right inside", Answers.json(data(first, second), infcode: "\"-1\""), "unclear"),
            Case("a right envelope, nothing inside", Answers.json(nil), "unclear"),
            Case("a right envelope, null inside", Answers.json("null"), "unclear"),
            Case("a right envelope, a list inside", Answers.json("[]"), "unclear"),
            Case("no returnCode", Answers.json(#"{"purcCode":"P1","dataList":[\#(first),\#(second)]}"#), "unclear"),
            Case("no as a whole, yes to lines", Answers.json(data(first, second, code: "1", purc: "")), "unclear"),
            Case("no as a whole, yes to a line", Answers.json(data(first, refused, code: "1", purc: "")), "unclear"),
            Case("no as a whole, and a number", Answers.json(data(code: "1")), "unclear"),
            Case("no as a whole", Answers.json(data(code: "1", purc: "")), "refused"),
            Case("no in the envelope", Answers.json(nil, infcode: "\"-1\"", error: "机构编码无效"), "refused"),
            Case("a signature that is not taken", Answers.json(nil, infcode: "\"-1\"", error: "签名有误"), "not done"),
            Case("trouble in the envelope", Answers.json(nil, infcode: "\"-1\"", error: "系统异常"), "unclear"),
            Case("a token that is not good", Answers.json(nil, infcode: "-1", error: "令牌无效，请重新获取令牌"), "needs token"),
            Case("a token that is not good, and yes", Answers.json(data(first, second), infcode: "-1", error: "令牌无效"), "unclear"),
            Case("the answer to somebody's token", Answers.json(nil, infcode: "-1", error: "令牌有效期超过5分钟，不能再次获取令牌"), "unclear"),
            Case("too soon", Answers.json(nil, infcode: "-1", error: "该接口访问间隔为5秒！"), "not done"),
            Case("too soon, inside", Answers.json(#"{"returnCode":9,"returnMsg":"x"}"#, infcode: "-1", error: "访问间隔"), "not done"),
        ])
    func create(example: Case) throws {
        let dialect = try Platforms.dialect("zhejiang-drugs")
        let reply = dialect.reply(in: example.answer, to: .createOrder(Told.order), stamped: Platforms.stamp)
        #expect(reply.kind == example.kind, "\(reply)")
    }

    @Test("names the order and its lines, and what is said against single ones")
    func acknowledgement() throws {
        let dialect = try Platforms.dialect("zhejiang-drugs")
        let reply = dialect.reply(
            in: Answers.json(Self.data(Self.refused, Self.first)), to: .createOrder(Told.order), stamped: Platforms.stamp)
        let complaint = PlatformComplaint(code: "7", text: "未挂网")
        #expect(
            reply
                == .done(
                    PlatformAcknowledgement(
                        document: "P1",
                        lines: [PlatformLineReply(line: 1, platformLine: "11"), PlatformLineReply(line: 2, complaint: complaint)])))
        let refusal = dialect.reply(
            in: Answers.json(#"{"returnCode":3,"returnMsg":"库房不存在"}"#), to: .createOrder(Told.order), stamped: Platforms.stamp)
        #expect(refusal == .refused(PlatformComplaint(code: "3", text: "库房不存在"), lines: []))
        let soon = dialect.reply(
            in: Answers.json(nil, infcode: "-1", error: "该接口访问间隔为5秒！"), to: .createOrder(Told.order), stamped: Platforms.stamp)
        #expect(soon == .notDone(PlatformComplaint(code: "-1", text: "该接口访问间隔为5秒！"), after: .seconds(5)))
    }
}
