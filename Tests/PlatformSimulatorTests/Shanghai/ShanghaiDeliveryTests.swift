import PlatformSimulator
import Primitives
import StrictXML
import Testing

@Suite("Shanghai: deliveries and their acceptance")
struct ShanghaiDeliveryTests {
    @Test("what was ordered waits to be accepted, page by page, with all that acceptance needs")
    func waiting() async throws {
        var options = Office.options
        options.shanghai.pageRows = 2
        try await Office.open(options) { office in
            try office.order("PO-1", lines: 3)
            let first = try office.shanghai("YY003", "<YQBM/><PSMXBH/>")
            #expect(first.at("MAIN", "JLS")?.text == "2" && first.at("MAIN", "SFWJ")?.text == "0")
            let row = first.structs[0]
            #expect(row.elements.count == 27 && row.value("JHDH") == "PO-1" && row.value("SXH") == "1" && row.value("PSL") == "10")
            #expect(row.value("DDMXBH") == office.statement.orders[0].lines[0].id && row.value("PSMXBH").utf8.count == 20)
            #expect(row.value("CJRQ") == "20261122/100000/" && row.value("YXRQ") == "20280823" && row.value("CGLX") == "1")
            let rest = try office.shanghai("YY003", "<YQBM>QY01</YQBM><PSMXBH>\(first.structs[1].value("PSMXBH"))</PSMXBH>")
            #expect(rest.structs.column("SXH") == ["3"] && rest.at("MAIN", "SFWJ")?.text == "1")
            #expect(try office.shanghai("YY003", "<YQBM>QY02</YQBM>").structs.isEmpty)
            #expect(try office.accept(row).result == "00000")
            #expect(try office.shanghai("YY003", "<YQBM/>").structs.column("SXH") == ["2", "3"])
        }
    }

    @Test("notes are listed by day, and their lines by note")
    func notes() async throws {
        try await Office.open { office in
            try office.order("PO-1", lines: 2)
            office.clock.advance(.seconds(86_400))
            try office.order("PO-2", lines: 1)
            func notes(_ from: String, _ to: String, _ more: String = "") throws -> XMLTree {
                try office.shanghai("YY005", "<QSRQ>\(from)</QSRQ><JZRQ>\(to)</JZRQ>\(more)")
            }
            let all = try notes("20261122", "20261123")
            #expect(all.structs.column("PSXS") == ["2", "1"] && all.structs.allSatisfy { $0.value("PSDZT") == "10" })
            #expect(all.structs.column("PSDID").map { String($0.prefix(8)) } == ["20261122", "20261123"])
            #expect(try notes("20261122", "20261122").structs.count == 1)
            #expect(try notes("20261124", "20261124").structs.isEmpty)
            #expect(try notes("20261122", "20261123", "<PSDH>\(all.structs[1].value("PSDH"))</PSDH>").structs == [all.structs[1]])
            #expect(try notes("20261122", "20261123", "<PSDID>\(all.structs[0].value("PSDID"))</PSDID>").structs == [all.structs[1]])
            #expect(try notes("20260923", "20261122").result == "00000")
            #expect(try notes("20260922", "20261122").result == "22001")
            #expect(try notes("20261123", "20261122").result == "11006")
            let id = all.structs[0].value("PSDID")
            let lines = try office.shanghai("YY006", "<PSDID>\(id)</PSDID>")
            #expect(lines.structs.column("PSDMXZT") == ["00", "00"])
            let waiting = try office.shanghai("YY003", "").structs
            #expect(try office.accept(waiting[0]).result == "00000")
            #expect(try office.accept(waiting[1], isPassed: false).result == "00000")
            let states = try office.shanghai("YY006", "<PSDID>\(id)</PSDID>").structs.column("PSDMXZT")
            #expect(states == ["10", "11"])
            #expect(try office.shanghai("YY006", "<PSDID>20261122000000000999</PSDID>").result == "12022")
            #expect(try office.state("02", all.structs[0].value("PSDH")) == "10")
            let asked = try waiting.map { try office.state("08", $0.value("PSMXBH")) }
            #expect(asked == ["1", "2", "3"])
        }
    }

    @Test("a delivery is accepted or refused once; what was said again is told apart from what is different")
    func acceptance() async throws {
        try await Office.open { office in
            try office.order("PO-1", lines: 2)
            let rows = try office.shanghai("YY003", "").structs
            for (from, to, code) in [
                ("PSMXBH>2026", "PSMXBH>2025", "13015"), ("<PSL>10", "<PSL>9", "13015"), ("XN0001", "XN0002", "13015"),
                ("<YSJG>1", "<YSJG>2", "11006"), ("TM2", "TM3", "13015"), ("QY01", "QY02", "13015"),
            ] {
                #expect(try office.accept(rows[0], replacing: (from, to)).result == code, "\(to)")
            }
            #expect(office.statement.deliveries.allSatisfy { $0.state == .waiting })
            #expect(try office.accept(rows[0], lot: "OTHER-LOT").result == "00000")
            let again = try office.accept(rows[0])
            #expect(again.result == "22007" && again.at("HEAD", "CWXX")?.text.contains("已验收") == true)
            let different = try office.accept(rows[0], isPassed: false)
            #expect(different.result == "22007" && different.at("HEAD", "CWXX")?.text.contains("已验收") == false)
            #expect(try office.accept(rows[1], isPassed: false, lot: "L").result == "11006")
            #expect(try office.accept(rows[1], isPassed: false).result == "00000")
            let statement = office.statement
            #expect(statement.deliveries.map(\.state) == [.accepted, .rejected])
            #expect(statement.deliveries[0].lot == "OTHER-LOT" && statement.orders[0].lines.map(\.received) == [10, 0])
            #expect(try office.state("01", statement.orders[0].number) == "31")
        }
    }

    @Test("delivery points are uploaded, changed and withdrawn")
    func deliveryPoints() async throws {
        try await Office.open { office in
            func upload(_ action: Int, _ code: String) throws -> String {
                try office.shanghai(
                    "YY001",
                    """
                    <CZLX>\(action)</CZLX><PSDBM>\(code)</PSDBM><PSDMC>东院药库</PSDMC><PSDZ>路1号</PSDZ><LXRXM>张三</LXRXM><LXDH>021</LXDH>\
                    <YZBM>200000</YZBM><BZXX/>
                    """
                ).result
            }
            let before = try [upload(2, "PSD02"), upload(1, "PSD02")]
            #expect(before == ["12004", "00000"])
            #expect(try office.state("09", "PSD02") == "")
            #expect(try upload(2, "PSD02") == "00000")
            #expect(try upload(3, "PSD02") == "00000")
            #expect(try office.shanghai("YY020", "<CXLX>09</CXLX><CXBH>PSD02</CXBH>").result == "12004")
            #expect(try upload(4, "PSD02") == "12001")
            #expect(try office.shanghai("YY001", "<CZLX>1</CZLX><PSDBM>P</PSDBM>").result == "11006")
        }
    }

    @Test("documents that are not there", arguments: [
        ("01", "22008"), ("02", "12022"), ("03", "22007"), ("04", "22010"), ("07", "12009"), ("08", "12022"), ("09", "12004"),
        ("10", "22008"), ("11", "11006"),
    ])
    func unknownDocuments(kind: String, code: String) async throws {
        try await Office.open { office in
            let answer = try office.shanghai("YY020", "<CXLX>\(kind)</CXLX><CXBH>20261122000000000099</CXBH>")
            #expect(answer.result == code)
        }
    }

    @Test("a product is told by its code")
    func product() async throws {
        try await Office.open { office in
            let answer = try office.shanghai("YY020", "<CXLX>07</CXLX><CXBH>XN0001</CXBH>")
            #expect(answer.result == "00000" && answer.at("MAIN", "CPM")?.text == "阿莫西林胶囊")
        }
    }
}

extension Office {
    /// Fills and confirms an order.
    func order(_ plan: String, lines: Int) throws {
        #expect(try confirm(try fill(plan, lines: lines), lines: lines).result == "00000")
    }

    func accept(
        _ row: XMLTree, isPassed: Bool = true, lot: String = "", replacing: (String, String) = ("\u{1}", "")
    ) throws -> XMLTree {
        let main = """
            <YQBM>\(row.value("YQBM"))</YQBM><PSMXBH>\(row.value("PSMXBH"))</PSMXBH><PSDTM>\(row.value("PSDTM"))</PSDTM>\
            <ZXSPBM>\(row.value("ZXSPBM"))</ZXSPBM><PSL>\(row.value("PSL"))</PSL><SCPH>\(lot)</SCPH><YSJG>\(isPassed ? 1 : 0)</YSJG><YSJGBZ/>
            """
        return try shanghai("YY018", main.replacing(replacing.0, with: replacing.1))
    }
}
