import Distribution
import Foundation
import Primitives
import TestSupport
import Testing

@Suite("Lists of deliveries")
struct DistributionReadingsTests {
    @Test("a store's deliveries to come are the soonest first, page by page, without what came or was cancelled")
    func toReceive() async throws {
        try await withTestDatabase { database in
            let world = try await DeliveryWorld.make(in: database)
            var expected: [ShipmentID] = []
            for days in [3, 1, 2] {
                expected.append(try await world.announce([world.line(1, 1, batch: "B\(days)")], expectedOn: days).id)
            }
            let came = try await world.announce([world.line(1, 1)])
            try await world.receive(came.id, world.all(of: came))
            let order = [expected[1], expected[2], expected[0]]
            let first = try await world.read { try $0.toReceive(in: world.store, limit: 2) }
            #expect(first.map(\.id) == Array(order.prefix(2)))
            #expect(first.map(\.lines.count) == [1, 1])
            let last = first.last?.id
            #expect(try await world.read { try $0.toReceive(in: world.store, after: last, limit: 2) }.map(\.id) == [order[2]])
            let stranger = world.consortium.storekeepers[1]
            #expect(try await world.read(by: stranger) { try $0.toReceive(in: world.store, limit: 9) }.isEmpty)
        }
    }

    @Test("a supplier's performance counts packs and late shipments of the days asked for")
    func performance() async throws {
        try await withTestDatabase { database in
            let world = try await DeliveryWorld.make(in: database)
            let onTime = try await world.announce([world.line(1, 4), world.line(2, 6)], expectedOn: 0)
            try await world.receive(
                onTime.id,
                [
                    InspectedLine(shipmentLine: 1, delivered: 3, accepted: 2, reason: .damaged),
                    InspectedLine(shipmentLine: 2, delivered: 7, accepted: 6, reason: .overDelivery),
                ])
            let late = try await world.announce([world.line(1, 2, batch: "B2")], expectedOn: 0)
            try await world.receive(late.id, world.all(of: late), at: .ofTests.later(days: 1))
            let today = DeliveryWorld.today
            func counts(_ from: Int, _ through: Int, by person: Principal) async throws -> [[Int64]] {
                try await world.read(by: person) {
                    try $0.performance(from: today.adding(days: from), through: today.adding(days: through)).map {
                        [
                            Int64($0.shipments), Int64($0.lateShipments), $0.announced, $0.delivered, $0.accepted, $0.rejected,
                            $0.short,
                        ]
                    }
                }
            }
            for person in [world.keeper, world.seller, world.consortium.officer] {
                #expect(try await counts(0, 1, by: person) == [[2, 1, 12, 12, 10, 2, 1]])
            }
            #expect(try await counts(0, 0, by: world.keeper) == [[1, 0, 10, 10, 8, 2, 1]])
            #expect(try await counts(2, 9, by: world.keeper) == [])
            #expect(try await counts(0, 1, by: world.consortium.storekeepers[1]) == [])
        }
    }
}
