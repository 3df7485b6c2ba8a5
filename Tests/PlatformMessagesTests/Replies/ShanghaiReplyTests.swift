import PlatformMessages
import Testing

@Suite("What Shanghai answers")
struct ShanghaiReplyTests {
    private static func line(_ number: Int, code: String = "00000", product: String? = nil) -> String {
        "<STRUCT><DDMXBH>1\(number)</DDMXBH><SXH>\(number)</SXH><SPLX>1</SPLX><ZXSPBM>\(product ?? "880000000\(number)")</ZXSPBM>"
            + "<CLJG>\(code)</CLJG><CLQKMS>说明</CLQKMS></STRUCT>"
    }

    private static func lines(_ lines: String..., number: String = "<DDBH>D1</DDBH>") -> String {
        "<MAIN>\(number)</MAIN><DETAIL>\(lines.joined())</DETAIL>"
    }

    private static let refusal = lines(line(1), line(2, code: "13030"), number: "<DDBH></DDBH>")

    @Test(
        "to a filled order is believed only when it agrees with itself",
        arguments: [
            Case("all", Answers.soap(lines(line(1), line(2))), "done"),
            Case("a hint", Answers.soap(lines(line(1), line(2)), code: "33003"), "done"),
            Case("a hint for a line", Answers.soap(lines(line(1), line(2, code: "33003"))), "done"),
            Case("yes as a whole, no to a line", Answers.soap(lines(line(1), line(2, code: "13008"))), "unclear"),
            Case("an unknown code for a line", Answers.soap(lines(line(1), line(2, code: "9"))), "unclear"),
            Case("no number", Answers.soap(lines(line(1), line(2), number: "<DDBH/>")), "unclear"),
            Case("a line is missing", Answers.soap(lines(line(1))), "unclear"),
            Case("a line twice", Answers.soap(lines(line(1), line(2), line(2))), "unclear"),
            Case("a line more", Answers.soap(lines(line(1), line(2), line(3))), "unclear"),
            Case("another product", Answers.soap(lines(line(1), line(2, product: "7"))), "unclear"),
            Case("no lines", Answers.soap("<MAIN><DDBH>D1</DDBH></MAIN>"), "unclear"),
            Case("to another message", Answers.soap(lines(line(1), line(2)), echo: "m-000002"), "unclear"),
            Case("to no message", Answers.soap(lines(line(1), line(2)), echo: ""), "unclear"),
            Case("lines refused", Answers.soap(refusal, code: "10000", text: "明细有误"), "refused"),
            Case("lines refused, with a number", Answers.soap(lines(line(1), line(2, code: "13030")), code: "10000"), "unclear"),
            Case("lines refused, none named", Answers.soap(lines(line(1), line(2), number: ""), code: "10000"), "unclear"),
            Case(
                "lines refused, one is missing", Answers.soap(lines(line(2, code: "13030"), number: ""), code: "10000"), "unclear"),
            Case("lines refused, no lines", Answers.soap("", code: "10000"), "unclear"),
            Case("lines refused, another's", Answers.soap(refusal, code: "10000", echo: "m-2"), "unclear"),
            Case("no", Answers.soap("", code: "12004", text: "配送点编码有误"), "refused"),
            Case("no, another's", Answers.soap("", code: "12004", echo: "m-2"), "unclear"),
            Case("no, to no message", Answers.soap("", code: "11006", echo: ""), "unclear"),
            Case("a wrong envelope, right lines", Answers.soap(lines(line(1), line(2)), code: "12004"), "unclear"),
            Case(
                "a wrong envelope, right lines, no number", Answers.soap(lines(line(1), line(2), number: ""), code: "22003"),
                "unclear"),
            Case("not now", Answers.soap("", code: "11001", text: "通讯失败"), "not done"),
            Case("not now, and yes", Answers.soap(lines(line(1), line(2)), code: "11001"), "unclear"),
            Case("the platform does not know", Answers.soap("", code: "11002"), "unclear"),
            Case("an unknown code", Answers.soap("", code: "90000"), "unclear"),
            Case("no code", Answers.soap("", code: ""), "unclear"),
        ])
    func create(example: Case) throws {
        let dialect = try Platforms.dialect("shanghai-drugs")
        let reply = dialect.reply(in: example.answer, to: .createOrder(Told.order), stamped: Platforms.stamp)
        #expect(reply.kind == example.kind, "\(reply)")
    }

    @Test("says why nothing of an order was kept, and gives no numbers that mean nothing")
    func refusedLines() throws {
        let dialect = try Platforms.dialect("shanghai-drugs")
        let reply = dialect.reply(
            in: Answers.soap(Self.refusal, code: "10000", text: "明细有误"), to: .createOrder(Told.order), stamped: Platforms.stamp)
        let complaint = PlatformComplaint(code: "13030", text: "说明")
        #expect(
            reply
                == .refused(
                    PlatformComplaint(code: "10000", text: "明细有误"),
                    lines: [PlatformLineReply(line: 1), PlatformLineReply(line: 2, complaint: complaint)]))
        let later = dialect.reply(
            in: Answers.soap("", code: "11001", text: "x"), to: .createOrder(Told.order), stamped: Platforms.stamp)
        #expect(later == .notDone(PlatformComplaint(code: "11001", text: "x"), after: .seconds(600)))
    }

    @Test(
        "to what stands in HEAD alone",
        arguments: [
            ("00000", "", "done"), ("32001", "已确认", "done"), ("32002", "已确认", "done"), ("12029", "", "refused"),
            ("22008", "", "refused"),
            ("10000", "", "unclear"), ("11002", "", "unclear"), ("11001", "", "not done"),
        ])
    func confirm(code: String, text: String, kind: String) throws {
        for (platform, isDrug) in [("shanghai-drugs", true), ("shanghai-consumables", false)] {
            let dialect = try Platforms.dialect(platform)
            for fact in [PlatformFact.sendOrder(Told.draft), .confirmReturn(Told.returned)] {
                let answer = Answers.soap("", code: code, text: text, isDrug: isDrug)
                #expect(dialect.reply(in: answer, to: fact, stamped: Platforms.stamp).kind == kind, "\(platform)")
                let other = Answers.soap("", code: code, text: text, echo: "m-2", isDrug: isDrug)
                #expect(dialect.reply(in: other, to: fact, stamped: Platforms.stamp).kind == "unclear", "\(platform)")
            }
        }
    }

    @Test(
        "that something was accepted before, where the words say so", arguments: [PlatformFactKind.acceptDelivery, .acceptInvoice])
    func acceptedBefore(kind: PlatformFactKind) throws {
        let dialect = try Platforms.dialect("shanghai-drugs")
        let said = dialect.reply(in: Answers.soap("", code: "22007", text: "该发票已验收"), to: Told.fact(kind), stamped: Platforms.stamp)
        #expect(said.kind == "done")
        let unknown = dialect.reply(
            in: Answers.soap("", code: "22007", text: "发票号不存在"), to: Told.fact(kind), stamped: Platforms.stamp)
        #expect(unknown.kind == "refused")
    }

    @Test("to a report of stock, whose lines stand each for itself")
    func stock() throws {
        let dialect = try Platforms.dialect("shanghai-drugs")
        func reply(_ codes: String..., code: String) -> PlatformReply {
            let rows = zip(["YP0001", "YP0002"], codes).map { "<STRUCT><YYSPBM>\($0)</YYSPBM><CLJG>\($1)</CLJG></STRUCT>" }
            let answer = Answers.soap("<DETAIL>\(rows.joined())</DETAIL>", code: code)
            return dialect.reply(in: answer, to: .reportStock(Told.stock), stamped: Platforms.stamp)
        }
        let complaint = PlatformComplaint(code: "13008", text: "")
        let lines = [PlatformLineReply(line: 1), PlatformLineReply(line: 2, complaint: complaint)]
        #expect(reply("00000", "13008", code: "10000") == .done(PlatformAcknowledgement(lines: lines)))
        #expect(reply("00000", "13008", code: "00000").kind == "done")
        #expect(reply("00000", code: "10000").kind == "unclear")
        #expect(reply("00000", "00000", code: "10000").kind == "unclear")
        #expect(reply("00000", "00000", code: "12001").kind == "unclear")
    }

    @Test("to a receipt of consumables, with the line that it is of")
    func receipt() throws {
        let dialect = try Platforms.dialect("shanghai-consumables")
        func reply(_ line: String, code: String = "00000") -> String {
            let answer = Answers.soap(
                "<DETAIL><STRUCT><PSMXBH>\(line)</PSMXBH><CLJG>\(code)</CLJG></STRUCT></DETAIL>", isDrug: false)
            return dialect.reply(in: answer, to: .acceptDelivery(Told.receipt), stamped: Platforms.stamp).kind
        }
        #expect(reply("SHP-1") == "done")
        #expect(reply("SHP-2") == "unclear")
        #expect(reply("SHP-1", code: "13015") == "unclear")
    }
}
