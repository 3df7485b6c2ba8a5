import Foundation
import PlatformSimulator
import Primitives
import Testing

@Suite("Zhejiang: deliveries, receipts, returns, settlements")
struct ZhejiangDeliveryTests {
    @Test("what was ordered is delivered and invoiced, and listed with what a receipt needs")
    func shipments() async throws {
        try await Office.open { office in
            let sent = try office.send(try office.plan(["A/1", "A/2"]))
            let rows = try office.shipments()
            #expect(rows.count == 2 && rows.map { $0["shpCnt"] } == [10, 10] && rows.map { $0["shppCnt"] } == [0, 0])
            #expect(rows.map { $0["ordDetlId"] } == sent["ordDetlIdList"]?.elements.map { $0["ordDetlId"] })
            #expect(rows.allSatisfy { $0["shpStas"] == "2" && $0["shpCode"]?.string == "I_S" + ($0["shpId"]?.string ?? "") })
            #expect(rows[0]["shpAmt"] == .number("125.00") && rows[0]["invoiceCode"]?.string == office.statement.invoices[0].number)
            #expect(rows[0]["shpTime"] == "2026-11-22 10:00:00" && rows[0]["expyEndtime"] == "2028-08-23")
            let byLine = try office.shipments(#""list":[{"ordDetlId":"\#(rows[1]["ordDetlId"]?.string ?? "")"}],"#)
            #expect(byLine == [rows[1]])
            #expect(try office.shipments(#""delventpCode":"QY02","#).isEmpty)
            #expect(try office.zhejiang("ZJ9670", #"{"medinsCode":"H330001","purcCode":"\#(office.statement.orders[0].number)"}"#)["data"]?
                .elements.count == 2)
        }
    }

    @Test("a window of changes holds what changed in it, each thing once, at its last change")
    func updates() async throws {
        var options = Office.options
        options.suppliersSide.invoices = 0
        try await Office.open(options) { office in
            _ = try office.send(try office.plan(["A/1", "A/2"]))
            let ids = try office.shipments().compactMap { $0["shpId"]?.string }
            office.clock.advance(.seconds(60))
            _ = try office.receive([(ids[0], 10)])
            let first = #""shpUpdateStartTime":"2026-11-22 10:00:00","shpUpdateEndTime":"2026-11-22 10:00:59","#
            #expect(try office.shipments(first).map { $0["shpId"]?.string } == [ids[1]])
            let second = #""shpUpdateStartTime":"2026-11-22 10:01:00","shpUpdateEndTime":"2026-11-22 10:01:00","#
            #expect(try office.shipments(second).map { $0["shpId"]?.string } == [ids[0]])
            #expect(try office.shipments().map { $0["shpId"]?.string } == [ids[1], ids[0]])
        }
    }

    @Test("a receipt keeps all, some or nothing; the same again is good, anything else refused")
    func receipts() async throws {
        try await Office.open { office in
            _ = try office.send(try office.plan(["A/1", "A/2", "A/3"]))
            let ids = try office.shipments().compactMap { $0["shpId"]?.string }
            #expect(try office.receive([(ids[0], 11)])["returnMsg"]?.string == "shppCnt大于配送数量：\(ids[0])")
            #expect(try office.receive([(ids[0], -1)])["returnCode"] == 1)
            #expect(try office.receive([(ids[0], 10), ("1", 1)])["returnMsg"] == "shpId不存在或重复：1")
            #expect(office.statement.deliveries.allSatisfy { $0.state == .waiting })
            #expect(try office.receive([(ids[0], 10), (ids[1], 4), (ids[2], 0)])["returnCode"] == 0)
            #expect(try office.receive([(ids[0], 10)])["returnCode"] == 0)
            #expect(try office.receive([(ids[1], 5)])["returnMsg"]?.string == "已收货，数量不同：\(ids[1])")
            let statement = office.statement
            #expect(statement.deliveries.map(\.state) == [.accepted, .accepted, .rejected])
            #expect(statement.orders[0].lines.map(\.received) == [10, 4, 0])
            #expect(statement.orders[0].lines.map(\.state) == [.received, .received, .received])
        }
    }

    @Test("what is returned comes back from what was kept, and is invoiced with a negative amount")
    func returns() async throws {
        try await Office.open { office in
            _ = try office.send(try office.plan(["A/1"]))
            let id = try #require(office.shipments()[0]["shpId"]?.string)
            func ask(_ count: Int) throws -> JSONValue {
                try office.zhejiang(
                    "ZJ9659", #"{"medinsCode":"H330001","retnRea":"破损","list":[{"shpId":"\#(id)","retnCnt":\#(count)}]}"#)
            }
            #expect(try ask(1)["returnMsg"]?.string == "retnCnt大于可退数量：\(id)")
            _ = try office.receive([(id, 8)])
            #expect(try ask(9)["returnCode"] == 1)
            #expect(try ask(0)["returnCode"] == 1)
            #expect(try ask(5)["returnCode"] == 0)
            #expect(try ask(4)["returnCode"] == 1)
            let listed = try office.zhejiang("ZJ9660", #"{"medinsCode":"H330001","current":1,"size":10}"#)
            let row = try #require(listed["dataList"]?[0])
            #expect(row["retnCnt"] == 5 && row["rtnbCnt"] == 5 && row["retnChkStas"] == "2" && row["medinsRetnRea"] == "破损")
            #expect(row["shpId"]?.string == id && row["retnCode"]?.string == "I_R" + (row["retnId"]?.string ?? ""))
            let statement = office.statement
            #expect(statement.returns.map(\.state) == [.agreed] && statement.deliveries[0].returned == 5)
            #expect(statement.invoices.map(\.total) == [Money(tenThousandths: 1_250_000), Money(tenThousandths: -625_000)])
            #expect(try office.shipments()[0]["rtnbCnt"] == 5)
            for (filter, count) in [(#""retnChkStas":1,"#, 0), (#""retnChkStas":2,"#, 1), (#""delventpCode":"QY02","#, 0),
                (#""startMedinsRetnTime":"2026-11-22 10:00:01","#, 0), (#""endMedinsRetnTime":"2026-11-22 10:00:00","#, 1)] {
                let found = try office.zhejiang("ZJ9660", #"{"medinsCode":"H330001",\#(filter)"current":1,"size":10}"#)
                #expect(found["totalRecordCount"]?.integer == Int64(count), "\(filter)")
            }
        }
    }

    @Test("a return the supplier refuses leaves the goods where they are")
    func refusedReturn() async throws {
        var options = Office.options
        options.suppliersSide.agreesToReturns = 0
        options.suppliersSide.returnDelay = 1_000...1_000
        try await Office.open(options) { office in
            _ = try office.send(try office.plan(["A/1"]))
            let id = try #require(office.shipments()[0]["shpId"]?.string)
            _ = try office.receive([(id, 10)])
            let ask = #"{"medinsCode":"H330001","retnRea":"破损","list":[{"shpId":"\#(id)","retnCnt":10}]}"#
            #expect(try office.zhejiang("ZJ9659", ask)["returnCode"] == 0)
            #expect(office.statement.returns[0].state == .asked && office.statement.deliveries[0].returned == 10)
            office.clock.advance(.seconds(1))
            let list = #"{"medinsCode":"H330001","retnChkStas":3,"current":1,"size":10}"#
            let row = try #require(office.zhejiang("ZJ9660", list)["dataList"]?[0])
            #expect(options.suppliersSide.reasons.contains(row["delventpFailRea"]?.string ?? "") && row["rtnbCnt"] == 0)
            #expect(office.statement.deliveries[0].returned == 0)
            #expect(try office.zhejiang("ZJ9659", ask)["returnCode"] == 0)
        }
    }

    @Test("a settlement adds up what was kept and what went back, each once, and is submitted and examined")
    func settlement() async throws {
        try await Office.open { office in
            _ = try office.send(try office.plan(["A/1", "A/2"]))
            let rows = try office.shipments()
            let codes = rows.compactMap { $0["shpCode"]?.string }
            let ids = rows.compactMap { $0["shpId"]?.string }
            let create = #"{"medinsCode":"H330001","delvEntpCode":"QY01","delvEntpName":"国药配送"}"#
            let id = try #require(office.zhejiang("ZJ9666", create)["payOrdId"]?.string)
            #expect(id.utf8.count == 14)
            func add(_ codes: [String]) throws -> JSONValue {
                let list = codes.map { #"{"payyDetlId":"\#($0)"}"# }.joined(separator: ",")
                return try office.zhejiang("ZJ9667", #"{"medinsCode":"H330001","payOrdId":"\#(id)","list":[\#(list)]}"#)
            }
            func say(_ infno: String, _ more: String) throws -> JSONValue {
                try office.zhejiang(infno, #"{"medinsCode":"H330001","payOrdId":"\#(id)",\#(more)}"#)
            }
            #expect(try add([codes[0]])["returnMsg"]?.string == "未收货或退货未确认：\(codes[0])")
            _ = try office.receive([(ids[0], 10), (ids[1], 10)])
            _ = try office.zhejiang(
                "ZJ9659", #"{"medinsCode":"H330001","retnRea":"破损","list":[{"shpId":"\#(ids[0])","retnCnt":2}]}"#)
            let back = "I_R" + office.statement.returns[0].id
            #expect(try say("ZJ9668", #""chkStas":1"#)["returnMsg"] == "结算单没有明细")
            let added = try add([codes[0], back])
            #expect(added["shppAmt"] == .number("125.00") && added["retnAmt"] == .number("25.00"))
            #expect(added["payOrderAmount"] == .number("100.00") && added["payOrdId"]?.string == id)
            #expect(try add([codes[0]])["returnMsg"]?.string == "已在结算单中：\(codes[0])")
            #expect(try add(["I_S1"])["returnMsg"] == "payyDetlId不存在或重复：I_S1")
            #expect(try say("ZJ9669", #""chkOpen":"","chkStas":2"#)["returnCode"] == 1)
            #expect(try say("ZJ9668", #""chkStas":1"#)["returnCode"] == 0)
            #expect(try say("ZJ9668", #""chkStas":1"#)["returnCode"] == 1)
            #expect(try add([codes[1]])["returnMsg"] == "结算单已提交")
            #expect(try say("ZJ9669", #""chkOpen":"退回","chkStas":3"#)["returnCode"] == 0)
            #expect(office.statement.settlements.map(\.state) == [.draft])
            _ = try say("ZJ9668", #""chkStas":1"#)
            #expect(try say("ZJ9669", #""chkStas":2"#)["returnCode"] == 0)
            #expect(office.statement.settlements.map(\.state) == [.passed])
            #expect(office.statement.settlements[0].total == Money(tenThousandths: 1_000_000))
            let other = create.replacingOccurrences(of: "QY01", with: "QY02")
            let second = try #require(office.zhejiang("ZJ9666", other)["payOrdId"]?.string)
            let text = #"{"medinsCode":"H330001","payOrdId":"\#(second)","list":[{"payyDetlId":"\#(codes[1])"}]}"#
            #expect(try office.zhejiang("ZJ9667", text)["returnMsg"]?.string == "不是该企业的单据：\(codes[1])")
        }
    }

    @Test("storehouses and the catalogue come in pages")
    func catalogue() async throws {
        try await Office.open { office in
            let stores = try office.zhejiang("ZJ9604", #"{"orgCode":"H330001","mcsFlag":0,"current":1,"size":10}"#)
            #expect(stores["dataList"]?.elements.map { $0["addrId"] } == ["PSD01"] && stores["dataList"]?[0]?["stroomName"] == "中心药库")
            #expect(try office.zhejiang("ZJ9604", #"{"orgCode":"H330001","mcsFlag":1,"current":1,"size":10}"#)["totalRecordCount"] == 0)
            let page = try office.zhejiang("ZJ9652", #"{"orgCode":"H330001","current":2,"size":1}"#)
            #expect(page["totalRecordCount"] == 2 && page["totalPageCount"] == 2 && page["currentPageNumber"] == 2)
            let row = try #require(page["dataList"]?[0])
            #expect(row["hospListId"] == "XN0002" && row["hospPurcPric"] == .number("3.0075") && row["delventpCode"] == "QY01")
            #expect(row["AddDateTime"] != nil && row["UpdateTime"] != nil && row["convrat"] == 1)
            let named = try office.zhejiang("ZJ9652", #"{"orgCode":"H330001","prodName":"西林","current":1,"size":10}"#)
            #expect(named["dataList"]?.elements.map { $0["prodCode"] } == ["XN0001"])
            #expect(try office.zhejiang("ZJ9652", #"{"orgCode":"H330001","current":0,"size":10}"#)["returnCode"] == 1)
            #expect(try office.zhejiang("ZJ9652", #"{"orgCode":"H330001","current":1,"size":501}"#)["returnCode"] == 1)
            #expect(try office.zhejiang("ZJ9652", #"{"orgCode":"H330002","current":1,"size":1}"#)["returnMsg"] == "orgCode与账号不符")
        }
    }

    @Test("a storehouse is saved anew, and changed under its number")
    func storehouses() async throws {
        try await Office.open { office in
            func save(_ id: String, _ name: String) throws -> JSONValue {
                try office.zhejiang(
                    "ZJ9605",
                    """
                    {"addrId":"\(id)","entpCode":"H330001","prov":"浙江省","city":"杭州市","coty":"西湖区","addr":"路1号","conerName":"张三",\
                    "conerTel":"0571","invottl":"医院","stroomName":"\(name)","defFlag":0,"mcsFlag":0}
                    """)
            }
            let id = try #require(save("", "东院药库")["addrId"]?.string)
            #expect(try save(id, "东院库")["addrId"]?.string == id)
            #expect(try save("none", "库")["returnMsg"] == "addrId不存在")
            let stores = try office.zhejiang("ZJ9604", #"{"orgCode":"H330001","current":1,"size":10}"#)
            #expect(stores["dataList"]?.elements.map { $0["stroomName"]?.string } == ["东院库", "中心药库"])
        }
    }

    @Test("an order of which nothing is delivered for a week is void")
    func undelivered() async throws {
        var options = Office.options
        options.suppliersSide.forgets = 10_000
        try await Office.open(options) { office in
            let plan = try office.plan(["A/1"])
            _ = try office.send(plan)
            office.clock.advance(.seconds(7 * 86_400 - 1))
            #expect(office.statement.orders[0].state == .sent)
            office.clock.advance(.seconds(1))
            #expect(office.statement.orders[0].state == .closed && office.statement.orders[0].lines[0].state == .closed)
            office.token = ""
            let list = #"{"medinsCode":"H330001","purcCode":"\#(plan)","current":1,"size":10}"#
            let row = try #require(office.zhejiang("ZJ9657", list)["dataList"]?[0])
            #expect(row["ordDetlStas"] == "5" && row["shpStas"] == "4" && row["cnclTime"] == "2026-11-29 10:00:00")
        }
    }

    @Test("order lines are found by the time they were sent")
    func orderWindow() async throws {
        try await Office.open { office in
            for number in 0..<3 {
                _ = try office.send(try office.plan(["A\(number)/1"]))
                office.clock.advance(.seconds(10))
            }
            for (from, to, count) in [("00", "20", 3), ("01", "19", 1), ("10", "10", 1), ("21", "30", 0)] {
                let found = try office.zhejiang(
                    "ZJ9657",
                    #"{"medinsCode":"H330001","crteTimeUn":"2026-11-22 10:00:\#(from)","crteTimeEn":"2026-11-22 10:00:\#(to)","current":1,"size":9}"#
                )
                #expect(found["totalRecordCount"]?.integer == Int64(count), "\(from) \(to)")
            }
            let bad = #"{"medinsCode":"H330001","crteTimeUn":"2026-11-22","current":1,"size":9}"#
            #expect(try office.zhejiang("ZJ9657", bad)["returnMsg"] == "crteTimeUn应为 yyyy-MM-dd HH:mm:ss")
        }
    }
}

extension Office {
    func shipments(_ filter: String = "") throws -> [JSONValue] {
        try zhejiang("ZJ9671", #"{"medinsCode":"H330001",\#(filter)"current":1,"size":100}"#)["dataList"]?.elements ?? []
    }

    func receive(_ receipts: [(id: String, packs: Int)]) throws -> JSONValue {
        let list = receipts.map { #"{"shpId":"\#($0.id)","shppCnt":\#($0.packs)}"# }.joined(separator: ",")
        return try zhejiang("ZJ9658", #"{"medinsCode":"H330001","list":[\#(list)]}"#)
    }
}
