import PlatformMessages
import Testing

@Suite("What Nanjing answers")
struct NanjingReplyTests {
    private static let order = PlatformFact.createOrder(Told.order).boughtAs("1")
    private static let ours = "H32010000001202611220930000042"

    private static func answer(_ data: String?, infcode: String = "\"0\"", text: String = "", reference: String = "")
        -> PlatformAnswer
    {
        let output = data.map { ",\"output\":{\"data\":\($0)}" } ?? ""
        return Answers.of("{\"infcode\":\(infcode),\"err_msg\":\"\(text)\",\"inf_refmsgid\":\"\(reference)\"\(output)}")
    }

    private static func lines(_ lines: String, code: String = "0", number: String = #""purcCode":"P1","#) -> String {
        "{\"returnCode\":\(code),\"returnMsg\":\"\",\(number)\"dataList\":[\(lines)]}"
    }

    private static let first = #"{"hospPurcDetlId":"CG-2026-000001/1","purcPlanDetId":"11"}"#
    private static let second = #"{"hospPurcDetlId":"CG-2026-000001/2","purcPlanDetId":12}"#

    @Test(
        "to a plan is believed only when it agrees with itself",
        arguments: [
            Case("both lines", answer(lines(first + "," + second)), "done"),
            Case("a numeric code", answer(lines(first + "," + second), infcode: "0"), "done"),
            Case("the other spelling", answer(lines(first + "," + second, number: #""PurcCode":"P1","#)), "done"),
            Case(
                "both spellings that differ", answer(lines(first + "," + second, number: #""PurcCode":"P1","purcCode":"P2","#)),
                "unclear"),
            Case("our number", answer(lines(first + "," + second), reference: ours), "done"),
            Case(
                "the platform's own number", answer(lines(first + "," + second), reference: "320100202611220930011234567890"),
                "done"),
            Case("another's number", answer(lines(first + "," + second), reference: "H32010000001202611220930000043"), "unclear"),
            Case("a line missing", answer(lines(first)), "unclear"),
            Case("a line twice", answer(lines(first + "," + first)), "unclear"),
            Case("a line that is not ours", answer(lines(first + #",{"hospPurcDetlId":"X/2","purcPlanDetId":"9"}"#)), "unclear"),
            Case("a line without a number", answer(lines(first + #",{"hospPurcDetlId":"CG-2026-000001/2"}"#)), "unclear"),
            Case("no number of the plan", answer(lines(first + "," + second, number: "")), "unclear"),
            Case("lines that are none", answer(lines("1,2")), "unclear"),
            Case("a no", answer(#"{"returnCode":"5","returnMsg":"产品未挂网"}"#), "refused"),
            Case("a no of another type", answer(#"{"returnCode":true}"#), "unclear"),
            Case("a no with a yes inside", answer(lines(first + "," + second, code: "5")), "unclear"),
            Case("a no around a yes", answer(lines(first + "," + second), infcode: "\"-2\""), "unclear"),
            Case("a no outside", answer(nil, infcode: "-2", text: "参数有误"), "refused"),
            Case("a platform in trouble", answer(nil, infcode: "-1", text: "x"), "unclear"),
            Case("nothing inside", answer(nil), "unclear"), Case("a list inside", answer("[]"), "unclear"),
            Case("an expired token", answer(nil, infcode: "-1", text: "令牌无效，请重新获取令牌"), "needs token"),
            Case("an expired token inside", answer(#"{"returnCode":2,"returnMsg":"access_token失效"}"#), "needs token"),
            Case("too often", answer(nil, infcode: "-1", text: "该接口访问间隔为5秒！"), "not done"),
            Case("401", Answers.of(401, ""), "needs token"), Case("429", Answers.of(429, ""), "not done"),
        ])
    func plans(example: Case) throws {
        let reply = try Platforms.dialect("nanjing-drugs").reply(in: example.answer, to: Self.order, stamped: Platforms.stamp)
        #expect(reply.kind == example.kind, "\(reply)")
    }

    @Test(
        "to a plan that is sent is about that plan",
        arguments: [
            Case("both lines", sent("20261122000000000001"), "done"), Case("another plan", sent("2"), "unclear"),
            Case("no lines", answer(#"{"returnCode":0,"purcCode":"20261122000000000001"}"#), "unclear"),
            Case("a no to nothing", answer(#"{"returnCode":5,"returnMsg":"x"}"#), "doubtful"),
            Case("a no to this plan", answer(#"{"returnCode":5,"purcCode":"20261122000000000001"}"#), "refused"),
            Case("a no by our number", answer(#"{"returnCode":5}"#, reference: ours), "refused"),
        ])
    func sending(example: Case) throws {
        let reply = try Platforms.dialect("nanjing-drugs")
            .reply(in: example.answer, to: .sendOrder(Told.draft), stamped: Platforms.stamp)
        #expect(reply.kind == example.kind, "\(reply)")
    }

    private static func sent(_ plan: String) -> PlatformAnswer {
        answer(
            #"{"returnCode":0,"purcCode":"\#(plan)","ordDetlIdList":[{"purcPlanDetId":"20261122000000000011","ordDetlId":"21"},"#
                + #"{"purcPlanDetId":"20261122000000000012","ordDetlId":"22"}]}"#)
    }

    @Test("to a return gives a number and not to what, unless it gives back ours")
    func returns() throws {
        let dialect = try Platforms.dialect("nanjing-consumables")
        let data = #"{"returnCode":0,"retnCode":"RET-7"}"#
        let fact = PlatformFact.applyReturn(Told.newReturn)
        #expect(dialect.reply(in: Self.answer(data), to: fact, stamped: Platforms.stamp).kind == "unclear")
        #expect(
            dialect.reply(in: Self.answer(data, reference: Self.ours), to: fact, stamped: Platforms.stamp)
                == .done(PlatformAcknowledgement(document: "RET-7")))
    }

    @Test("to an order for an emergency names single lines, and lines of both sorts are not told together")
    func emergencies() throws {
        let dialect = try Platforms.dialect("nanjing-drugs")
        #expect(throws: PlatformUntellable.self) {
            try dialect.request(telling: .createOrder(Told.order), stamped: Platforms.stamp)
        }
        do {
            _ = try dialect.request(telling: .createOrder(Told.order), stamped: Platforms.stamp)
        } catch {
            #expect(error.reason.hasPrefix("has 1 lines of purchase-kind 4 and 1 others"))
        }
        #expect(dialect.recovery(of: .createOrder(Told.order)) == .none)
        let answer = Self.answer(Self.lines(Self.first + #",{"hospPurcDetlId":"CG-2026-000001/2","returnCode":1,"returnMsg":"x"}"#))
        #expect(dialect.reply(in: answer, to: .createOrder(Told.order), stamped: Platforms.stamp).kind == "unclear")
        #expect(dialect.reply(in: answer, to: Self.order.boughtAs("4"), stamped: Platforms.stamp).kind == "unclear")
        let coded = Self.first.replacing("}", with: #","returnCode":"0"}"#)
        let sound = Self.answer(Self.lines(coded + #",{"hospPurcDetlId":"CG-2026-000001/2","returnCode":1,"returnMsg":"x"}"#))
        #expect(dialect.reply(in: sound, to: Self.order.boughtAs("4"), stamped: Platforms.stamp).kind == "done")
        #expect(dialect.reply(in: sound, to: Self.order, stamped: Platforms.stamp).kind == "unclear")
    }

    @Test("bring a token by the codes of its own message")
    func tokens() throws {
        let dialect = try Platforms.dialect("nanjing-drugs")
        #expect(dialect.token(in: Self.answer(#"{"return_code":1,"accessToken":"T"}"#)) == .token("T", lasting: .seconds(1_800)))
        #expect(dialect.token(in: Self.answer(#"{"return_code":"9","access_token":"T"}"#)) == .token("T", lasting: .seconds(300)))
        #expect(
            dialect.token(in: Self.answer(#"{"return_code":4,"return_msg":"授权码有误"}"#))
                == .refused(PlatformComplaint(code: "4", text: "授权码有误")))
        // 1 means yes there only.
        #expect(
            dialect.reply(in: Self.answer(#"{"returnCode":1}"#), to: Self.order, stamped: Platforms.stamp).kind == "refused")
    }

    @Test("cannot be had where the account does not say where the platform is")
    func paths() throws {
        let dialect = try Platforms.catalogue("nanjing-drugs").dialect(for: Platforms.nationalAccount)
        #expect(
            throws: PlatformUntellable(reason: "the path for service is not known; the account's setting service-path gives it")
        ) { try dialect.request(telling: Self.order, stamped: Platforms.stamp) }
    }
}
