import Foundation
import PlatformSimulator
import Primitives
import StrictXML
import Testing

@Suite("Many")
struct ManyTests {
    @Test("of many deliveries those that wait are listed in their order, whichever were accepted")
    func waiting() async throws {
        var options = Office.options
        options.shanghai.pageRows = 40
        try await Office.open(options) { office in
            try office.order("PO-1", lines: 300)
            func sweep() throws -> [XMLTree] {
                var rows: [XMLTree] = []
                while true {
                    let page = try office.shanghai("YY003", "<PSMXBH>\(rows.last?.value("PSMXBH") ?? "")</PSMXBH>")
                    rows += page.structs
                    if page.at("MAIN", "SFWJ")?.text == "1" { return rows }
                }
            }
            var random = SeededGenerator(seed: 7)
            let all = try sweep()
            let accepted = Set(Array(all.shuffled(using: &random).prefix(230)).column("SXH"))
            for row in all where accepted.contains(row.value("SXH")) { #expect(try office.accept(row).result == "00000") }
            let left = try sweep().column("SXH")
            #expect(left == (1...300).map(String.init).filter { !accepted.contains($0) })
            #expect(office.statement.deliveries.count { $0.state == .accepted } == 230)
        }
    }

    @Test("of many changes each shipment is found once, at its last")
    func updates() async throws {
        var options = Office.options
        options.suppliersSide.invoices = 0
        try await Office.open(options) { office in
            _ = try office.send(try office.plan((1...200).map { "A/\($0)" }))
            func page(_ filter: String, _ number: Int) throws -> JSONValue {
                try office.zhejiang("ZJ9671", #"{"medinsCode":"H330001",\#(filter)"current":\#(number),"size":70}"#)
            }
            func sweep(_ filter: String = "") throws -> [String] {
                try (1...3).flatMap { try page(filter, $0)["dataList"]?.elements.compactMap { $0["shpId"]?.string } ?? [] }
            }
            let all = try sweep()
            #expect(Set(all).count == 200)
            var order = all
            for (index, id) in all.enumerated() where index % 3 > 0 {
                office.clock.advance(.milliseconds(10))
                #expect(try office.receive([(id, 10)])["returnCode"] == 0)
                order.removeAll { $0 == id }
                order.append(id)
            }
            #expect(try sweep() == order)
            #expect(try sweep(#""shpUpdateStartTime":"2026-11-22 10:00:01","#) == Array(order.suffix(34)))
        }
    }

    @Test("many at once: every order once, no number twice")
    func concurrently() async throws {
        try await Office.open { office in
            let port = office.port
            try await withThrowingTaskGroup(of: Void.self) { group in
                for client in 0..<8 {
                    group.addTask {
                        let wire = try Wire(port)
                        for number in 0..<25 {
                            let document = Office.document(Office.orderMain("PO-\(client)-\(number)", lines: 2), [Office.line(1), Office.line(2)])
                            let call = Office.call(
                                "YY009", document, user: "H330001", password: "a shared secret", institution: "H330001")
                            wire.post("/shanghai-drugs/ysxt-ws/service/mainservice", [], call)
                            let answer = try Office.message(try #require(wire.answer()))
                            #expect(answer.result == "00000")
                        }
                    }
                }
                try await group.waitForAll()
            }
            let orders = office.statement.orders
            #expect(Set(orders.map(\.hospitalKey)).count == 200 && orders.count == 200)
            #expect(Set(orders.map(\.number) + orders.flatMap(\.lines).map(\.id)).count == 600)
        }
    }
}
