import Distribution
import Foundation
import Outbox
import PlatformExchange
import PlatformMessages
import PlatformSimulator
import PooledProcurement
import Postgres
import Primitives
import StockLedger
import TestSupport
import Testing

@Suite("Deliveries through platforms")
struct DeliveryExchangeTests {
    private static let platforms = ["zhejiang-drugs", "shanghai-drugs"]

    @Test("what suppliers deliver there is a shipment here once, is received, and the platform learns it", arguments: platforms)
    func deliveries(platform: String) async throws {
        try await ExchangeWorld.with(platform) { world in
            let bench = world.bench
            let now = TimeSource.system.now
            let order = try await bench.order(packs: [10, 6], at: now)
            try await world.tell()
            let pulled = try await world.use { dispatcher in
                let first = try await dispatcher.pull()
                _ = try await dispatcher.pull()
                return first
            }
            #expect(pulled.map(\.new) == [2] && pulled.allSatisfy { $0.trouble == nil }, "\(pulled)")
            let shipments = try await shipments(of: order, bench)
            #expect(shipments.flatMap(\.lines).map(\.packs).sorted() == [6, 10])
            for shipment in shipments { try await receive(shipment, bench, at: now) }
            try await world.tell()
            let messages = try await bench.messages().filter { $0.kind == "accept-delivery" }
            #expect(messages.count == 2 && messages.allSatisfy { $0.state == .accepted }, "\(messages.map(\.reason))")
            #expect(world.simulator.statement().orders.flatMap(\.lines).map(\.received).sorted() == [6, 10])
            let reports = try await world.use { try await $0.reconcile(since: .ofTests) }
            #expect(
                reports.allSatisfy { $0.report.differences == 0 && $0.report.untold.isEmpty && $0.report.lines == 2 }, "\(reports)")
        }
    }

    @Test("an answer to a receipt that is lost does not tell it twice", arguments: platforms)
    func lostReceipt(platform: String) async throws {
        let operation = platform == "zhejiang-drugs" ? "ZJ9658" : "YY018"
        let script = [ScriptedFault(operation: operation, fault: .resetAfterCommit)]
        try await ExchangeWorld.with(platform, changing: { $0.script = script }) { world in
            let bench = world.bench
            let now = TimeSource.system.now
            let order = try await bench.order(packs: [10], at: now)
            try await world.tell()
            _ = try await world.use { try await $0.pull() }
            for shipment in try await shipments(of: order, bench) { try await receive(shipment, bench, at: now) }
            try await world.tell()
            let message = try #require(try await bench.messages().last)
            #expect(message.kind == "accept-delivery" && message.state == .accepted, "\(message)")
            #expect(world.simulator.statement().requests[operation] == 1)
        }
    }

    @Test("a line that is not ours is a difference, and nothing else stands still")
    func strangers() async throws {
        try await ExchangeWorld.with("shanghai-drugs") { world in
            let bench = world.bench
            let order = try await bench.order(packs: [4], at: TimeSource.system.now)
            try await world.tell()
            try await bench.database.owner.write {
                _ = try $0.execute("UPDATE platform_exchange.article_code SET code = 'X' || code")
            }
            _ = try await world.use { try await $0.pull() }
            let id = bench.consortium.id
            func differences() async throws -> [Difference] {
                try await bench.database.application.read(as: id.tenant) {
                    try ExchangeReadings($0, of: id).differences(at: "shanghai-drugs", limit: 10)
                }
            }
            #expect(try await differences().map(\.kind) == [.missingHere])
            #expect(try await shipments(of: order, bench).isEmpty)
            try await bench.setCodes()
            _ = try await world.use { try await $0.pull() }
            #expect(try await differences().isEmpty)
            #expect(try await shipments(of: order, bench).count == 1)
        }
    }

    @Test("what is void there after it was announced here, and what nobody understands, are differences")
    func voidAndUnreadable() async throws {
        try await withTestDatabase { database in
            let bench = try await ExchangeBench.make(in: database)
            let (id, platform, now) = (bench.consortium.id, bench.platform, Instant.ofTests)
            let order = try await bench.order(packs: [4])
            try await database.owner.write {
                _ = try $0.execute("UPDATE platform_exchange.placed_line SET state = 'accepted', platform_line = 'L-1'")
            }
            var line = PlatformDeliveryLine(
                deliveryLine: "D-1", platformOrderLine: "L-1", note: "N-1", supplier: "S", product: "XN00000000000", batch: "B1",
                expiresOn: CalendarDate("2028-01-01"), packs: 4)
            let taken = line
            let new = try await bench.write { try TakeDeliveries(platform: platform, lines: [taken]).run(in: $0, for: id, at: now) }
            #expect(new == 1)

            // A pull that did not come to the end announces only what was seen a while ago.
            let early = try await bench.write {
                try AnnounceDeliveries(platform: platform, pulledThrough: now.adding(.seconds(-1))).run(in: $0, for: id, at: now)
            }
            #expect(early.isEmpty)
            let late = try await bench.write {
                try AnnounceDeliveries(platform: platform, pulledThrough: now).run(in: $0, for: id, at: now)
            }
            #expect(late.map(\.order) == [order.order.id])

            line.state = .void
            let (void, unknown) = (line, PlatformUnreadableRow(name: "D-2", reason: "shpCnt cannot be read"))
            try await bench.write {
                try TakeDeliveries(platform: platform, lines: [void], unreadable: [unknown]).run(in: $0, for: id, at: now)
            }
            let differences = try await bench.database.application.read(as: id.tenant) {
                try ExchangeReadings($0, of: id).differences(at: platform, limit: 10)
            }
            #expect(differences.map(\.subject).sorted() == ["delivery D-1", "delivery D-2"], "\(differences)")
            #expect(differences.contains { $0.kind == .state && $0.theirs == "void" })
        }
    }

    private func shipments(of order: OrderDetail, _ bench: ExchangeBench) async throws -> [Shipment] {
        let officer = bench.consortium.officer
        return try await bench.database.application.read(as: bench.consortium.id.tenant) {
            try DistributionReadings($0, for: officer).shipments(of: order.order.id)
        }
    }

    private func receive(_ shipment: Shipment, _ bench: ExchangeBench, at now: Instant) async throws {
        let keeper = bench.consortium.storekeepers[0]
        try await bench.write { transaction in
            let receipt = try ReceiveGoods(
                receipt: GoodsReceiptID(UUID()), shipment: shipment.id,
                lines: shipment.lines.map {
                    InspectedLine(shipmentLine: $0.number, delivered: $0.packs, accepted: $0.packs, acceptanceReason: "急用")
                }
            ).run(in: transaction, by: keeper, at: now)
            try TellReceipt(receipt).run(in: transaction, for: keeper.consortium, at: now)
        }
    }
}
