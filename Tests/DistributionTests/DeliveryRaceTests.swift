import Distribution
import Foundation
import PooledProcurement
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("Deliveries at the same moment")
struct DeliveryRaceTests {
    private func withPool(_ database: TestDatabase, _ body: (Database) async throws -> Void) async throws {
        let pool = Database(DatabaseConfiguration(conninfo: database.conninfo, connections: 16, role: "lianyao_application"))
        do {
            try await body(pool)
        } catch {
            await pool.close()
            throw error
        }
        await pool.close()
    }

    private func outcome(_ body: () async throws -> Void) async -> String {
        do {
            try await body()
            return "done"
        } catch {
            return (error as? any Refusal)?.refusalCode.rawValue ?? "\(error)"
        }
    }

    @Test("a shipment that sixteen storekeepers receive is received once")
    func receivedOnce() async throws {
        try await withTestDatabase { database in
            let world = try await DeliveryWorld.make(in: database)
            let shipment = try await world.announce([world.line(1, 10), world.line(2, 6)])
            let lines = world.all(of: shipment)
            try await withPool(database) { pool in
                let outcomes = await withTaskGroup(of: String.self) { group in
                    for _ in 0..<16 {
                        group.addTask {
                            await outcome {
                                _ = try await pool.write(as: world.consortium.id.tenant) { transaction in
                                    try ReceiveGoods(receipt: GoodsReceiptID(UUID()), shipment: shipment.id, lines: lines)
                                        .run(in: transaction, by: world.keeper, at: .ofTests)
                                }
                            }
                        }
                    }
                    return await group.reduce(into: []) { $0.append($1) }
                }
                #expect(outcomes.filter { $0 == "done" }.count == 1, "\(outcomes)")
                #expect(outcomes.filter { $0 == "distribution.already-received" }.count == 15, "\(outcomes)")
            }
            #expect(try await world.available(0) == 280)
            #expect(try await world.openPacks() == [0, 0])
        }
    }

    @Test("suppliers' clerks who announce the same open packs at once ship them once", arguments: UInt64(0)..<3)
    func announcedOnce(seed: UInt64) async throws {
        try await withTestDatabase { database in
            let world = try await DeliveryWorld.make(in: database)
            var random = SeededGenerator(seed: seed)
            let packs = (0..<12).map { _ in Int64.random(in: 1...4, using: &random) }
            try await withPool(database) { pool in
                let shipped = await withTaskGroup(of: Int64.self) { group in
                    for (number, packs) in packs.enumerated() {
                        group.addTask {
                            let announcement = AnnounceShipment(
                                shipment: ShipmentID(UUID()), order: world.order, deliveryNote: "SN-\(number)",
                                shippedOn: DeliveryWorld.today, expectedOn: DeliveryWorld.today, lines: [world.line(1, packs)])
                            let result = await outcome {
                                _ = try await pool.write(as: world.consortium.id.tenant) {
                                    try announcement.run(in: $0, by: world.seller, at: .ofTests)
                                }
                            }
                            return result == "done" ? packs : 0
                        }
                    }
                    return await group.reduce(0, +)
                }
                #expect(shipped <= 10 && shipped >= 7, "seed \(seed): \(shipped) of \(packs)")
            }
        }
    }

    @Test("an order is delivered whole by any run of part deliveries, losses and rejections", arguments: UInt64(0)..<5)
    func untilReceived(seed: UInt64) async throws {
        try await withTestDatabase { database in
            let world = try await DeliveryWorld.make(in: database, packs: [23, 11])
            var random = SeededGenerator(seed: seed)
            var accepted: [Int64] = [0, 0]
            for round in 0..<60 {
                let open = try await world.openPacks()
                guard open.contains(where: { $0 > 0 }) else { break }
                let lines = open.enumerated().compactMap { number, packs in
                    packs == 0
                        ? nil : world.line(number + 1, Int64.random(in: 1...packs, using: &random), batch: "B\(round)")
                }
                let shipment = try await world.announce(lines)
                let found = shipment.lines.map { line in
                    let delivered = Int64.random(in: 0...line.packs + 2, using: &random)
                    return InspectedLine(
                        shipmentLine: line.number, delivered: delivered,
                        accepted: Int64.random(in: 0...min(delivered, line.packs), using: &random), reason: .other,
                        explanation: "抽查")
                }
                let receipt = try await world.receive(shipment.id, found)
                for line in receipt.lines { accepted[line.orderLine - 1] += line.accepted }
                #expect(try await world.openPacks() == [23 - accepted[0], 11 - accepted[1]], "seed \(seed), round \(round)")
            }
            #expect(accepted == [23, 11], "seed \(seed)")
            #expect(try await world.orderNow().order.state == .received, "seed \(seed)")
            #expect(try await world.available(0) == 644)
            #expect(try await world.available(1) == 330)
        }
    }
}
