import PlatformMessages
import Primitives
import Testing

@Suite("What an insurer says of an upload")
struct UploadReplyTests {
    @Test(
        "is believed when it is whole, agrees with itself and names what it answers",
        arguments: [
            Case("taken", InsurerPlatform.answer(#"{"result":{"retRslt":"1"}}"#), "done"),
            Case("at the output itself", InsurerPlatform.answer(#"{"retRslt":1}"#), "done"),
            Case("yes around a no", InsurerPlatform.answer(#"{"result":{"retRslt":"0","msgRslt":"批次不存在"}}"#), "refused"),
            Case("yes and no output", InsurerPlatform.answer(nil), "unclear"),
            Case("yes and an empty output", InsurerPlatform.answer("{}"), "unclear"),
            Case("yes and an empty result", InsurerPlatform.answer(#"{"result":{}}"#), "unclear"),
            Case("no", InsurerPlatform.answer(nil, infcode: "-2", text: "目录编码不存在"), "refused"),
            Case("no around a yes", InsurerPlatform.answer(#"{"result":{"retRslt":"1"}}"#, infcode: "-2"), "unclear"),
            Case("the platform is in trouble", InsurerPlatform.answer(nil, infcode: "-1", text: "x"), "unclear"),
            Case("the gateway is in trouble", InsurerPlatform.answer(nil, infcode: "999"), "unclear"),
            Case("a yes to nobody knows what", InsurerPlatform.answer(#"{"result":{"retRslt":"1"}}"#, isNamed: false), "unclear"),
            Case("a no to nobody knows what", InsurerPlatform.answer(nil, infcode: "-2", isNamed: false), "doubtful"),
            Case("a result that is neither", InsurerPlatform.answer(#"{"result":{"retRslt":"2"}}"#), "unclear"),
        ])
    func replies(example: Case) throws {
        let reply = try InsurerPlatform.dialect()
            .reply(in: example.answer, to: .upload(Told.upload(.sale)), stamped: Platforms.stamp)
        #expect(reply.kind == example.kind, "\(reply)")
    }

    @Test("about several records is a list of those that it refuses, each by its serial")
    func errorLists() throws {
        let (dialect, fact) = (try InsurerPlatform.dialect(), PlatformFact.upload(Told.upload(.change, isBatch: true)))
        func reply(_ list: String) -> PlatformReply {
            dialect.reply(
                in: InsurerPlatform.answer("{\"retRslt\":\"1\"\(list)}"), to: fact, stamped: Platforms.stamp)
        }
        #expect(reply("").kind == "done")
        let mixed = reply(
            #","invinfoErrDetail":[{"fixmedins_bchno":"B7","retRslt":"0","msgRslt":"x"},{"fixmedins_bchno":"B8","retRslt":"1"}]"#)
        #expect(
            mixed
                == .done(
                    PlatformAcknowledgement(lines: [
                        PlatformLineReply(line: 1, complaint: PlatformComplaint(code: "0", text: "x")), PlatformLineReply(line: 2),
                    ])))
        // A list that leaves one out says nothing of it; a lone object is a list of one.
        #expect(reply(#","invinfoErrDetail":{"fixmedins_bchno":"B7","retRslt":"0","msgRslt":"x"}"#).kind == "unclear")
        #expect(reply(#","invinfoErrDetail":[{"fixmedins_bchno":"B9","retRslt":"0"}]"#).kind == "unclear")
    }

    @Test(
        "when it is asked after a lost answer is decided by our key, or by batch, time and packs",
        arguments: [
            ("our key", #"{"fixmedinsBchno":"B7","cnt":"12.33","invChgType":"104","memo":"LY-17"}"#, "done"),
            ("our key, and deleted", #"{"fixmedinsBchno":"B7","cnt":"12.33","memo":"LY-17","valiFlag":"0"}"#, "not done"),
            ("our key with other packs", #"{"fixmedinsBchno":"B7","cnt":"12.34","memo":"LY-17"}"#, "unclear"),
            ("another's key", #"{"fixmedinsBchno":"B7","cnt":"12.33","memo":"LY-171"}"#, "not done"),
            ("another kind of change", #"{"fixmedinsBchno":"B7","cnt":"12.33","invChgType":"103","memo":"LY-17"}"#, "not done"),
            ("no key and all the same", #"{"fixmedinsBchno":"B7","cnt":"12.3333","invChgTime":"2026-11-22 09:30:00"}"#, "done"),
            ("no key and another second", #"{"fixmedinsBchno":"B7","cnt":"12.33","invChgTime":"2026-11-22 09:30:01"}"#, "not done"),
            ("no key and no time", #"{"fixmedinsBchno":"B7","cnt":"12.33"}"#, "unclear"),
            ("no key and a day", #"{"fixmedinsBchno":"B7","cnt":"12.33","invChgTime":"2026-11-22"}"#, "unclear"),
            ("nothing", "", "not done"),
            (
                "twice",
                #"{"fixmedinsBchno":"B7","cnt":"12.33","memo":"LY-17"},{"fixmedinsBchno":"B7","cnt":"12.33","memo":"LY-17"}"#,
                "unclear"
            ),
        ])
    func findings(name: String, rows: String, kind: String) throws {
        let dialect = try InsurerPlatform.dialect()
        let fact = PlatformFact.upload(Told.upload(.change))
        guard case .ask(let question) = dialect.recovery(of: fact), question.kind == .uploadedChanges else {
            Issue.record("it is not asked for")
            return
        }
        let reply = dialect.page(
            in: InsurerPlatform.answer("{\"data\":[\(rows)]}"), to: question, after: nil, stamped: Platforms.stamp)
        guard case .page(let page) = reply else {
            Issue.record("\(reply)")
            return
        }
        let finding = dialect.finding(in: [page], about: fact)
        #expect(finding.kind == kind, "\(name): \(finding)")
    }

    @Test("and holds no list, or another batch's rows, says nothing")
    func strangeRows() throws {
        let dialect = try InsurerPlatform.dialect()
        func page(_ output: String) -> String {
            dialect.page(
                in: InsurerPlatform.answer(output), to: Told.question(.uploadedChanges), after: nil, stamped: Platforms.stamp
            ).kind
        }
        #expect(page("{}") == "unclear" && page(#"{"data":[]}"#) == "page")
        #expect(page(#"{"data":[{"fixmedinsBchno":"B8","cnt":"1"}]}"#) == "unclear")
        #expect(page(#"{"data":[{"fixmedinsBchno":"B7","cnt":"-1"}]}"#) == "unclear")
    }

    @Test("a deletion is not told again by itself, and neither are several records at once")
    func noRecovery() throws {
        let dialect = try InsurerPlatform.dialect()
        #expect(dialect.recovery(of: .upload(Told.upload(.deletion))) == .none)
        #expect(dialect.recovery(of: .upload(Told.upload(.sale, isBatch: true))) == .none)
    }
}
