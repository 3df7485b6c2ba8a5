import PlatformMessages
import Testing

@Suite("What the status of an answer says")
struct StatusTests {
    @Test(
        "of a fact",
        arguments: [
            (200, "unclear"), (201, "unclear"), (204, "unclear"), (301, "unclear"), (400, "unclear"), (401, "needs token"),
            (403, "needs token"), (404, "unclear"), (408, "unclear"), (429, "not done"), (500, "unclear"), (502, "unclear"),
            (503, "unclear"),
            (504, "unclear"),
        ])
    func facts(status: Int, kind: String) throws {
        let zhejiang = try Platforms.dialect("zhejiang-drugs")
        #expect(zhejiang.reply(in: Answers.of(status, ""), to: .sendOrder(Told.draft), stamped: Platforms.stamp).kind == kind)
        let shanghai = try Platforms.dialect("shanghai-drugs")
        let expected = kind == "needs token" ? "not done" : kind
        #expect(shanghai.reply(in: Answers.of(status, ""), to: .sendOrder(Told.draft), stamped: Platforms.stamp).kind == expected)
    }

    @Test(
        "with Retry-After",
        arguments: [
            ("7", Duration.seconds(7)), ("0", .zero), ("86400", .seconds(86_400)), ("Sun, 22 Nov 2026 01:31:30 GMT", .seconds(90)),
            ("Sun, 22 Nov 2026 01:00:00 GMT", .zero), ("86401", nil), ("-1", nil), ("soon", nil),
            ("Sun, 22 Xyz 2026 01:31:30 GMT", nil),
        ] as [(String, Duration?)])
    func retryAfter(text: String, pause: Duration?) throws {
        let dialect = try Platforms.dialect("shanghai-drugs")
        let headers = [PlatformRequest.Header("retry-after", text), .init("Date", "Sun, 22 Nov 2026 01:30:00 GMT")]
        let busy = dialect.reply(in: Answers.of(429, "", headers: headers), to: .sendOrder(Told.draft), stamped: Platforms.stamp)
        #expect(busy == .notDone(PlatformComplaint(code: "HTTP 429", text: ""), after: pause))
        let closed = dialect.reply(in: Answers.of(503, "", headers: headers), to: .sendOrder(Told.draft), stamped: Platforms.stamp)
        #expect(closed.kind == (pause == nil ? "unclear" : "not done"))
        let page = dialect.page(
            in: Answers.of(429, "", headers: headers), to: .deliveryLines(Told.days), after: nil, stamped: Platforms.stamp)
        #expect(page == .notNow(PlatformComplaint(code: "HTTP 429", text: ""), after: pause))
    }

    @Test("a body of another status is not looked at")
    func bodyOfAnotherStatus() throws {
        let dialect = try Platforms.dialect("zhejiang-drugs")
        var answer = try Recorded.answer("zhejiang-drugs", "send-order")
        #expect(dialect.reply(in: answer, to: .sendOrder(Told.draft), stamped: Platforms.stamp).kind == "done")
        answer.status = 500
        #expect(dialect.reply(in: answer, to: .sendOrder(Told.draft), stamped: Platforms.stamp).kind == "unclear")
    }
}
