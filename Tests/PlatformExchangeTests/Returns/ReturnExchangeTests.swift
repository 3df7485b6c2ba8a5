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

@Suite("Returns through platforms")
struct ReturnExchangeTests {
    @Test("goods go back, the platform learns it once, and the supplier's answer is pulled")
    func agreed() async throws {
        for platform in ["shanghai-drugs", "zhejiang-drugs"] {
            try await ExchangeWorld.with(platform) { world in
                let bench = world.bench
                let order = try await world.orderAndPull([10])
                try await world.receiveAll(of: order)
                try await world.pullTwice()
                let shipment = try #require(try await bench.shipments(of: order).first)
                let before = try await bench.onShelf()
                let returned = try await bench.sendBack(3, of: shipment)
                #expect(returned.packs == 3 && returned.packPrice.tenThousandths == 125_000)
                #expect(try await bench.onShelf() == before - returned.units.rawValue)
                for _ in 0..<3 {
                    try await world.tell()
                    try await world.pullTwice()
                }
                let placed = try await bench.read { try $0.placedReturns(of: returned.id) }
                #expect(placed.map(\.there) == [.agreed] && placed.map(\.packs) == [3], "\(placed)")
                let there = world.simulator.statement().returns.filter { $0.state == .agreed }
                #expect(there.map(\.packs) == [3] && there.count == 1)
                #expect(try await bench.messages().allSatisfy { $0.state == .accepted })
                #expect(try await bench.openDifferences().isEmpty)
                guard platform == "shanghai-drugs" else { return }
                // The supplier takes the money back by an invoice with negative amounts.
                let credit = try #require(try await bench.invoices().first)
                #expect(credit.total.tenThousandths == -3 * 125_000 && credit.state == .accepted, "\(credit)")
            }
        }
    }

    @Test("a return that the supplier refuses is a difference")
    func refused() async throws {
        try await ExchangeWorld.with("zhejiang-drugs", changing: { $0.suppliersSide.agreesToReturns = 0 }) { world in
            let bench = world.bench
            let order = try await world.orderAndPull([10])
            try await world.receiveAll(of: order)
            let returned = try await bench.sendBack(2, of: #require(try await bench.shipments(of: order).first))
            try await world.tell()
            try await world.pullTwice()
            try await world.pullTwice()
            #expect(try await bench.read { try $0.placedReturns(of: returned.id) }.map(\.there) == [.refused])
            // What was not taken back is owed.
            try await world.pullTwice()
            #expect(try await bench.invoices().map(\.state) == [.accepted])
            let open = try await bench.openDifferences()
            #expect(open.map(\.kind) == [.state] && open.first?.subject == "return \(returned.number)/1", "\(open)")
        }
    }

    @Test("no more goes back than was accepted and has not gone back, with a reason, of what was received")
    func refusals() async throws {
        try await ExchangeWorld.with("zhejiang-drugs") { world in
            let bench = world.bench
            let order = try await world.orderAndPull([10])
            let shipment = try #require(try await bench.shipments(of: order).first)
            await expectRefusal("distribution.wrong-state") { try await bench.sendBack(1, of: shipment) }
            try await world.receiveAll(of: order)
            await expectRefusal("distribution.more-than-received", field: "packs") { try await bench.sendBack(11, of: shipment) }
            await expectRefusal("distribution.more-than-received", field: "packs") { try await bench.sendBack(0, of: shipment) }
            await expectRefusal("distribution.reason-required", field: "reason") { try await bench.sendBack(1, of: shipment, " ") }
            await expectRefusal("distribution.lines-invalid", field: "line") {
                try await bench.sendBack(1, of: shipment, line: 9)
            }
            try await bench.sendBack(6, of: shipment)
            await expectRefusal("distribution.more-than-received", field: "packs") { try await bench.sendBack(5, of: shipment) }
            try await bench.sendBack(4, of: shipment)
            let (keeper, id) = (bench.consortium.storekeepers[0], shipment.id)
            let all = try await bench.write { try DistributionReadings($0, for: keeper).returns(of: id) }
            #expect(all.map(\.packs) == [6, 4])
        }
    }
}

extension ExchangeBench {
    func shipments(of order: OrderDetail) async throws -> [Shipment] {
        let (officer, id) = (consortium.officer, order.order.id)
        return try await write { try DistributionReadings($0, for: officer).shipments(of: id) }
    }

    /// Base units of everything that is usable in the township's pharmacy.
    func onShelf() async throws -> Int64 {
        let (id, store) = (consortium.id, consortium.pharmacies[0])
        return try await write {
            try StockReadings($0).available(in: store, of: id, today: TimeSource.system.now.businessDay).values.map(\.rawValue)
                .reduce(0, +)
        }
    }

    @discardableResult
    func sendBack(_ packs: Int64, of shipment: Shipment, line: Int = 1, _ reason: String = "破损") async throws -> SupplierReturn {
        let keeper = consortium.storekeepers[0]
        return try await write { transaction in
            let now = TimeSource.system.now
            let returned = try ReturnGoods(
                returned: SupplierReturnID(UUID()), shipment: shipment.id, line: line, packs: packs, reason: reason
            ).run(in: transaction, by: keeper, at: now)
            try TellReturn(returned).run(in: transaction, for: keeper.consortium, at: now)
            return returned
        }
    }
}
