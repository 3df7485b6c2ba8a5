import Distribution
import Formulary
import Foundation
import Identity
import PooledProcurement
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("The deliveries of a province")
struct ProvincialDeliveryTests {
    /// When each line of the order file was delivered and received, by the line it begins on; lines without are left out.
    private func deliveries(at path: String) throws -> [Int: (shipped: Instant, received: Instant)] {
        let file = try CatalogFile([UInt8](Data(contentsOf: URL(fileURLWithPath: path))))
        let shipped = try #require(file.header.firstIndex(of: "配送时间"))
        let received = try #require(file.header.firstIndex(of: "收货时间"))
        var times: [Int: (shipped: Instant, received: Instant)] = [:]
        for record in file.records {
            if let sent = Instant(record.fields[shipped] + "+08:00"), let came = Instant(record.fields[received] + "+08:00") {
                times[record.line] = (sent, came)
            }
        }
        return times
    }

    /// Adds somebody who ships for each supplier.
    private func sellers(_ replay: ProvincialOrderReplay, in owner: Database) async throws -> [String: Principal] {
        let (companies, consortium) = (replay.companies, replay.officer.consortium)
        return try await owner.write { transaction in
            let people = People(transaction)
            var sellers: [String: Principal] = [:]
            for (number, (name, company)) in companies.sorted(by: { $0.key < $1.key }).enumerated() {
                let code = "seller\(number)"
                _ = try people.add(to: consortium, code: code, name: code, facility: nil, company: company, roles: [.supplier])
                sellers[name] = try #require(try people.person(code: code, of: consortium)).principal(in: consortium)
            }
            return sellers
        }
    }

    @Test("arrive pack for pack: orders, receipts and stock agree with the platform's lines", .timeLimit(.minutes(40)))
    func replayed() async throws {
        guard let extract = try ProvincialOrderExtract.read(), let path = SharedData.require("zj-orders/orders.csv") else {
            return
        }
        let times = try deliveries(at: path)
        #expect(times.count == 6_670)
        try await withTestDatabase { database in
            var replay = try await ProvincialOrderReplay.register(extract, in: database.owner)
            try await replay.place(extract.lines, of: extract, sending: true, in: database.application)
            #expect(replay.placed.count > 5_000)
            let sellers = try await sellers(replay, in: database.owner)
            let placed = replay.placed
            for start in stride(from: 0, to: placed.count, by: 200) {
                let chunk = Array(placed[start..<min(start + 200, placed.count)])
                try await deliver(chunk, times, sellers, replay, in: database.application)
            }
            // Years of deliveries came in minutes, before the server could notice by itself how the tables have grown.
            _ = try await database.owner.write { try $0.execute("ANALYZE") }
            try await compare(replay, extract, times, in: database.application)
        }
    }

    /// Ships and receives each order that has its times: one batch, all packs, everything accepted.
    private func deliver(
        _ placed: [ProvincialOrderReplay.Placed], _ times: [Int: (shipped: Instant, received: Instant)],
        _ sellers: [String: Principal],
        _ replay: ProvincialOrderReplay, in database: Database
    ) async throws {
        try await database.write(as: replay.officer.tenant) { transaction in
            for order in placed {
                guard let (shipped, received) = times[order.line.line] else { continue }
                let seller = try #require(sellers[order.line.distributor])
                let line = AnnounceShipment.Line(
                    orderLine: 1, article: try #require(replay.articles[order.line.insuranceCode]),
                    batchNumber: order.line.externalCode, expiresOn: received.businessDay.adding(days: 720),
                    packs: order.line.packs)
                let shipment = try AnnounceShipment(
                    shipment: ShipmentID(UUID()), order: order.order, deliveryNote: order.line.externalCode,
                    shippedOn: shipped.businessDay, expectedOn: received.businessDay, lines: [line]
                ).run(in: transaction, by: seller, at: shipped)
                let found = InspectedLine(shipmentLine: 1, delivered: order.line.packs, accepted: order.line.packs)
                _ = try ReceiveGoods(receipt: GoodsReceiptID(UUID()), shipment: shipment.id, lines: [found])
                    .run(in: transaction, by: replay.officer, at: received)
            }
        }
    }

    private func compare(
        _ replay: ProvincialOrderReplay, _ extract: ProvincialOrderExtract, _ times: [Int: (shipped: Instant, received: Instant)],
        in database: Database
    ) async throws {
        let delivered = replay.placed.filter { times[$0.line.line] != nil }
        var expected: [String: Int64] = [:]
        for order in delivered {
            let size = try #require(extract.listings[order.line.insuranceCode]).packSize
            expected[order.line.insuranceCode, default: 0] += order.line.packs * size.rawValue
        }
        let consortium = replay.officer.consortium
        let (stock, open) = try await database.read(as: consortium.tenant) { transaction in
            let stock = try transaction.query(
                """
                SELECT product.code, sum(balance.quantity)::bigint AS units
                  FROM stock_ledger.balance JOIN formulary.product USING (product_id)
                 WHERE balance.consortium_id = \(consortium) AND balance.state = 'available' GROUP BY product.code
                """
            ) { (try $0["code"] as String, try $0["units"] as Int64) }
            let open = try transaction.query(
                """
                SELECT order_id, packs_ordered - packs_received AS packs FROM pooled_procurement.purchase_order_line
                 WHERE consortium_id = \(consortium) AND packs_received < packs_ordered
                """
            ) { (try $0["order_id"] as OrderID, try $0["packs"] as Int64) }
            return (Dictionary(uniqueKeysWithValues: stock), Dictionary(uniqueKeysWithValues: open))
        }
        #expect(stock == expected)
        let waiting = replay.placed.filter { times[$0.line.line] == nil }
        #expect(open == Dictionary(uniqueKeysWithValues: waiting.map { ($0.order, $0.line.packs) }))
        let officer = replay.officer
        let performance = try await database.read(as: consortium.tenant) {
            try DistributionReadings($0, for: officer).performance(
                from: CalendarDate(day: 18_000), through: CalendarDate(day: 20_000))
        }
        #expect(performance.map(\.accepted).reduce(0, +) == delivered.map(\.line.packs).reduce(0, +))
        #expect(performance.map(\.shipments).reduce(0, +) == delivered.count)
        #expect(performance.count == Set(delivered.map(\.line.distributor)).count)
    }
}
