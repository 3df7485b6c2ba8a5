import PlatformMessages
import Testing

@Suite("What Zhejiang answers to what binds")
struct ZhejiangReplyTests {
    private static let lines =
        #"{"ordDetlId":"21","purcPlanDetId":"20261122000000000011"},{"ordDetlId":"22","purcPlanDetId":"20261122000000000012"}"#

    private static func sent(_ code: String = #","PurcCode":"20261122000000000001""#, lines: String = lines, result: String = "0")
        -> String
    {
        #"{"returnCode":\#(result),"returnMsg":""\#(code),"ordDetlIdList":[\#(lines)]}"#
    }

    @Test(
        "is believed when it names the plan and every line",
        arguments: [
            Case("all", Answers.json(sent()), "done"),
            Case("another plan", Answers.json(sent(#","PurcCode":"9""#)), "unclear"),
            Case("no plan", Answers.json(sent("")), "unclear"),
            Case(
                "a line is missing", Answers.json(sent(lines: #"{"ordDetlId":"21","purcPlanDetId":"20261122000000000011"}"#)),
                "unclear"),
            Case("a line has no number", Answers.json(sent(lines: lines.replacing(#""ordDetlId":"22","#, with: ""))), "unclear"),
            Case("no lines", Answers.json(#"{"returnCode":0,"PurcCode":"20261122000000000001"}"#), "unclear"),
            Case("no, and not to what", Answers.json(#"{"returnCode":1,"returnMsg":"已发送"}"#), "doubtful"),
            Case("no in the envelope", Answers.json(nil, infcode: "-1", error: "系统异常"), "unclear"),
            Case(
                "no, to the plan", Answers.json(#"{"returnCode":1,"returnMsg":"x","PurcCode":"20261122000000000001"}"#), "refused"),
            Case("no, to another", Answers.json(#"{"returnCode":1,"returnMsg":"x","PurcCode":"9"}"#), "unclear"),
            Case("no, and lines", Answers.json(sent(result: "1")), "unclear"),
        ])
    func send(example: Case) throws {
        let dialect = try Platforms.dialect("zhejiang-drugs")
        let reply = dialect.reply(in: example.answer, to: .sendOrder(Told.draft), stamped: Platforms.stamp)
        #expect(reply.kind == example.kind, "\(reply)")
    }

    @Test("gives lines the numbers that deliveries go by")
    func numbers() throws {
        let dialect = try Platforms.dialect("zhejiang-drugs")
        let reply = dialect.reply(in: Answers.json(Self.sent()), to: .sendOrder(Told.draft), stamped: Platforms.stamp)
        let lines = [PlatformLineReply(line: 1, platformLine: "21"), PlatformLineReply(line: 2, platformLine: "22")]
        #expect(reply == .done(PlatformAcknowledgement(document: "20261122000000000001", lines: lines)))
    }

    @Test("leaves out a line that the platform has refused before")
    func withoutRefusedLine() throws {
        let dialect = try Platforms.dialect("zhejiang-drugs")
        var order = Told.draft
        order.lines[1].platformLine = nil
        let one = Answers.json(Self.sent(lines: #"{"ordDetlId":"21","purcPlanDetId":"20261122000000000011"}"#))
        #expect(dialect.reply(in: one, to: .sendOrder(order), stamped: Platforms.stamp).kind == "done")
        #expect(dialect.reply(in: Answers.json(Self.sent()), to: .sendOrder(order), stamped: Platforms.stamp).kind == "unclear")
    }

    @Test(
        "a yes that names nothing is never believed alone, nor is a no",
        arguments: [PlatformFactKind.voidOrder, .acceptDelivery, .applyReturn, .submitSettlement, .examineSettlement])
    func namesNothing(kind: PlatformFactKind) throws {
        let dialect = try Platforms.dialect("zhejiang-drugs")
        for (data, expected) in [
            (#"{"returnCode":0,"returnMsg":""}"#, "unclear"), (#"{"returnCode":1,"returnMsg":"x"}"#, "doubtful"),
        ] {
            #expect(dialect.reply(in: Answers.json(data), to: Told.fact(kind), stamped: Platforms.stamp).kind == expected)
        }
        #expect(
            dialect.reply(in: Answers.json(nil, infcode: "1", error: "令牌无效"), to: Told.fact(kind), stamped: Platforms.stamp)
                == .needsToken)
    }

    @Test("consumables echo what is accepted and cancelled")
    func echoes() throws {
        let dialect = try Platforms.dialect("zhejiang-consumables")
        let cases: [(PlatformFact, String, String)] = [
            (.acceptDelivery(Told.receipt), #"{"returnCode":0,"shpCode":"SHP-1"}"#, "done"),
            (.acceptDelivery(Told.receipt), #"{"returnCode":0,"shpCode":"SHP-2"}"#, "unclear"),
            (.acceptDelivery(Told.receipt), #"{"returnCode":0}"#, "unclear"),
            (.voidOrder(Told.draft), #"{"returnCode":0,"PurcCode":"20261122000000000001"}"#, "done"),
            (.voidOrder(Told.draft), #"{"returnCode":0,"PurcCode":"2"}"#, "unclear"),
            (.applyReturn(Told.newReturn), #"{"returnCode":0,"retnCode":"I_R1"}"#, "unclear"),
            (.addToSettlement(Told.settlement), #"{"returnCode":0,"dataList":[{"returnCode":0,"payyDetlId":"SHP-1"}]}"#, "unclear"),
        ]
        for (fact, data, kind) in cases {
            #expect(dialect.reply(in: Answers.json(data), to: fact, stamped: Platforms.stamp).kind == kind, "\(fact.kind) \(data)")
        }
    }
}
