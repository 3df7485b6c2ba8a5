import PlatformMessages
import Testing

@Suite("What the lines of an order show of a lost answer")
struct OrderFindingTests {
    typealias State = PlatformOrderLineState.State

    /// Rows of Shanghai: by the platform's numbers of lines.
    private static func rows(_ states: State...) -> [PlatformRow] {
        zip(Told.draft.lines, states).map { line, state in
            .orderLine(PlatformOrderLineState(platformLine: line.platformLine ?? "", platformOrder: "D1", state: state))
        }
    }

    @Test(
        "of sending",
        arguments: [
            (rows(.sent, .sent), "done"), (rows(.confirmed, .delivered), "done"), (rows(.refused, .shipping), "done"),
            (rows(.closed, .closed), "done"),
            (rows(.draft, .draft), "not done"), (rows(.draft, .sent), "unclear"), (rows(.void, .void), "unclear"),
            (rows(.sent, .void), "unclear"),
            (rows(.sent), "unclear"), (rows(), "unclear"),
        ])
    func sent(rows: [PlatformRow], kind: String) throws {
        let dialect = try Platforms.dialect("shanghai-drugs")
        #expect(dialect.finding(in: [PlatformPage(rows: rows)], about: .sendOrder(Told.draft)).kind == kind)
    }

    @Test(
        "of voiding",
        arguments: [
            (rows(.void, .void), "done"), (rows(.void, .closed), "done"), (rows(.sent, .draft), "not done"),
            (rows(.delivered, .delivered), "not done"),
            (rows(.void, .sent), "unclear"), (rows(.void), "unclear"), (rows(), "unclear"),
        ])
    func voided(rows: [PlatformRow], kind: String) throws {
        let dialect = try Platforms.dialect("shanghai-drugs")
        #expect(dialect.finding(in: [PlatformPage(rows: rows)], about: .voidOrder(Told.draft)).kind == kind)
    }

    @Test("pages count together, and only when the last has been seen")
    func pages() throws {
        let dialect = try Platforms.dialect("shanghai-drugs")
        let rows = Self.rows(.sent, .sent)
        let first = PlatformPage(rows: [rows[0]], next: "11")
        let second = PlatformPage(rows: [rows[1]])
        #expect(dialect.finding(in: [first, second], about: .sendOrder(Told.draft)).kind == "done")
        #expect(dialect.finding(in: [first], about: .sendOrder(Told.draft)).kind == "unclear")
        #expect(dialect.finding(in: [], about: .sendOrder(Told.draft)).kind == "unclear")
        #expect(dialect.finding(in: [PlatformPage(rows: rows + [rows[0]])], about: .sendOrder(Told.draft)).kind == "unclear")
    }

    /// A row of Zhejiang, which knows our key or what was ordered.
    private static func row(_ number: String, line: Int, key: String = "", packs: Int64? = nil, state: State = .sent) -> PlatformRow
    {
        let ours = Told.order.lines[line - 1]
        return .orderLine(
            PlatformOrderLineState(
                platformLine: number, platformOrder: "", lineKey: key, product: ours.product, supplier: ours.supplier,
                packs: packs ?? ours.packs,
                state: state))
    }

    @Test("without the platform's numbers, our key or what was ordered tells the lines")
    func byKeyOrContent() throws {
        let dialect = try Platforms.dialect("zhejiang-drugs")
        func finding(_ rows: PlatformRow..., order: PlatformOrder = Told.draft) -> PlatformReply {
            dialect.finding(in: [PlatformPage(rows: rows)], about: .sendOrder(order))
        }
        let lines = [PlatformLineReply(line: 1, platformLine: "21"), PlatformLineReply(line: 2, platformLine: "22")]
        let done = PlatformReply.done(PlatformAcknowledgement(document: "20261122000000000001", lines: lines))
        #expect(finding(Self.row("22", line: 2), Self.row("21", line: 1)) == done)
        #expect(finding(Self.row("21", line: 2, key: "CG-2026-000001/1"), Self.row("22", line: 1, key: "CG-2026-000001/2")) == done)
        #expect(finding(Self.row("21", line: 1, packs: 11), Self.row("22", line: 2)).kind == "unclear")
        #expect(finding(Self.row("21", line: 1, key: "CG-2026-000009/1"), Self.row("22", line: 2)).kind == "unclear")
        #expect(finding(Self.row("21", line: 1), Self.row("22", line: 2), Self.row("23", line: 2)).kind == "unclear")
        #expect(finding(Self.row("21", line: 1)).kind == "unclear")
        // Lines of a plan are listed once it is sent, and sending it twice is refused.
        #expect(finding().kind == "not done")
        // Nothing is known of a draft that is void: it is not listed either way.
        #expect(dialect.finding(in: [PlatformPage(rows: [])], about: .voidOrder(Told.draft)).kind == "unclear")
    }

    @Test("lines that are alike stand for each other")
    func alike() throws {
        let dialect = try Platforms.dialect("zhejiang-drugs")
        var order = Told.draft
        order.lines[1] = order.lines[0]
        order.lines[1].number = 2
        order.lines[1].platformLine = "12"
        let two = [PlatformPage(rows: [Self.row("21", line: 1), Self.row("22", line: 1)])]
        #expect(dialect.finding(in: two, about: .sendOrder(order)).kind == "done")
        let one = [PlatformPage(rows: [Self.row("21", line: 1)])]
        #expect(dialect.finding(in: one, about: .sendOrder(order)).kind == "unclear")
    }

    @Test("a line that the platform refused before is not looked for")
    func refusedBefore() throws {
        let dialect = try Platforms.dialect("zhejiang-drugs")
        var order = Told.draft
        order.lines[1].platformLine = nil
        #expect(dialect.finding(in: [PlatformPage(rows: [Self.row("21", line: 1)])], about: .sendOrder(order)).kind == "done")
    }

    @Test("where others are listed as well, only ours count")
    func amongOthers() throws {
        let dialect = try Platforms.dialect("zhejiang-consumables")
        func finding(_ rows: String...) -> PlatformReply? {
            let head = #""returnCode":0,"currentPageNumber":1,"totalPageCount":1,"totalRecordCount":\#(rows.count)"#
            let answer = Answers.json("{\(head),\"dataList\":[\(rows.joined(separator: ","))]}")
            let reply = dialect.page(in: answer, to: .orderLines(Told.draft), after: nil, stamped: Platforms.stamp)
            guard case .page(let page) = reply else { return nil }
            return dialect.finding(in: [page], about: .sendOrder(Told.draft))
        }
        func row(_ number: Int, _ memo: String) -> String {
            #"{"ordDetlId":"\#(number)","purcCnt":"12","planDetlMemo":"\#(memo)","disYN":"1"}"#
        }
        let others = [row(91, "CG-2026-000009/1"), row(92, "手工"), row(93, "CG-2026-000001/10"), row(94, "")]
        let ours = [row(21, "CG-2026-000001/1 冷链"), row(22, "CG-2026-000001/2")]
        #expect(finding(others[0], ours[0], others[1], ours[1], others[2])?.kind == "done")
        // A plan's lines are listed once it is sent, and sending it twice is refused.
        #expect(finding(others[0], others[1], others[2], others[3])?.kind == "not done")
        #expect(finding(others[0], ours[0])?.kind == "unclear")
        #expect(finding(ours[0], ours[1], ours[1])?.kind == "unclear")
    }

    @Test("of lines that come to a draft or leave it")
    func changed() throws {
        let dialect = try Platforms.dialect("zhejiang-drugs")
        func finding(_ order: PlatformOrder, _ rows: [PlatformRow]) -> PlatformReply {
            dialect.finding(in: [PlatformPage(rows: rows)], about: .changeOrder(order))
        }
        func row(_ number: String, line: Int, packs: Int64? = nil) -> PlatformRow {
            Self.row(number, line: min(line, 2), key: "CG-2026-000001/\(line)", packs: packs, state: .draft)
        }
        let before = [row("20261122000000000011", line: 1), row("20261122000000000012", line: 2)]
        #expect(finding(Told.addition, before).kind == "not done")
        let come = finding(Told.addition, [row("13", line: 3)])
        #expect(
            come
                == .done(
                    PlatformAcknowledgement(
                        document: "20261122000000000001", lines: [PlatformLineReply(line: 3, platformLine: "13")])))
        #expect(finding(Told.addition, before + [row("13", line: 3)]).kind == "done")
        #expect(finding(Told.addition, before + [row("13", line: 3, packs: 4)]).kind == "unclear")
        var removal = Told.draft
        removal.lines = [removal.lines[1]]
        removal.lines[0].packs = 0
        #expect(finding(removal, before).kind == "not done")
        #expect(finding(removal, [before[0]]).kind == "done")
        // Nothing in it shows that it is this draft.
        #expect(finding(removal, []).kind == "unclear")
        #expect(finding(Told.addition, [Self.row("13", line: 1, key: "CG-2026-000009/1")]).kind == "unclear")
    }
}
