import PlatformMessages
import Testing

@Suite("Answers in the national envelope")
struct NationalReplyTests {
    private static let ours = "H32010000001202611220930000042"
    /// The receiver's own number: division, time and sequence.
    private static let theirs = "320100202611220930011234567890"

    private static func answer(_ output: String?, infcode: String = "0", text: String = "", reference: String? = nil)
        -> PlatformAnswer
    {
        let reference = reference.map { ",\"inf_refmsgid\":\"\($0)\"" } ?? ""
        return Answers.of("{\"infcode\":\(infcode),\"err_msg\":\"\(text)\"\(reference)\(output.map { ",\"output\":\($0)" } ?? "")}")
    }

    @Test(
        "to what names nothing are believed when they give our number back",
        arguments: [
            Case("our number", answer(#"{"result":{"returnCode":"0"}}"#, reference: ours), "done"),
            Case("at the output itself", answer(#"{"returnCode":0}"#, infcode: "\"0\"", reference: ours), "done"),
            Case("no number", answer(#"{"result":{"returnCode":"0"}}"#), "unclear"),
            Case("an empty number", answer(#"{"result":{"returnCode":"0"}}"#, reference: ""), "unclear"),
            Case("the platform's own number", answer(#"{"result":{"returnCode":"0"}}"#, reference: theirs), "unclear"),
            Case(
                "another's number", answer(#"{"result":{"returnCode":"0"}}"#, reference: "H32010000001202611220930000041"),
                "unclear"),
            Case("another's refusal", answer(nil, infcode: "-2", reference: "H32010000009202611220930000042"), "unclear"),
            Case("refused, by our number", answer(nil, infcode: "-2", text: "x", reference: ours), "refused"),
            Case("refused, by no number", answer(nil, infcode: "-2", text: "x"), "doubtful"),
            Case("refused inside", answer(#"{"result":{"returnCode":1,"returnMsg":"x"}}"#, reference: ours), "refused"),
            Case("yes inside a no", answer(#"{"result":{"returnCode":0}}"#, infcode: "-2", reference: ours), "unclear"),
            Case("yes and nothing inside", answer(nil, reference: ours), "unclear"),
            Case("yes and no code inside", answer(#"{"result":{}}"#, reference: ours), "unclear"),
            Case("a code of the wrong kind", answer(#"{"result":{"returnCode":{}}}"#, reference: ours), "unclear"),
            Case("output of the wrong kind", answer("[]", reference: ours), "unclear"),
            Case("a node of the wrong kind", answer(#"{"result":1}"#, reference: ours), "unclear"),
            Case("a token that is gone", answer(nil, infcode: "-1", text: "令牌无效"), "needs token"),
            Case("a code that nothing is known of", answer(nil, infcode: "-1", reference: ours), "unclear"),
            Case("no code", Answers.of(#"{"output":{"returnCode":0}}"#), "unclear"),
            Case("a list", Answers.of("[]"), "unclear"),
        ])
    func replies(example: Case) throws {
        let dialect = try NationalExample.dialect()
        let reply = dialect.reply(in: example.answer, to: .reportStock(Told.stock), stamped: Platforms.stamp)
        #expect(reply.kind == example.kind, "\(reply)")
    }

    @Test("where the business code may be missing the envelope says it all")
    func withoutBusiness() throws {
        let dialect = try NationalExample.dialect(
            (#""businessTexts": ["returnMsg", "return_msg"]"#, #""businessTexts": ["returnMsg"], "mayLackBusiness": true"#))
        func kind(_ answer: PlatformAnswer) -> String {
            dialect.reply(in: answer, to: .reportStock(Told.stock), stamped: Platforms.stamp).kind
        }
        #expect(kind(Self.answer(nil, reference: Self.ours)) == "done")
        #expect(kind(Self.answer(nil)) == "unclear")
        #expect(kind(Self.answer(#"{"returnCode":1}"#, reference: Self.ours)) == "refused")
    }

    @Test("tell lines by their key, also where a list of one is written as the thing itself")
    func lines() throws {
        let dialect = try NationalExample.dialect()
        func reply(_ lines: String, _ assortment: PlatformAssortment = Told.assortment) -> PlatformReply {
            dialect.reply(
                in: Self.answer("{\"data\":{\"returnCode\":0,\"dataList\":\(lines)}}"), to: .selectListings(assortment),
                stamped: Platforms.stamp)
        }
        let one = PlatformAssortment(lines: [Told.assortment.lines[0]])
        let first = #"{"pubonlnId":"GW1","hospListId":"88"}"#
        let done = PlatformReply.done(PlatformAcknowledgement(lines: [PlatformLineReply(line: 1, platformLine: "88")]))
        #expect(reply("[\(first)]", one) == done && reply(first, one) == done)
        #expect(reply("[\(first)]").kind == "unclear")
        #expect(reply(#"[{"pubonlnId":"GW1"},{"pubonlnId":"GW1"}]"#).kind == "unclear")
        #expect(reply(#"[\#(first),{"pubonlnId":"GW2","hospListId":89}]"#).kind == "done")
    }

    @Test("bring tokens, new ones and those that are still good")
    func tokens() throws {
        let dialect = try NationalExample.dialect()
        let cases: [(PlatformAnswer, PlatformTokenReply)] = [
            (Self.answer(#"{"data":{"accessToken":"T","return_code":1}}"#), .token("T", lasting: .seconds(1_800))),
            (
                Self.answer(#"{"data":{"access_token":"T","return_code":"1"}}"#, reference: Self.ours),
                .token("T", lasting: .seconds(1_800))
            ),
            (Self.answer(#"{"data":{"accessToken":"T","return_code":9}}"#), .token("T", lasting: .seconds(300))),
            (Self.answer(#"{"data":{"return_code":9}}"#), .unclear("the answer has no accessToken")),
            (
                Self.answer(#"{"data":{"return_code":4,"return_msg":"x"}}"#), .refused(PlatformComplaint(code: "4", text: "x"))
            ),
            (Self.answer(nil, infcode: "-2", text: "y"), .refused(PlatformComplaint(code: "-2", text: "y"))),
        ]
        for (answer, reply) in cases { #expect(dialect.token(in: answer) == reply) }
        // What means yes for a token means nothing at the envelope.
        #expect(dialect.token(in: Self.answer(#"{"data":{"accessToken":"T","return_code":1}}"#, infcode: "1")) != cases[0].1)
    }

    @Test("of pages without numbers go on until one is empty, and never go round in a circle")
    func untilEmpty() throws {
        let dialect = try NationalExample.dialect()
        func next(_ rows: String, numbers: String = "", after cursor: String?) -> String {
            let reply = dialect.page(
                in: Self.answer("{\"data\":{\"returnCode\":0\(numbers),\"dataList\":[\(rows)]}}"), to: .listings(Told.days),
                after: cursor, stamped: Platforms.stamp)
            if case .page(let page) = reply { return page.next ?? "last" }
            return reply.kind
        }
        let (first, second) = (#"{"pubonlnId":"1"},{"pubonlnId":"2"}"#, #"{"pubonlnId":"3"}"#)
        let cursor = next(first, after: nil)
        #expect(cursor.hasPrefix("2/-/") && cursor.count == 20)
        let later = next(second, after: cursor)
        #expect(later.hasPrefix("3/-/") && later.dropFirst() != cursor.dropFirst())
        #expect(next("", after: later) == "last" && next("", after: nil) == "last")
        #expect(next(first, after: cursor) == "unclear")
        let request = try dialect.request(asking: .listings(Told.days), after: later, stamped: Platforms.stamp)
        #expect(String(decoding: request.body, as: UTF8.self).contains(#""current":3,"size":2"#))
        let numbers = #","currentPageNumber":1,"totalPageCount":1,"totalRecordCount":2"#
        #expect(next(first, numbers: numbers, after: nil) == "last")
        #expect(next(first, numbers: #","totalPageCount":1"#, after: nil) == "unclear")
    }
}
