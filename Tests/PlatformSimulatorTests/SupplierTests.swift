import PlatformSimulator
import Primitives
import StrictXML
import Testing

@Suite("The suppliers' side")
struct SupplierTests {
    private static func options(_ change: (inout SupplierBehaviour) -> Void) -> SimulatorOptions {
        var options = Office.options
        change(&options.suppliersSide)
        return options
    }

    @Test("as they stand they confirm all, deliver it whole and invoice it, at once")
    func asTheyStand() async throws {
        try await Office.open { office in
            try office.order("PO-1", lines: 3)
            let statement = office.statement
            #expect(statement.orders[0].lines.map(\.state) == [.shipped, .shipped, .shipped])
            #expect(statement.deliveries.map(\.packs) == [10, 10, 10] && statement.invoices.count == 1)
        }
    }

    @Test("each step comes after its delay, and not before")
    func delays() async throws {
        let options = Self.options {
            $0.answerDelay = 1_000...1_000
            $0.shipDelay = 2_000...2_000
            $0.invoiceDelay = 3_000...3_000
        }
        try await Office.open(options) { office in
            try office.order("PO-1", lines: 1)
            let steps: [(Int64, SimulatorStatement.Line.State, Int)] = [
                (0, .awaiting, 0), (999, .awaiting, 0), (1, .confirmed, 0), (1_999, .confirmed, 0), (1, .shipped, 0), (2_999, .shipped, 0),
                (1, .shipped, 1),
            ]
            for (milliseconds, state, invoices) in steps {
                office.clock.advance(.milliseconds(milliseconds))
                office.simulator.advance()
                #expect(office.statement.orders[0].lines[0].state == state && office.statement.invoices.count == invoices)
            }
        }
    }

    @Test("what was due long ago happened when it was due")
    func late() async throws {
        let options = Self.options { $0.shipDelay = 3_600_000...3_600_000 }
        try await Office.open(options) { office in
            try office.order("PO-1", lines: 1)
            office.clock.advance(.seconds(86_400))
            #expect(try office.shanghai("YY003", "").structs[0].value("CJRQ") == "20261122/110000/")
        }
    }

    @Test("a line that is refused is not delivered, and says why on both faces")
    func refusals() async throws {
        let options = Self.options {
            $0.refuses = 10_000
            $0.reasons = ["缺货"]
        }
        try await Office.open(options) { office in
            let order = try office.fill("PO-1")
            #expect(try office.confirm(order).result == "00000")
            let row = try office.shanghai("YY021", "<DDBH>\(order)</DDBH>").structs[0]
            #expect(row.value("DDMXZT") == "33" && row.value("BZSM") == "缺货")
            #expect(try office.state("01", order) == "33")
            _ = try office.send(try office.plan(["A/1"]))
            let line = try office.zhejiang("ZJ9657", #"{"medinsCode":"H330001","current":1,"size":9}"#)["dataList"]?[0]
            #expect(line?["responseStatus"] == "2" && line?["ordDetlStas"] == "4" && line?["responseRemake"] == "缺货")
            #expect(office.statement.deliveries.isEmpty && office.statement.orders.flatMap(\.lines).allSatisfy { $0.state == .refused })
        }
    }

    @Test("in parts: the larger half, then the rest under another lot")
    func parts() async throws {
        let options = Self.options {
            $0.shipsInParts = 10_000
            $0.partDelay = 1_000...1_000
        }
        try await Office.open(options) { office in
            let order = try office.fill("PO-1", packs: "7")
            #expect(try office.confirm(order).result == "00000")
            #expect(office.statement.deliveries.map(\.packs) == [4] && office.statement.orders[0].lines[0].state == .partlyShipped)
            #expect(try office.accept(try office.shanghai("YY003", "").structs[0]).result == "00000")
            #expect(office.statement.orders[0].lines[0].state == .partlyShipped)
            office.clock.advance(.seconds(1))
            #expect(office.statement.deliveries.map(\.packs) == [4, 3] && office.statement.orders[0].lines[0].state == .shipped)
            #expect(Set(office.statement.deliveries.map(\.lot)).count == 2 && office.statement.invoices.count == 2)
        }
    }

    @Test("another quantity is one more or one less; another lot stands on the invoice")
    func wrong() async throws {
        let options = Self.options {
            $0.shipsOtherQuantity = 10_000
            $0.shipsOtherLot = 10_000
        }
        try await Office.open(options) { office in
            try office.order("PO-1", lines: 20)
            #expect(Set(office.statement.deliveries.map(\.packs)) == [9, 11])
            let lots = try office.shanghai("YY004", "").structs.column("SCPH")
            #expect(lots == office.statement.deliveries.map { $0.lot + "X" })
        }
    }

    @Test("by chance, and by the same chance for the same seed", arguments: [1, 2] as [UInt64])
    func chance(seed: UInt64) async throws {
        var options = Self.options {
            $0.refuses = 2_000
            $0.shipsInParts = 3_000
            $0.shipsOtherQuantity = 1_000
            $0.shipDelay = 0...10_000
        }
        options.seed = seed
        var seen: [[SimulatorStatement.Delivery]] = []
        for _ in 0..<2 {
            try await Office.open(options) { office in
                for number in 0..<10 { try office.order("PO-\(number)", lines: 20) }
                office.clock.advance(.seconds(20))
                seen.append(office.statement.deliveries)
                let refused = office.statement.orders.flatMap(\.lines).count { $0.state == .refused }
                #expect((20...60).contains(refused))
            }
        }
        #expect(seen[0] == seen[1] && !seen[0].isEmpty)
    }

    @Test("codes that nobody listed are good where that is an option, and their prices are not checked")
    func unknownCodes() async throws {
        var options = Office.options
        options.acceptsUnknownCodes = true
        try await Office.open(options) { office in
            let line = Office.line(1, product: "ANY", supplier: "ANYBODY", price: "99.99")
            let main = Office.orderMain("PO-1", lines: 1).replacing("PSD01", with: "ANYWHERE")
            let answer = try office.shanghai("YY009", main, [line])
            #expect(answer.result == "00000")
            #expect(office.statement.orders[0].lines[0].price == Money(tenThousandths: 999_900))
            #expect(try office.shanghai("YY009", main, [Office.line(1, price: "99.99")]).result == "10000")
        }
    }
}
