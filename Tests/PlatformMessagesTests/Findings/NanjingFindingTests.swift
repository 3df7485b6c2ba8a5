import PlatformMessages
import Testing

@Suite("What became of a fact in Nanjing")
struct NanjingFindingTests {
    @Test(
        "is asked, told again, or left to a person",
        arguments: [
            (.createOrder, "again"), (.sendOrder, "order-lines"), (.changeOrder, "nobody"), (.voidOrder, "nobody"),
            (.acceptDelivery, "nobody"), (.applyReturn, "return-state"), (.selectListings, "again"), (.createSettlement, "nobody"),
        ] as [(PlatformFactKind, String)])
    func recovery(kind: PlatformFactKind, expected: String) throws {
        for code in Platforms.national where code.hasPrefix("nanjing") {
            switch try Platforms.dialect(code).recovery(of: Told.fact(kind).boughtAs("1")) {
            case .ask(let question): #expect(question.kind.rawValue == expected)
            case .tellAgain(let reason): #expect(expected == "again" && !reason.isEmpty)
            case .none: #expect(expected == "nobody")
            }
        }
    }

    private static func row(_ number: Int, _ memo: String, _ state: String = #""disYN":"1""#) -> String {
        #"{"ordDetlId":"\#(number)","purcCnt":"\#(number == 21 ? 12 : 3)","planDetlMemo":"\#(memo)",\#(state)}"#
    }

    private func finding(_ pages: [String]...) throws -> String {
        let dialect = try Platforms.dialect("nanjing-drugs")
        let question = PlatformQuestion.orderLines(Told.draft)
        var (read, cursor): ([PlatformPage], String?) = ([], nil)
        for rows in pages {
            let answer = Answers.json("{\"returnCode\":0,\"dataList\":[\(rows.joined(separator: ","))]}")
            guard case .page(let page) = dialect.page(in: answer, to: question, after: cursor, stamped: Platforms.stamp) else {
                return "no page"
            }
            read.append(page)
            cursor = page.next
        }
        return dialect.finding(in: read, about: .sendOrder(Told.draft)).kind
    }

    @Test("shows in the lines of an order, once a page is empty")
    func sent() throws {
        let ours = [Self.row(21, "CG-2026-000001/1 冷链"), Self.row(22, "CG-2026-000001/2")]
        #expect(try finding(ours, []) == "done")
        #expect(try finding([ours[0]], [ours[1]], []) == "done")
        #expect(try finding(ours) == "unclear")
        // Lines of a plan are listed once it is sent.
        #expect(try finding([]) == "not done")
        // Rows that cannot be told from others' leave it open, and so does half an order.
        #expect(try finding([Self.row(21, ""), Self.row(22, "")], []) == "unclear")
        #expect(try finding([ours[0]], []) == "unclear")
        #expect(try finding(ours + [Self.row(23, "CG-2026-000009/1")], []) == "unclear")
        // The same page for ever.
        #expect(try finding(ours, ours) == "no page")
        #expect(try finding([Self.row(21, "CG-2026-000001/1", #""disYN":"9""#)], []) == "no page")
    }

    @Test(
        "shows in the states of its lines",
        arguments: [
            (#""ordDetlStas":"5","disYN":"1""#, .void), (#""ordDetlStas":"4","disYN":"1""#, .refused),
            (#""disYN":"3""#, .delivered),
            (#""ordDetlStas":3,"disYN":1"#, .shipping), (#""disYN":"2""#, .shipping), (#""disYN":"4""#, .void),
            (#""disYN":1"#, .sent),
            (#""ordDetlStas":"1""#, .sent),
        ] as [(String, PlatformOrderLineState.State)])
    func states(fields: String, state: PlatformOrderLineState.State) throws {
        let answer = Answers.json("{\"returnCode\":0,\"dataList\":[\(Self.row(21, "CG-2026-000001/1", fields))]}")
        let reply = try Platforms.dialect("nanjing-consumables")
            .page(in: answer, to: .orders(Told.days), after: nil, stamped: Platforms.stamp)
        guard case .page(let page) = reply, case .orderLine(let line)? = page.rows.first else {
            Issue.record("\(reply)")
            return
        }
        #expect(line.state == state)
    }

    @Test("shows in the returns of its days, by our number")
    func returned() throws {
        let dialect = try Platforms.dialect("nanjing-drugs")
        func kind(_ rows: String...) -> String {
            let head = #""returnCode":0,"currentPageNumber":"1","totalPageCount":"1","totalRecordCount":"\#(rows.count)""#
            let answer = Answers.json("{\(head),\"dataList\":[\(rows.joined(separator: ","))]}")
            let question = PlatformQuestion.returnState(Told.newReturn)
            guard case .page(let page) = dialect.page(in: answer, to: question, after: nil, stamped: Platforms.stamp) else {
                return "no page"
            }
            return dialect.finding(in: [page], about: .applyReturn(Told.newReturn)).kind
        }
        func row(_ reason: String, packs: Int = 2) -> String {
            #"{"retnCode":"R\#(packs)","retnCnt":\#(packs),"medinsRetnRea":"\#(reason)","retnChkStas":"1"}"#
        }
        #expect(kind(row("TH-2026-000001 近效期"), row("TH-2026-000002")) == "done")
        #expect(kind(row("TH-2026-000001 近效期", packs: 3)) == "unclear")
        #expect(kind(row("近效期")) == "unclear" && kind() == "unclear")
    }
}
