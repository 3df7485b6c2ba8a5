import PlatformSimulator
import Primitives
import StrictXML
import Testing

@Suite("Faults an answer meets")
struct AnswerFaultTests {
    private static func options(_ fault: SimulatorFault, _ operation: String, nth: Int = 1) -> SimulatorOptions {
        var options = Office.options
        options.script = [ScriptedFault(operation: operation, nth: nth, fault: fault)]
        return options
    }

    @Test("the answer before comes instead, though all was done")
    func answerToAnother() async throws {
        try await Office.open(Self.options(.answerToAnother, "YY009", nth: 2)) { office in
            let first = try office.fill("PO-1")
            #expect(try office.fill("PO-2") == first)
            #expect(office.statement.orders.map(\.hospitalKey) == ["PO-1", "PO-2"])
            #expect(try office.fill("PO-3") != first)
        }
    }

    @Test("a malformed body cannot be read, though all was done", arguments: 0..<8 as Range<UInt64>)
    func malformed(seed: UInt64) async throws {
        var options = Office.options
        options.seed = seed
        options.faults = [.malformed: 10_000]
        try await Office.open(options) { office in
            office.sendShanghai(
                Office.call(
                    "YY009", Office.document(Office.orderMain("PO-1", lines: 1), [Office.line(1)]), user: "H330001",
                    password: "a shared secret", institution: "H330001"))
            let answer = try #require(office.wire.answer())
            #expect(throws: XMLRefusal.self) { try XMLReader().read(answer.body) }
            #expect(office.statement.orders.count == 1)
            let body = #"{"appCode":"app-1","authCode":"auth-1"}"#
            office.wire.post("/zhejiang-drugs/token", try office.zhejiangHeaders(body), body)
            let json = try #require(office.wire.answer())
            #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: json.body) }
        }
    }

    @Test("the envelope says it failed, the lines that they are good, and they are")
    func wrongEnvelope() async throws {
        try await Office.open(Self.options(.wrongEnvelopeCode, "ZJ9653")) { office in
            let answer = try office.askZhejiang("ZJ9653", Office.planText(["A/1"]))
            #expect(answer["infcode"] == "-1" && answer["output"]?["data"]?["dataList"]?[0]?["returnCode"] == 0)
            #expect(office.statement.orders.count == 1)
        }
        try await Office.open(Self.options(.wrongEnvelopeCode, "YY009")) { office in
            let answer = try office.shanghai("YY009", Office.orderMain("PO-1", lines: 1), [Office.line(1)])
            #expect(answer.result == "11002" && answer.structs[0].value("CLJG") == "00000")
            #expect(office.statement.orders.count == 1)
        }
    }

    @Test("the envelope says all is good, the lines that they are not, and it is")
    func wrongLines() async throws {
        try await Office.open(Self.options(.wrongLineCodes, "ZJ9653")) { office in
            let answer = try office.zhejiang("ZJ9653", Office.planText(["A/1"]))
            #expect(answer["returnCode"] == 0 && answer["dataList"]?[0]?["returnCode"] == 1)
            #expect(office.statement.orders[0].lines.count == 1)
        }
        try await Office.open(Self.options(.wrongLineCodes, "YY009")) { office in
            let answer = try office.shanghai("YY009", Office.orderMain("PO-1", lines: 1), [Office.line(1)])
            #expect(answer.result == "00000" && answer.structs[0].value("CLJG") == "13008")
            #expect(office.statement.orders[0].lines.count == 1)
        }
    }

    @Test("a fault that cannot take place is not counted")
    func impossible() async throws {
        try await Office.open(Self.options(.wrongLineCodes, "ZJ9656")) { office in
            _ = try office.send(try office.plan(["A/1"]))
            #expect(office.statement.faults.isEmpty)
        }
    }

    @Test("a token expires in the middle of things, and nothing was done")
    func tokenExpiry() async throws {
        try await Office.open(Self.options(.tokenExpiry, "ZJ9653", nth: 2)) { office in
            _ = try office.plan(["A/1"])
            let answer = try office.askZhejiang("ZJ9653", Office.planText(["A/2"]))
            #expect(answer["err_msg"] == "令牌无效，请重新获取令牌" && office.statement.orders.count == 1)
            let old = office.token
            try office.fetchToken()
            #expect(office.token != old)
            _ = try office.plan(["A/2"])
        }
    }

    @Test("a clock that is ahead refuses signatures and tells its own time")
    func clockSkew() async throws {
        try await Office.open(Self.options(.clockSkew, "ZJ9653", nth: 2)) { office in
            _ = try office.plan(["A/1"])
            #expect(try office.askZhejiang("ZJ9653", Office.planText(["A/2"]))["err_msg"] == "签名已过期")
        }
        try await Office.open(Self.options(.clockSkew, "YY021")) { office in
            let answer = try office.shanghai("YY021", "<DDBH>20261122000000000099</DDBH>")
            #expect(answer.at("HEAD", "JSSJ")?.text == "20261122/101000/")
        }
    }

    @Test("rows inserted between pages move the pages: a row comes again, and the last page later")
    func movingPages() async throws {
        try await Office.open(Self.options(.movingCursor, "ZJ9657", nth: 2)) { office in
            let plan = try office.plan((1...4).map { "A/\($0)" })
            let all = try office.send(plan)["ordDetlIdList"]?.elements.compactMap { $0["ordDetlId"]?.string } ?? []
            func page(_ number: Int) throws -> (ids: [String], pages: Int64?) {
                let data = try office.zhejiang("ZJ9657", #"{"medinsCode":"H330001","current":\#(number),"size":2}"#)
                return (data["dataList"]?.elements.compactMap { $0["ordDetlId"]?.string } ?? [], data["totalPageCount"]?.integer)
            }
            let pages = try [page(1), page(2), page(3)]
            #expect(pages.map(\.ids) == [[all[0], all[1]], [all[1], all[2]], [all[3]]])
            #expect(pages.map(\.pages) == [2, 3, 3])
            let again = try [page(1), page(2)]
            #expect(again.map(\.ids) == [[all[0], all[1]], [all[2], all[3]]])
        }
    }

    @Test("behind a cursor a row appears that this sweep does not meet, and the next does")
    func movingCursor() async throws {
        var options = Self.options(.movingCursor, "YY021", nth: 2)
        options.shanghai.pageRows = 2
        try await Office.open(options) { office in
            let order = try office.fill("PO-1", lines: 4)
            let all = office.statement.orders[0].lines.map(\.id)
            func page(_ cursor: String) throws -> [String] {
                try office.shanghai("YY021", "<DDBH>\(order)</DDBH><DDMXBH>\(cursor)</DDMXBH>").structs.column("DDMXBH")
            }
            let first = try [page(""), page(all[1])]
            #expect(first == [[all[0], all[1]], [all[3]]])
            let second = try [page(""), page(all[1])]
            #expect(second == [[all[0], all[1]], [all[2], all[3]]])
        }
    }

    @Test("a page begins with rows of the one before")
    func repeatedPage() async throws {
        var options = Self.options(.repeatedPage, "YY021", nth: 2)
        options.script.append(ScriptedFault(operation: "ZJ9657", nth: 2, fault: .repeatedPage))
        options.shanghai.pageRows = 2
        try await Office.open(options) { office in
            let order = try office.fill("PO-1", lines: 4)
            let all = office.statement.orders[0].lines.map(\.id)
            _ = try office.shanghai("YY021", "<DDBH>\(order)</DDBH>")
            let page = try office.shanghai("YY021", "<DDBH>\(order)</DDBH><DDMXBH>\(all[1])</DDMXBH>")
            #expect(page.structs.column("DDMXBH") == [all[1], all[2], all[3]] && page.at("MAIN", "JLS")?.text == "3")

            let sent = try office.send(try office.plan((1...4).map { "A/\($0)" }))
            let ids = sent["ordDetlIdList"]?.elements.compactMap { $0["ordDetlId"]?.string } ?? []
            _ = try office.zhejiang("ZJ9657", #"{"medinsCode":"H330001","current":1,"size":2}"#)
            let second = try office.zhejiang("ZJ9657", #"{"medinsCode":"H330001","current":2,"size":2}"#)
            #expect(second["dataList"]?.elements.compactMap { $0["ordDetlId"]?.string } == [ids[1], ids[2], ids[3]])
        }
    }

    @Test("all faults at once by chance: what was done is what is there, and the same seed meets the same faults")
    func everything() async throws {
        var options = Office.options
        options.acceptsUnknownCodes = true
        for fault in SimulatorFault.allCases where fault != .slowBody && fault != .slowHeaders { options.faults[fault] = 600 }
        var seen: [[SimulatorFault: Int]] = []
        for _ in 0..<2 {
            try await Office.open(options) { office in
                for number in 0..<300 {
                    try? office.reconnect()
                    office.sendShanghai(
                        Office.call(
                            "YY009", Office.document(Office.orderMain("PO-\(number)", lines: 1), [Office.line(1)]), user: "H330001",
                            password: "a shared secret", institution: "H330001"))
                    _ = office.wire.answer()
                }
                let statement = office.statement
                let notDone = [SimulatorFault.resetBeforeCommit, .status429, .status503].compactMap { statement.faults[$0] }.reduce(0, +)
                #expect(statement.orders.count == (statement.requests["YY009"] ?? 0) - notDone)
                #expect(Set(statement.orders.map(\.hospitalKey)).count == statement.orders.count)
                #expect(statement.faults.count > 8)
                seen.append(statement.faults)
            }
        }
        #expect(seen[0] == seen[1])
    }
}
