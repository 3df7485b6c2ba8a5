import PlatformSimulator
import Primitives
import StrictXML
import Testing

@Suite("Shanghai: orders")
struct ShanghaiOrderTests {
    @Test("an order is filled, confirmed and asked for")
    func fillAndConfirm() async throws {
        try await Office.open { office in
            let filled = try office.shanghai(
                "YY009", Office.orderMain("PO-1", lines: 2),
                [Office.line(1), Office.line(2, product: "XN0002", packs: "4.0000", price: "3.0075")])
            #expect(filled.result == "00000")
            let number = try #require(filled.at("MAIN", "DDBH")).text
            #expect(number.hasPrefix("20261122") && number.utf8.count == 20)
            #expect(filled.structs.column("SXH") == ["1", "2"])
            #expect(filled.structs.allSatisfy { $0.value("CLJG") == "00000" && $0.value("DDMXBH").utf8.count == 20 })
            let order = try #require(office.statement.orders.first)
            #expect(order.face == .shanghai && order.number == number && order.hospitalKey == "PO-1" && order.state == .draft)
            #expect(order.lines.map(\.id) == filled.structs.column("DDMXBH"))
            #expect(order.lines.map(\.key) == ["1", "2"] && order.lines.map(\.packs) == [10, 4])
            #expect(try office.state("01", number) == "00")

            #expect(try office.confirm(number, lines: 2).result == "00000")
            #expect(office.statement.orders[0].state == .sent)
            #expect(try office.confirm(number, lines: 2).result == "32001")
            #expect(try office.state("01", number) == "21")
            #expect(try office.state("10", order.lines[0].id) == "21")
            let states = try office.shanghai("YY021", "<DDBH>\(number)</DDBH><DDMXBH/>")
            #expect(states.structs.column("DDMXBH") == order.lines.map(\.id))
            #expect(states.at("MAIN", "SFWJ")?.text == "1" && states.at("MAIN", "JLS")?.text == "2")
        }
    }

    @Test("what is wrong with an order as a whole", arguments: [
        ("<CZLX>1", "<CZLX>4", "12001"), ("<YYBM>H330001", "<YYBM>H330002", "12002"), ("<YQBM>QY01", "<YQBM>QY09", "12003"),
        ("<PSDBM>PSD01", "<PSDBM>PSD09", "12004"), ("<CGLX>1", "<CGLX>7", "12005"), ("<JLS>1", "<JLS>2", "22003"),
        ("<DDLX>1", "<DDLX>4", "11006"), ("<CGSL>10", "<CGSL>0", "11006"), ("<CGSL>10", "<CGSL>1.5", "11006"),
        ("<CGSL>10", "<CGSL>-1", "11006"), ("<CGDJ>12.5", "<CGDJ>zwölf", "11006"), ("<DCPSBS>0", "<DCPSBS>2", "11006"),
        ("<CGJLDW>1", "<CGJLDW>3", "11006"), ("<ZWDHRQ>", "<ZWDHRQ>20261301", "11006"), ("<DDBH>", "<DDBH>1", "11006"),
        ("<SXH>1", "<SXH>", "11006"),
    ])
    func wrongOrders(from: String, to: String, code: String) async throws {
        try await Office.open { office in
            let main = Office.orderMain("PO-1", lines: 1).replacing(from, with: to)
            let answer = try office.shanghai("YY009", main, [Office.line(1).replacing(from, with: to)])
            #expect(answer.result == code && answer.structs.isEmpty)
            #expect(office.statement.orders.isEmpty)
        }
    }

    @Test("when a line is wrong nothing is ordered, and every line is answered with a number", arguments: [
        (Office.line(2, product: "NONE"), "13008"), (Office.line(2, product: "XN0002", supplier: "QY02", price: "3.0075"), "13008"),
        (Office.line(2, price: "12.49"), "13030"), (Office.line(2, price: ""), "13030"), (Office.line(2, kind: "3"), "13041"),
        (Office.line(1), "13016"), (Office.line(2).replacing("<SPLX>1", with: "<SPLX>8"), "13005"),
    ])
    func wrongLines(line: String, code: String) async throws {
        try await Office.open { office in
            let answer = try office.shanghai("YY009", Office.orderMain("PO-1", lines: 2), [Office.line(1), line])
            #expect(answer.result == "10000" && answer.at("MAIN", "DDBH")?.text == "")
            #expect(answer.structs.column("CLJG") == ["00000", code])
            #expect(answer.structs.allSatisfy { $0.value("DDMXBH").utf8.count == 20 })
            #expect(office.statement.orders.isEmpty)
        }
    }

    @Test("under volume-based procurement the price need not be told")
    func withoutPrice() async throws {
        try await Office.open { office in
            let answer = try office.shanghai("YY009", Office.orderMain("PO-1", lines: 1), [Office.line(1, price: "", kind: "6")])
            #expect(answer.result == "00000")
            #expect(office.statement.orders[0].lines[0].price == Money(tenThousandths: 125_000))
        }
    }

    @Test("a confirmation must say what was filled", arguments: [
        ("PSD01", "PSD02", "12029"), ("<DDLX>1", "<DDLX>2", "12029"), ("<SPSL>2", "<SPSL>3", "12029"), ("H330001", "H330002", "12029"),
        ("<DDBH>", "<DDBH>9", "11006"),
    ])
    func confirmations(from: String, to: String, code: String) async throws {
        try await Office.open { office in
            let order = try office.fill("PO-1", lines: 2)
            let main = "<YYBM>H330001</YYBM><PSDBM>PSD01</PSDBM><DDLX>1</DDLX><DDBH>\(order)</DDBH><SPSL>2</SPSL>"
            #expect(try office.shanghai("YY010", main.replacing(from, with: to)).result == code)
            #expect(office.statement.orders[0].state == .draft)
        }
    }

    @Test("numbers that are unknown, another's, or of another day are not found")
    func unknownNumbers() async throws {
        try await Office.open { office in
            let order = try office.fill("PO-1")
            #expect(try office.confirm("2025" + order.dropFirst(4)).result == "22008")
            office.account = Office.other
            #expect(try office.shanghai("YY020", "<CXLX>01</CXLX><CXBH>\(order)</CXBH>").result == "22008")
            #expect(try office.shanghai("YY021", "<DDBH>\(order)</DDBH>").result == "22008")
        }
    }

    @Test("the same plan number again makes a second order, or is refused", arguments: [true, false])
    func repeatedPlan(createsAgain: Bool) async throws {
        var options = Office.options
        options.shanghai.repeatedPlan = createsAgain ? .createsAgain : .refuses
        try await Office.open(options) { office in
            let first = try office.fill("PO-1")
            let again = try office.shanghai("YY009", Office.orderMain("PO-1", lines: 1), [Office.line(1)])
            #expect(again.result == (createsAgain ? "00000" : "12016"))
            #expect(office.statement.orders.count == (createsAgain ? 2 : 1))
            #expect(Set(office.statement.orders.map(\.hospitalKey)) == ["PO-1"])
            _ = try office.shanghai("YY009", Office.orderMain("PO-1", lines: 0, action: 3, number: first))
            #expect(try office.shanghai("YY009", Office.orderMain("PO-1", lines: 1), [Office.line(1)]).result == "00000")
        }
    }

    @Test("an order that was not confirmed is changed and withdrawn")
    func changeAndVoid() async throws {
        try await Office.open { office in
            let order = try office.fill("PO-1")
            let changed = try office.shanghai(
                "YY009", Office.orderMain("PO-1", lines: 2, action: 2, number: order), [Office.line(1, packs: "7"), Office.line(2)])
            #expect(changed.result == "00000" && changed.at("MAIN", "DDBH")?.text == order)
            #expect(office.statement.orders.map { $0.lines.map(\.packs) } == [[7, 10]])
            let void = try office.shanghai(
                "YY009", Office.orderMain("PO-1", lines: 2, action: 3, number: order), [Office.line(1), Office.line(2)])
            #expect(void.result == "00000" && void.structs.count == 2)
            #expect(try office.state("01", order) == "01")
            #expect(try office.confirm(order, lines: 2).result == "12016")
            #expect(try office.shanghai("YY009", Office.orderMain("PO-1", lines: 0, action: 3, number: order)).result == "12016")
            let none = Office.orderMain("PO-1", lines: 0, action: 3, number: "20261122000000000099")
            #expect(try office.shanghai("YY009", none).result == "22008")
        }
    }

    @Test("states come in pages, each from where the one before ended")
    func pages() async throws {
        var options = Office.options
        options.shanghai.pageRows = 3
        try await Office.open(options) { office in
            let order = try office.fill("PO-1", lines: 7)
            #expect(try office.confirm(order, lines: 7).result == "00000")
            var seen: [String] = []
            var sizes: [Int] = []
            var isLast = false
            while !isLast {
                let page = try office.shanghai("YY021", "<DDBH>\(order)</DDBH><DDMXBH>\(seen.last ?? "")</DDMXBH>")
                seen += page.structs.column("DDMXBH")
                sizes.append(page.structs.count)
                isLast = page.at("MAIN", "SFWJ")?.text == "1"
            }
            #expect(seen == office.statement.orders[0].lines.map(\.id) && sizes == [3, 3, 1])
            #expect(try office.shanghai("YY021", "<DDBH>\(order)</DDBH><DDMXBH>abc</DDMXBH>").result == "11006")
        }
    }

    @Test("an order whose last day of arrival was changed is not closed on the old one")
    func changedLastDay() async throws {
        try await Office.open { office in
            let order = try office.fill("PO-1", through: "20261123")
            let main = Office.orderMain("PO-1", lines: 1, action: 2, number: order, through: "20261124")
            #expect(try office.shanghai("YY009", main, [Office.line(1)]).result == "00000")
            office.clock.advance(.seconds(38 * 3_600))
            #expect(try office.state("01", order) == "00")
            office.clock.advance(.seconds(24 * 3_600))
            #expect(try office.state("01", order) == "30")
        }
    }

    @Test("an order is closed when its last day of arrival is over, unless all of it was delivered")
    func autoClose() async throws {
        var options = Office.options
        options.suppliersSide.forgets = 10_000
        try await Office.open(options) { office in
            let sent = try office.fill("PO-1", through: "20261123")
            #expect(try office.confirm(sent).result == "00000")
            let draft = try office.fill("PO-2", through: "20261123")
            office.clock.advance(.seconds(38 * 3_600 - 1))
            let before = try [office.state("01", sent), office.state("01", draft)]
            #expect(before == ["20", "00"])
            office.clock.advance(.seconds(1))
            let after = try [office.state("01", sent), office.state("01", draft)]
            #expect(after == ["30", "30"])
            #expect(office.statement.orders.map(\.state) == [.closed, .closed])
            #expect(office.statement.orders[0].lines[0].state == .closed)
            #expect(try office.confirm(draft).result == "12016")
        }
        try await Office.open { office in
            let order = try office.fill("PO-1", through: "20261123")
            #expect(try office.confirm(order).result == "00000")
            office.clock.advance(.seconds(38 * 3_600))
            #expect(try office.state("01", order) == "21")
        }
    }
}

extension Office {
    func state(_ kind: String, _ number: String) throws -> String {
        let answer = try shanghai("YY020", "<CXLX>\(kind)</CXLX><CXBH>\(number)</CXBH><DJID/>")
        #expect(answer.result == "00000")
        return answer.at("MAIN", "CLZT")?.text ?? ""
    }
}
