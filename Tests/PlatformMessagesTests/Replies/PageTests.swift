import Primitives
import Testing

@testable import PlatformMessages

@Suite("Pages")
struct PageTests {
    private static func numbered(_ page: String, _ pages: String, _ total: String, rows: Int = 1) -> PlatformAnswer {
        let row = #"{"shpId":"S","ordDetlId":"O","hospListId":"P","shpCnt":1,"shpStas":"2"}"#
        let list = Array(repeating: row, count: rows).joined(separator: ",")
        return Answers.json(
            #"{"returnCode":0,"currentPageNumber":\#(page),"totalPageCount":\#(pages),"totalRecordCount":\#(total),"dataList":[\#(list)]}"#
        )
    }

    @Test("by number follow one another, and each says which it is")
    func numbers() throws {
        let dialect = try Platforms.dialect("zhejiang-drugs")
        let cases: [(PlatformAnswer, String?, String)] = [
            (Self.numbered("1", "3", "3"), nil, "2"), (Self.numbered("2", "3", "3"), "2", "3"),
            (Self.numbered("3", "3", "3"), "3", "last"),
            (Self.numbered("\"1\"", "\"1\"", "\"1\""), nil, "last"), (Self.numbered("1", "0", "0", rows: 0), nil, "last"),
            (Self.numbered("1", "1", "0", rows: 0), nil, "last"), (Self.numbered("4", "3", "3", rows: 0), "4", "last"),
            (Self.numbered("1", "3", "3"), "2", "unclear"), (Self.numbered("2", "3", "3"), nil, "unclear"),
            (Self.numbered("1", "3", "3", rows: 0), nil, "unclear"), (Self.numbered("1", "1", "1", rows: 0), nil, "unclear"),
            (Self.numbered("1", "1", "0"), nil, "unclear"), (Self.numbered("null", "1", "1"), nil, "unclear"),
            (Self.numbered("1", "null", "1"), nil, "unclear"), (Self.numbered("1", "1.5", "1"), nil, "unclear"),
        ]
        for (answer, cursor, expected) in cases {
            let reply = dialect.page(in: answer, to: .deliveryLines(Told.days), after: cursor, stamped: Platforms.stamp)
            if case .page(let page) = reply {
                #expect(page.next ?? "last" == expected)
            } else {
                #expect(expected == "unclear", "\(reply)")
            }
        }
        let third = try dialect.request(asking: .deliveryLines(Told.days), after: "3", stamped: Platforms.stamp)
        #expect(String(decoding: third.body, as: UTF8.self).contains(#""current":3,"size":100"#))
    }

    @Test("of a list that is searched for one thing are of the same list, or one may be missed between them")
    func steady() throws {
        let dialect = try Platforms.dialect("zhejiang-consumables")
        func next(_ page: Int, of pages: Int, total: Int, after cursor: String?, rows: Int = 1) -> String {
            let row = #"{"ordDetlId":"7","planDetlMemo":"","disYN":"1"}"#
            let list = Array(repeating: row, count: rows).joined(separator: ",")
            let head = #""returnCode":0,"currentPageNumber":\#(page),"totalPageCount":\#(pages),"totalRecordCount":\#(total)"#
            let reply = dialect.page(
                in: Answers.json("{\(head),\"dataList\":[\(list)]}"), to: .orderLines(Told.draft), after: cursor,
                stamped: Platforms.stamp)
            if case .page(let page) = reply { return page.next ?? "last" }
            return reply.kind
        }
        #expect(next(1, of: 3, total: 3, after: nil) == "2/3")
        #expect(next(2, of: 3, total: 3, after: "2/3") == "3/3")
        #expect(next(3, of: 3, total: 3, after: "3/3") == "last")
        #expect(next(2, of: 3, total: 4, after: "2/3") == "unclear")
        #expect(next(3, of: 3, total: 2, after: "3/3") == "unclear")
        #expect(next(3, of: 3, total: 3, after: "3/3", rows: 0) == "unclear")
        let request = try dialect.request(asking: .orderLines(Told.draft), after: "2/3", stamped: Platforms.stamp)
        #expect(String(decoding: request.body, as: UTF8.self).contains(#""current":2,"size":100"#))
    }

    @Test("with a row that is none are unclear")
    func unreadableRows() throws {
        let dialect = try Platforms.dialect("zhejiang-drugs")
        let answer = Answers.json(
            #"{"returnCode":0,"currentPageNumber":2,"totalPageCount":2,"totalRecordCount":3,"dataList":[{},1]}"#)
        #expect(dialect.page(in: answer, to: .deliveryLines(Told.days), after: "2", stamped: Platforms.stamp).kind == "unclear")
    }

    private static func row(_ id: String) -> String {
        "<STRUCT><PSMXBH>\(id)</PSMXBH><DDMXBH>1</DDMXBH><ZXSPBM>1</ZXSPBM><HCTBDM>1</HCTBDM><SCPH>1</SCPH><PSL>1</PSL></STRUCT>"
    }

    @Test("by the last row move on, and never stand still")
    func lastRow() throws {
        let dialect = try Platforms.dialect("shanghai-drugs")
        let rows = Self.row("A") + Self.row("B")
        let cases: [(String, String?, String)] = [
            ("<MAIN><JLS>2</JLS><SFWJ>0</SFWJ></MAIN><DETAIL>\(rows)</DETAIL>", nil, "B"),
            ("<MAIN><SFWJ>0</SFWJ></MAIN><DETAIL>\(rows)</DETAIL>", "A", "B"),
            ("<MAIN><JLS>2</JLS><SFWJ>1</SFWJ></MAIN><DETAIL>\(rows)</DETAIL>", "A", "last"),
            ("<MAIN><JLS>0</JLS><SFWJ>1</SFWJ></MAIN>", nil, "last"),
            ("<MAIN><JLS>2</JLS><SFWJ>0</SFWJ></MAIN><DETAIL>\(rows)</DETAIL>", "B", "unclear"),
            ("<MAIN><JLS>3</JLS><SFWJ>1</SFWJ></MAIN><DETAIL>\(rows)</DETAIL>", nil, "unclear"),
            ("<MAIN><JLS>0</JLS><SFWJ>0</SFWJ></MAIN>", nil, "unclear"),
            ("<MAIN><JLS>2</JLS></MAIN><DETAIL>\(rows)</DETAIL>", nil, "unclear"),
            ("<MAIN><JLS>2</JLS><SFWJ>2</SFWJ></MAIN><DETAIL>\(rows)</DETAIL>", nil, "unclear"),
            ("<MAIN><SFWJ>1</SFWJ></MAIN><DETAIL>\(Self.row("").replacing("<PSL>1", with: "<PSL>1.5"))</DETAIL>", nil, "last"),
        ]
        for (inner, cursor, expected) in cases {
            let reply = dialect.page(
                in: Answers.soap(inner), to: .deliveryLines(Told.days), after: cursor, stamped: Platforms.stamp)
            if case .page(let page) = reply {
                #expect(page.next ?? "last" == expected, "\(inner)")
            } else {
                #expect(expected == "unclear", "\(reply)")
            }
        }
        let next = try dialect.request(asking: .deliveryLines(Told.days), after: "B", stamped: Platforms.stamp)
        #expect(String(decoding: next.body, as: UTF8.self).contains("&lt;PSMXBH&gt;B&lt;/PSMXBH&gt;"))
    }

    @Test("by the answer's cursor")
    func answerCursor() throws {
        let dialect = try Platforms.dialect("shanghai-consumables")
        func next(_ main: String, after cursor: String? = nil) -> String {
            let inner = "<MAIN>\(main)</MAIN><DETAIL>\(Self.row("A"))</DETAIL>"
            let reply = dialect.page(
                in: Answers.soap(inner, isDrug: false), to: .deliveryLines(Told.days), after: cursor, stamped: Platforms.stamp)
            if case .page(let page) = reply { return page.next ?? "last" }
            return reply.kind
        }
        #expect(next("<SFWJ>0</SFWJ><DCZHPSMXBH>77</DCZHPSMXBH><JLS>1</JLS>") == "77")
        #expect(next("<SFWJ>0</SFWJ><DCZHPSMXBH>77</DCZHPSMXBH><JLS>1</JLS>", after: "77") == "unclear")
        #expect(next("<SFWJ>0</SFWJ><JLS>1</JLS>") == "unclear")
        #expect(next("<SFWJ>1</SFWJ><JLS>1</JLS>", after: "77") == "last")
    }

    @Test("a question is answered with a no in many ways")
    func kinds() throws {
        let shanghai = try Platforms.dialect("shanghai-drugs")
        let question = PlatformQuestion.deliveryLine(Told.receipt)
        for (answer, kind) in [
            (Answers.soap("", code: "22008"), "unknown"), (Answers.soap("", code: "12022"), "unknown"),
            (Answers.soap("", code: "12002"), "refused"),
            (Answers.soap("", code: "11004", echo: ""), "refused"), (Answers.soap("", code: "11004", echo: "m-2"), "unclear"),
            (Answers.soap("", code: "11003", echo: ""), "not now"), (Answers.soap("", code: "11005", echo: ""), "not now"),
            (Answers.soap("", code: "11001"), "not now"), (Answers.soap("", code: "11002"), "unclear"),
            (Answers.of(500, ""), "unclear"),
            (Answers.soap("<MAIN><CLZT>1</CLZT></MAIN>"), "page"),
            (Answers.soap("<MAIN><CLZT>1</CLZT></MAIN>", echo: ""), "unclear"),
            (Answers.soap("<MAIN><CLZT>9</CLZT></MAIN>"), "unclear"), (Answers.soap("<MAIN/>"), "unclear"),
            (Answers.of(403, ""), "not now"),
        ] {
            #expect(shanghai.page(in: answer, to: question, after: nil, stamped: Platforms.stamp).kind == kind, "\(kind)")
        }
        let zhejiang = try Platforms.dialect("zhejiang-drugs")
        for (answer, kind) in [
            (Answers.json(nil, infcode: "1", error: "令牌无效"), "needs token"), (Answers.json(#"{"returnCode":1}"#), "refused"),
            (Answers.json(nil, infcode: "1", error: "访问间隔"), "not now"), (Answers.of(401, ""), "needs token"),
        ] {
            #expect(zhejiang.page(in: answer, to: .catalogue, after: nil, stamped: Platforms.stamp).kind == kind, "\(kind)")
        }
    }

    @Test("a row that cannot be read hides none of the others, and is told with its number", arguments: ["shpCnt", "shpStas"])
    func unreadableRow(field: String) throws {
        let dialect = try Platforms.dialect("zhejiang-drugs")
        func row(_ number: Int) -> String {
            #"{"shpId":"SHP-\#(number)","ordDetlId":"9","hospListId":"P","shpCnt":1,"shpStas":"2"}"#
        }
        let bad = row(2).replacing(#""shpCnt":1"#, with: field == "shpCnt" ? #""shpCnt":"one""# : #""shpCnt":1"#)
            .replacing(#""shpStas":"2""#, with: field == "shpStas" ? #""shpStas":"77""# : #""shpStas":"2""#)
        let answer = Answers.json(
            #"{"returnCode":0,"currentPageNumber":1,"totalPageCount":1,"totalRecordCount":3,"dataList":[\#(row(1)),\#(bad),\#(row(3))]}"#
        )
        let reply = dialect.page(in: answer, to: .deliveryLines(Told.days), after: nil, stamped: Platforms.stamp)
        guard case .page(let page) = reply else { return #expect(Bool(false), "\(reply)") }
        #expect(page.rows.count == 2 && page.unreadable.map(\.name) == ["SHP-2"])
        #expect(page.unreadable.allSatisfy { !$0.reason.isEmpty })
    }

    @Test("a row about another thing than was asked for is unclear")
    func otherRow() throws {
        let dialect = try Platforms.dialect("zhejiang-drugs")
        let answer = Answers.json(
            #"{"returnCode":0,"currentPageNumber":1,"totalPageCount":1,"totalRecordCount":1,"dataList":[{"shpId":"SHP-1","ordDetlId":"9","hospListId":"P","shpCnt":1,"shpStas":"2"}]}"#
        )
        #expect(dialect.page(in: answer, to: .deliveryLine(Told.receipt), after: nil, stamped: Platforms.stamp).kind == "unclear")
    }

    @Test("numbers are read exactly, or not at all")
    func numbersRead() {
        for (text, packs) in [("12", 12), ("12.0000", 12), ("0", 0), ("-2", -2), ("007", 7)] {
            #expect(Int64(wholePartOf: text) == Int64(packs))
        }
        for text in ["12.5", "12.", ".0", "", "1e3", "+1", " 1", "1,000", "9223372036854775808", "1.0.0"] {
            #expect(Int64(wholePartOf: text) == nil)
        }
        for (text, yuan) in [("12.5", "12.50"), ("-25.000000", "-25.00"), ("0.0375", "0.0375"), ("150", "150.00")] {
            #expect(Money(platformText: text)?.description == yuan)
        }
        for text in ["0.00001", "1e2", "", "12.", "一"] { #expect(Money(platformText: text) == nil) }
        for (text, format) in [
            ("20261122", DayFormat.compact), ("20261122/093001/", .compact), ("2026-11-22", .dashed),
            ("2026-11-22 09:30:00", .dashed),
        ] {
            #expect(CalendarDate(platformText: text, format)?.description == "2026-11-22")
        }
        for text in ["202611", "20261322", "2026-11-22", "20261122x", "２０２６１１２２"] {
            #expect(CalendarDate(platformText: text, .compact) == nil)
        }
    }
}
