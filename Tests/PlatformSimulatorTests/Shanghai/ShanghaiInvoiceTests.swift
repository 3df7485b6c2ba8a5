import PlatformSimulator
import Primitives
import StrictXML
import Testing

@Suite("Shanghai: invoices, returns, reconciliation")
struct ShanghaiInvoiceTests {
    @Test("an invoice waits with its lines until it is accepted, and is then paid")
    func invoices() async throws {
        try await Office.open { office in
            try office.order("PO-1", lines: 2)
            let waiting = try office.shanghai("YY004", "<YQBM/><FPMXBH/>")
            #expect(waiting.structs.count == 2 && waiting.at("MAIN", "SFWJ")?.text == "1")
            let row = waiting.structs[0]
            #expect(row.elements.count == 29 && row.value("FPHSZJE") == "250.00" && row.value("HSDJ") == "12.50")
            #expect(row.value("WSDJ") == "11.0619" && row.value("HSJE") == "125.00" && row.value("SE") == "14.3805")
            #expect(row.value("SFCH") == "0" && row.value("DLSGBZ") == "0" && row.value("SPSL") == "10")
            #expect(row.value("GLMXBH") == office.statement.orders[0].lines[0].id && row.value("SXH") == "1")
            let listed = try office.shanghai("YY007", "<QSRQ>20261101</QSRQ><JZRQ>20261130</JZRQ>").structs
            #expect(listed.count == 1 && listed[0].value("FPH") == row.value("FPH") && listed[0].value("FPZT") == "10")
            let lines = try office.shanghai("YY008", "<FPID>\(listed[0].value("FPID"))</FPID>").structs
            #expect(lines.column("FPMXBH") == waiting.structs.column("FPMXBH") && lines[0].value("JHDH") == "PO-1")

            let main = "<YQBM>QY01</YQBM><FPH>\(row.value("FPH"))</FPH><FPHSZJE>250.00</FPHSZJE>"
            #expect(try office.shanghai("YY017", main).result == "22007")
            #expect(try office.shanghai("YY019", main.replacing("250.00", with: "250.01")).result == "22007")
            #expect(try office.shanghai("YY019", main.replacing("QY01", with: "QY02")).result == "22007")
            #expect(try office.shanghai("YY019", main).result == "00000")
            let again = try office.shanghai("YY019", main)
            #expect(again.result == "22007" && again.at("HEAD", "CWXX")?.text.contains("已验收") == true)
            #expect(try office.shanghai("YY004", "").structs.isEmpty)
            #expect(try office.shanghai("YY017", main).result == "00000")
            #expect(try office.shanghai("YY017", main).result == "00000")
            #expect(office.statement.invoices.map(\.isPaid) == [true] && office.statement.invoices[0].isAccepted)
            #expect(try office.state("03", row.value("FPH")) == "10")
            #expect(try office.shanghai("YY008", "<FPID>20261122000000000999</FPID>").result == "22007")
            #expect(try office.shanghai("YY007", "<QSRQ>20260901</QSRQ><JZRQ>20261130</JZRQ>").result == "22001")
        }
    }

    @Test("volume-based procurement has invoices of its own, and what is accepted counts towards it until it goes back")
    func agreedVolumes() async throws {
        var options = Office.options
        options.agreedVolumes = [SimulatorAgreedVolume(product: "XN0002", supplier: "QY01", packs: 1_000)]
        try await Office.open(options) { office in
            let filled = try office.shanghai(
                "YY009", Office.orderMain("PO-1", lines: 2),
                [Office.line(1), Office.line(2, product: "XN0002", packs: "4", price: "3.0075")])
            #expect(try office.confirm(try #require(filled.at("MAIN", "DDBH")).text, lines: 2).result == "00000")
            let flags = try office.shanghai("YY007", "<QSRQ>20261122</QSRQ><JZRQ>20261122</JZRQ>").structs.column("DLCGBZ")
            #expect(flags == ["1", "0"])
            let rows = try office.shanghai("YY003", "").structs
            for row in rows { #expect(try office.accept(row).result == "00000") }
            #expect(office.statement.agreedVolumes.map { [$0.agreed, $0.moved] } == [[1_000, 4]])
            let lot = rows[1].value("SCPH")
            let back = try office.giveBack("1", lot: lot, product: "XN0002", price: "3.0075", sum: "3.0075", isAgreed: true)
            #expect(back.result == "00000")
            let number = try #require(back.at("MAIN", "THDBH")).text
            #expect(try office.confirmReturn(number, "1", isAgreed: true).result == "00000")
            #expect(office.statement.agreedVolumes[0].moved == 3)
        }
    }

    @Test("a return is filled, changed, withdrawn and confirmed, of no more than was accepted")
    func returns() async throws {
        try await Office.open { office in
            try office.order("PO-1", lines: 2)
            let rows = try office.shanghai("YY003", "").structs
            for row in rows { #expect(try office.accept(row, lot: "LOT-7").result == "00000") }
            #expect(try office.giveBack("21", lot: "LOT-7").result == "13015")
            #expect(try office.giveBack("1", lot: "LOT-8").result == "13015")
            #expect(try office.giveBack("2", lot: "LOT-7", sum: "25.01").result == "23001")
            #expect(try office.giveBack("0", lot: "LOT-7", sum: "0").result == "11006")
            let filled = try office.giveBack("15", lot: "LOT-7")
            let number = try #require(filled.at("MAIN", "THDBH")).text
            #expect(filled.result == "00000" && number.utf8.count == 20)
            #expect(try office.state("04", number) == "00")
            #expect(office.statement.deliveries.map(\.returned) == [10, 5])
            #expect(try office.giveBack("6", lot: "LOT-7").result == "13015")
            #expect(try office.giveBack("21", lot: "LOT-7", action: 2, number: number).result == "13015")
            #expect(try office.giveBack("20", lot: "LOT-7", action: 2, number: number).result == "00000")
            #expect(office.statement.returns.map(\.packs) == [20])
            #expect(try office.confirmReturn(number, "19").result == "12030")
            #expect(try office.confirmReturn(number, "20").result == "00000")
            #expect(try office.confirmReturn(number, "20").result == "32002")
            #expect(try office.state("04", number) == "20")
            #expect(try office.giveBack("20", lot: "LOT-7", action: 3, number: number).result == "12017")
            #expect(try office.confirmReturn("20261122000000000999", "20").result == "22010")
            let red = try office.shanghai("YY004", "").structs.filter { $0.value("SFCH") == "1" }
            #expect(red.column("GLMXBH") == [number] && red[0].value("HSJE") == "-250.00" && red[0].value("SPSL") == "-20")
        }
    }

    @Test("a return that is withdrawn gives its goods back")
    func voidReturn() async throws {
        try await Office.open { office in
            try office.order("PO-1", lines: 1)
            #expect(try office.accept(try office.shanghai("YY003", "").structs[0], lot: "LOT-7").result == "00000")
            let number = try #require(try office.giveBack("10", lot: "LOT-7").at("MAIN", "THDBH")).text
            #expect(try office.giveBack("10", lot: "LOT-7", action: 3, number: number).result == "00000")
            #expect(try office.state("04", number) == "01")
            #expect(try office.confirmReturn(number, "10").result == "12017")
            #expect(try office.giveBack("10", lot: "LOT-7").result == "00000")
        }
    }

    @Test("totals are held against the platform's, by enterprise", arguments: [
        ("2", "150.0750", [("QY01", "1", "25.0750"), ("QY02", "1", "125")], "1"),
        ("2", "150.0750", [("QY01", "1", "26.0750"), ("QY02", "1", "124")], "3"),
        ("2", "150.08", [("QY01", "1", "25.0750"), ("QY02", "1", "125")], "2"), ("0", "0", [], "2"),
    ])
    func reconciliation(count: String, amount: String, lines: [(String, String, String)], result: String) async throws {
        try await Office.open { office in
            let filled = try office.shanghai(
                "YY009", Office.orderMain("PO-1", lines: 3),
                [
                    Office.line(1, supplier: "QY02"), Office.line(2, product: "XN0002", packs: "1", price: "3.0075"),
                    Office.line(3, packs: "2"),
                ])
            #expect(try office.confirm(try #require(filled.at("MAIN", "DDBH")).text, lines: 3).result == "00000")
            let total = office.statement.invoices.reduce(Money.zero) { $0 + $1.total }
            #expect(total == Money(tenThousandths: 1_530_075))
            func reconcile(_ amount: String, _ lines: [(String, String, String)], from: String = "20261101") throws -> XMLTree {
                try office.shanghai(
                    "YY016",
                    """
                    <DZQ>202611</DZQ><KSRQ>\(from)</KSRQ><JSRQ>20261130</JSRQ><DLCGBZ>0</DLCGBZ><FPSL>\(count)</FPSL><FPJE>\(amount)</FPJE>\
                    <JLS>\(lines.count)</JLS>
                    """, lines.map { "<YQBM>\($0.0)</YQBM><FPSL>\($0.1)</FPSL><FPJE>\($0.2)</FPJE>" })
            }
            // The second supplier's invoice holds two lines: 3.0075 and 25.00.
            let answer = try reconcile(
                amount == "150.0750" ? "153.0075" : amount,
                lines.map { ($0.0, $0.1, $0.2.replacing("25.0750", with: "28.0075").replacing("26.0750", with: "29.0075")) })
            #expect(answer.result == "00000" && answer.at("MAIN", "DZJG")?.text == result)
            #expect(answer.structs.column("YQBM") == ["QY01", "QY02"])
            #expect(answer.structs.column("FPJE") == ["28.0075", "125.00"])
            #expect(try reconcile(amount, lines, from: "20251129").result == "22002")
        }
    }
}

extension Office {
    func giveBack(
        _ packs: String, lot: String, product: String = "XN0001", price: String = "12.5", sum: String? = nil, isAgreed: Bool = false,
        action: Int = 1, number: String = ""
    ) throws -> XMLTree {
        let total = sum ?? Money(yuan: price)?.times(Int64(packs) ?? 0)?.description ?? ""
        return try shanghai(
            "YY011",
            """
            <CZLX>\(action)</CZLX><YYBM>H330001</YYBM><PSDBM>PSD01</PSDBM><YQBM>QY01</YQBM><THDBH>\(number)</THDBH>\
            <DLCGBZ>\(isAgreed ? 1 : 0)</DLCGBZ><SPLX>1</SPLX><ZXSPBM>\(product)</ZXSPBM><CGJLDW>1</CGJLDW><SCPH>\(lot)</SCPH>\
            <THSL>\(packs)</THSL><THDJ>\(price)</THDJ><THZJ>\(total)</THZJ><THYY>破损</THYY>
            """)
    }

    func confirmReturn(_ number: String, _ packs: String, isAgreed: Bool = false) throws -> XMLTree {
        try shanghai(
            "YY012",
            """
            <YYBM>H330001</YYBM><YQBM>QY01</YQBM><PSDBM>PSD01</PSDBM><DLCGBZ>\(isAgreed ? 1 : 0)</DLCGBZ><THSL>\(packs)</THSL>\
            <THDBH>\(number)</THDBH>
            """)
    }
}
