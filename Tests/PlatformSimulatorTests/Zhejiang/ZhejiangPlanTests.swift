import Foundation
import PlatformSimulator
import Primitives
import Testing

@Suite("Zhejiang: plans")
struct ZhejiangPlanTests {
    @Test("a plan is created, sent and its order lines are listed")
    func createAndSend() async throws {
        try await Office.open { office in
            let created = try office.zhejiang("ZJ9653", Office.planText(["PO-1/1", "PO-1/2"]))
            #expect(created["returnCode"] == 0 && created["planSumamt"] == .number("250.00"))
            let plan = try #require(created["purcCode"]?.string)
            #expect(plan.utf8.count == 19)
            #expect(created["dataList"]?.elements.map { $0["hospPurcDetlId"]?.string } == ["PO-1/1", "PO-1/2"])
            #expect(created["dataList"]?.elements.allSatisfy { $0["returnCode"] == 0 } == true)
            let order = try #require(office.statement.orders.first)
            #expect(order.face == .zhejiang && order.number == plan && order.hospitalKey == "PO-1" && order.state == .draft)
            #expect(order.lines.map(\.state) == [.draft, .draft] && order.lines.map(\.packs) == [10, 10])

            let sent = try office.send(plan)
            #expect(sent["PurcCode"]?.string == plan && sent["purcCode"] == nil)
            let lines = try #require(sent["ordDetlIdList"]?.elements)
            #expect(lines.map { $0["purcPlanDetId"]?.string } == order.lines.map(\.id))
            #expect(sent["ordIdList"]?.elements.count == 1 && lines[0]["ordId"] == sent["ordIdList"]?[0]?["ordId"])
            let ids = Set(lines.flatMap { $0.members.compactMap(\.value.string) } + [plan])
            #expect(ids.count == 6 && ids.allSatisfy { $0.utf8.count == 19 })

            let listed = try office.zhejiang("ZJ9657", #"{"medinsCode":"H330001","purcCode":"\#(plan)","current":1,"size":10}"#)
            #expect(listed["totalRecordCount"] == 2 && listed["totalPageCount"] == 1 && listed["currentPageNumber"] == 1)
            let row = try #require(listed["dataList"]?[0])
            #expect(row["ordDetlId"] == lines[0]["ordDetlId"] && row["purcCnt"] == 10 && row["purcpric"] == .number("12.50"))
            #expect(row["responseStatus"] == "1" && row["ordDetlStas"] == "2" && row["sendTime"] == "2026-11-22 10:00:00")
        }
    }

    @Test("a plan for two suppliers becomes two orders")
    func twoSuppliers() async throws {
        try await Office.open { office in
            let text = Office.planText(["A/1", "A/2"])
            let second = try #require(text.range(of: "QY01", options: .backwards))
            let plan = try office.zhejiang("ZJ9653", text.replacingCharacters(in: second, with: "QY02"))["purcCode"]?.string
            let sent = try office.send(try #require(plan))
            #expect(sent["ordIdList"]?.elements.count == 2)
            let listed = try office.zhejiang(
                "ZJ9657", #"{"medinsCode":"H330001","delventpCode":"QY02","current":1,"size":10}"#)
            #expect(listed["totalRecordCount"] == 1 && listed["dataList"]?[0]?["delventpCode"] == "QY02")
        }
    }

    @Test("what is wrong with a plan as a whole", arguments: [
        (Office.planText(["A/1"], sum: "125.01"), "planSumamt与明细合计不符"),
        (Office.planText(["A/1"]).replacingOccurrences(of: #""addrId":"PSD01","conerName""#, with: #""addrId":"PSD09","conerName""#), "addrId不存在"),
        (Office.planText(["A/1"]).replacingOccurrences(of: "H330001", with: "H330002"), "medinsCode与账号不符"),
        (Office.planText(["A/1"]).replacingOccurrences(of: #""chkStas":2"#, with: #""chkStas":4"#), "chkStas应为-1或2"),
        (Office.planText(["A/1"]).replacingOccurrences(of: #""chkStas":2,"#, with: ""), "chkStas不能为空"),
        (Office.planText(["A/1"]).replacingOccurrences(of: "conerTel", with: "conerTell"), "不识别的字段：conerTell"),
        (Office.planText([]), "list不能为空"),
    ])
    func wrongPlans(text: String, message: String) async throws {
        try await Office.open { office in
            let answer = try office.zhejiang("ZJ9653", text)
            #expect(answer["returnCode"] == 1 && answer["returnMsg"]?.string == message)
            #expect(office.statement.orders.isEmpty)
        }
    }

    @Test("what is wrong with a line", arguments: [
        (Office.planText(["A/1"], product: "NONE"), "hospListId不存在"), (Office.planText(["A/1"], supplier: "QY09"), "delventpCode不存在"),
        (Office.planText(["A/1"], product: "XN0002", supplier: "QY02", price: "3.0075"), "该企业不配送此商品"),
        (Office.planText(["A/1"], price: "12.51"), "hospPurcPric与挂网价不符"), (Office.planText(["A/1"], packs: 0), "purcCnt应为大于0的整数"),
        (Office.planText(["A/1"]).replacingOccurrences(of: #""purcCnt":10"#, with: #""purcCnt":0.5"#).replacingOccurrences(of: "125.00", with: "0"), "purcCnt应为大于0的整数"),
        (Office.planText(["A/1"]).replacingOccurrences(of: #""addrId":"PSD01","hosp"#, with: #""addrId":"PSD09","hosp"#), "addrId不存在"),
        (Office.planText([""]), "hospPurcDetlId不能为空"),
    ])
    func wrongLines(text: String, message: String) async throws {
        try await Office.open { office in
            let answer = try office.zhejiang("ZJ9653", text)
            #expect(answer["returnCode"] == 1 && answer["purcCode"] == "")
            #expect(answer["dataList"]?[0]?["returnCode"] == 1 && answer["dataList"]?[0]?["returnMsg"]?.string == message)
            #expect(office.statement.orders.isEmpty)
        }
    }

    @Test("of lines of which some are wrong, the good ones are ordered, or none", arguments: [true, false])
    func partlyWrong(keepsGood: Bool) async throws {
        var options = Office.options
        options.zhejiang.partlyWrong = keepsGood ? .keepsGoodLines : .refusesAll
        try await Office.open(options) { office in
            let answer = try office.zhejiang("ZJ9653", Office.planText(["A/1", "A/2", "A/2"]))
            #expect(answer["returnCode"] == (keepsGood ? 0 : 1))
            #expect(answer["dataList"]?.elements.map { $0["returnCode"] } == (keepsGood ? [0, 0, 1] : [1, 1, 1]))
            #expect(office.statement.orders.first?.lines.map(\.key) == (keepsGood ? ["A/1", "A/2"] : nil))
            #expect(try office.zhejiang("ZJ9653", Office.planText(["A/1", "A/2", "A/2"])) == answer)
        }
    }

    @Test("the same plan again is the same plan, drafted or sent; other lines under known keys are refused")
    func repeatedAnswersTheSame() async throws {
        try await Office.open { office in
            let first = try office.zhejiang("ZJ9653", Office.planText(["A/1", "A/2"]))
            #expect(try office.zhejiang("ZJ9653", Office.planText(["A/1", "A/2"])) == first)
            _ = try office.send(try #require(first["purcCode"]?.string))
            #expect(try office.zhejiang("ZJ9653", Office.planText(["A/1", "A/2"])) == first)
            let other = try office.zhejiang("ZJ9653", Office.planText(["A/1"]))
            #expect(other["dataList"]?[0]?["returnMsg"] == "hospPurcDetlId已存在")
            let changed = try office.zhejiang("ZJ9653", Office.planText(["A/1", "A/2"], packs: 11))
            #expect(changed["returnCode"] == 1)
            #expect(office.statement.orders.count == 1)
        }
    }

    @Test("what a known key does is an option", arguments: [
        (ZhejiangOptions.RepeatedKey.refusesLine, 1), (.createsAgain, 2), (.answersTheSame, 1),
    ])
    func repeatedKeys(option: ZhejiangOptions.RepeatedKey, orders: Int) async throws {
        var options = Office.options
        options.zhejiang.repeatedKey = option
        try await Office.open(options) { office in
            _ = try office.plan(["A/1"])
            let again = try office.zhejiang("ZJ9653", Office.planText(["A/1"]))
            #expect(again["returnCode"] == (option == .refusesLine ? 1 : 0))
            #expect(office.statement.orders.count == orders)
        }
    }

    @Test("a plan that was cancelled frees its keys and is not sent")
    func cancel() async throws {
        try await Office.open { office in
            let plan = try office.plan(["A/1"])
            let cancel = #"{"medinsCode":"H330001","purcCode":"\#(plan)"}"#
            #expect(try office.zhejiang("ZJ9655", cancel)["returnCode"] == 0)
            #expect(try office.zhejiang("ZJ9655", cancel)["returnMsg"] == "已作废")
            #expect(try office.send(plan)["returnMsg"] == "已作废")
            #expect(try office.plan(["A/1"]) != plan)
            #expect(office.statement.orders.map(\.state) == [.void, .draft])
        }
    }

    @Test("a plan that was sent is not cancelled, unless the platform withdraws what was not delivered")
    func cancelSent() async throws {
        var options = Office.options
        options.suppliersSide.forgets = 10_000
        try await Office.open(options) { office in
            let plan = try office.plan(["A/1"])
            _ = try office.send(plan)
            #expect(try office.zhejiang("ZJ9655", #"{"medinsCode":"H330001","purcCode":"\#(plan)"}"#)["returnMsg"] == "已发送")
        }
        options.zhejiang.cancelAfterSend = .voidsUndelivered
        try await Office.open(options) { office in
            let plan = try office.plan(["A/1"])
            _ = try office.send(plan)
            #expect(try office.zhejiang("ZJ9655", #"{"medinsCode":"H330001","purcCode":"\#(plan)"}"#)["returnCode"] == 0)
            #expect(office.statement.orders[0].lines[0].state == .void)
        }
    }

    @Test("sending again is refused, or answered the same")
    func sendAgain() async throws {
        try await Office.open { office in
            let plan = try office.plan(["A/1"])
            _ = try office.send(plan)
            let again = try office.send(plan)
            #expect(again["returnCode"] == 1 && again["returnMsg"] == "已发送")
        }
        var options = Office.options
        options.zhejiang.repeatedSend = .answersTheSame
        try await Office.open(options) { office in
            let plan = try office.plan(["A/1"])
            let first = try office.send(plan)
            #expect(try office.send(plan) == first)
        }
    }

    @Test("lines are added to and taken out of a plan that was not sent")
    func changeLines() async throws {
        try await Office.open { office in
            let plan = try office.plan(["A/1"])
            let line = """
                {"hospListId":"XN0002","delventpCode":"QY01","purcCnt":4,"hospPurcPric":3.0075,"hospPurcDetlId":"A/2"}
                """
            let added = try office.zhejiang(
                "ZJ9654", #"{"medinsCode":"H330001","purcCode":"\#(plan)","addorDelStas":1,"list":[\#(line)]}"#)
            #expect(added["planSumamt"] == .number("137.03"))
            let again = try office.zhejiang(
                "ZJ9654", #"{"medinsCode":"H330001","purcCode":"\#(plan)","addorDelStas":1,"list":[\#(line)]}"#)
            #expect(again == added)
            let other = try office.zhejiang(
                "ZJ9654",
                #"{"medinsCode":"H330001","purcCode":"\#(plan)","addorDelStas":1,"list":[\#(line.replacingOccurrences(of: ":4,", with: ":5,"))]}"#)
            #expect(other["dataList"]?[0]?["returnMsg"] == "hospPurcDetlId已存在")
            let first = try #require(office.statement.orders[0].lines.first?.id)
            let text = #"{"medinsCode":"H330001","purcCode":"\#(plan)","addorDelStas":2,"list":[{"purcPlanDetId":"\#(first)"},{"purcPlanDetId":"1"}]}"#
            let removed = try office.zhejiang("ZJ9654", text)
            #expect(removed["dataList"]?.elements.map { $0["returnCode"] } == [0, 1])
            #expect(office.statement.orders[0].lines.map(\.key) == ["A/2"])
            _ = try office.send(plan)
            #expect(try office.zhejiang("ZJ9654", text)["returnMsg"] == "已发送")
        }
    }

    @Test("another's plan is not found")
    func anothersPlan() async throws {
        try await Office.open { office in
            let plan = try office.plan(["A/1"])
            office.account = Office.other
            office.token = ""
            let answer = try office.zhejiang("ZJ9655", #"{"medinsCode":"H330002","purcCode":"\#(plan)"}"#)
            #expect(answer["returnMsg"] == "purcCode不存在")
        }
    }
}
