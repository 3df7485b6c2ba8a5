import Distribution
import Foundation
import Identity
import Parties
import PooledProcurement
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("Receiving goods")
struct ReceiveGoodsTests {
    @Test("puts what is accepted into stock and counts it against the order; the rest stays open")
    func partly() async throws {
        try await withTestDatabase { database in
            let world = try await DeliveryWorld.make(in: database)
            let shipment = try await world.announce([world.line(1, 6), world.line(1, 4, batch: "B2"), world.line(2, 6)])
            let receipt = try await world.receive(
                shipment.id,
                [
                    InspectedLine(shipmentLine: 3, delivered: 5, accepted: 5, reason: .notDelivered),
                    InspectedLine(shipmentLine: 1, delivered: 6, accepted: 6),
                    InspectedLine(shipmentLine: 2, delivered: 4, accepted: 1, reason: .damaged, explanation: "外箱进水"),
                ])
            #expect(receipt.number == "YS-2026-000001")
            #expect(receipt.lines.map(\.accepted) == [6, 1, 5])
            #expect(receipt.lines.map(\.rejected) == [0, 3, 0])
            #expect(receipt.lines.map(\.short) == [0, 0, 1])
            #expect(try await world.read { try $0.receipt(receipt.id) } == receipt)
            #expect(try await world.read { try $0.receipt(of: shipment.id) } == receipt.id)
            #expect(try await world.available(0) == 196)
            #expect(try await world.available(1) == 150)
            #expect(try await world.openPacks() == [3, 1])
            #expect(try await world.orderNow().order.state == .partlyReceived)
            await expectRefusal("distribution.already-received") { try await world.receive(shipment.id, world.all(of: shipment)) }

            let rest = try await world.announce([world.line(1, 3), world.line(2, 1)])
            try await world.receive(rest.id, world.all(of: rest))
            #expect(try await world.openPacks() == [0, 0])
            #expect(try await world.orderNow().order.state == .received)
            #expect(try await world.available(0) == 280)
        }
    }

    @Test("records a delivery of which nothing is accepted, and the order stays as it was")
    func nothingAccepted() async throws {
        try await withTestDatabase { database in
            let world = try await DeliveryWorld.make(in: database)
            // Article 2 came for line 1, expired goods for line 2.
            let shipment = try await world.announce([world.line(1, 6, article: 1), world.line(2, 6, expiresIn: 0)])
            await expectRefusal("distribution.wrong-article") { try await world.receive(shipment.id, world.all(of: shipment)) }
            let receipt = try await world.receive(
                shipment.id,
                [
                    InspectedLine(shipmentLine: 1, delivered: 6, accepted: 0, reason: .wrongArticle),
                    InspectedLine(shipmentLine: 2, delivered: 6, accepted: 0, reason: .expired),
                ])
            #expect(receipt.movement == nil)
            #expect(try await world.openPacks() == [10, 6])
            #expect(try await world.orderNow().order.state == .sent)
            #expect(try await world.available(1) == 0)
        }
    }

    @Test("is for a storekeeper of the facility, with every line once, and leaves nothing behind when refused")
    func refusals() async throws {
        try await withTestDatabase { database in
            let world = try await DeliveryWorld.make(in: database)
            let shipment = try await world.announce([world.line(1, 6), world.line(2, 6, expiresIn: 100)])
            let all = world.all(of: shipment)
            await expectRefusal("identity.role-missing") { try await world.receive(shipment.id, all, by: world.seller) }
            await expectRefusal("identity.other-facility") {
                try await world.receive(shipment.id, all, by: world.consortium.storekeepers[1])
            }
            await expectRefusal("distribution.shipment-unknown") { try await world.receive(ShipmentID(UUID()), all) }
            for lines in [[], [all[0]], all + [all[0]], [all[0], InspectedLine(shipmentLine: 9, delivered: 1, accepted: 1)]] {
                await expectRefusal("distribution.lines-invalid") { try await world.receive(shipment.id, lines) }
            }
            await expectRefusal("distribution.short-dated") { try await world.receive(shipment.id, all) }
            await expectRefusal("distribution.expired") {
                try await world.receive(shipment.id, all, at: .ofTests.later(days: 100))
            }
            #expect(try await world.available(0) == 0)
            #expect(try await world.openPacks() == [10, 6])
            await expectRefusal("distribution.receipt-unknown") {
                _ = try await world.read { try $0.receipt(GoodsReceiptID(UUID())) }
            }
            var accepted = all
            accepted[1].acceptanceReason = "断货"
            let receipt = try await world.receive(shipment.id, accepted)
            let next = try await world.announce([world.line(1, 1)])
            await expectRefusal("distribution.document-id-taken") {
                try await world.receive(next.id, world.all(of: next), as: receipt.id)
            }
            await expectRefusal("distribution.receipt-unknown") {
                _ = try await world.read(by: world.consortium.storekeepers[1]) { try $0.receipt(receipt.id) }
            }
        }
    }

    @Test("from a supplier whose licence has run out is refused, unless nothing is accepted")
    func licence() async throws {
        try await withTestDatabase { database in
            let world = try await DeliveryWorld.make(in: database)
            let supplier = world.consortium.supplier
            try await database.owner.write { transaction in
                try PartiesStore(transaction).addLicence(
                    Licence(
                        company: supplier, kind: .drugDistribution, number: "drug-distribution-small",
                        validFrom: CalendarDate(day: 18_000), validThrough: DeliveryWorld.today))
            }
            let shipment = try await world.announce([world.line(1, 6)])
            let tomorrow = Instant.ofTests.later(days: 1)
            await expectRefusal("distribution.licence-invalid") {
                try await world.receive(shipment.id, world.all(of: shipment), at: tomorrow)
            }
            let rejected = [InspectedLine(shipmentLine: 1, delivered: 6, accepted: 0, reason: .missingDocument)]
            try await world.receive(shipment.id, rejected, at: tomorrow)
            let next = try await world.announce([world.line(1, 6)])
            try await world.receive(next.id, world.all(of: next))
        }
    }

    @Test("of controlled drugs takes two different people of the facility")
    func controlled() async throws {
        try await withTestDatabase { database in
            let world = try await DeliveryWorld.make(in: database, packs: [0, 0, 0, 5])
            let second = try await database.owner.write { transaction in
                let consortium = world.consortium
                _ = try People(transaction).add(
                    to: consortium.id, code: "second", name: "second", facility: consortium.townships[0], company: nil,
                    roles: [.dispenser])
                return try #require(try People(transaction).person(code: "second", of: consortium.id)).id
            }
            let shipment = try await world.announce([world.line(1, 5, article: 3)])
            let all = world.all(of: shipment)
            for person in [nil, world.keeper.person, world.consortium.storekeepers[1].person, PersonID(999_999)] {
                await expectRefusal("distribution.second-person-required") {
                    try await world.receive(shipment.id, all, secondPerson: person)
                }
            }
            let receipt = try await world.receive(shipment.id, all, secondPerson: second)
            #expect(receipt.secondPerson == second)
        }
    }

    @Test("of an order that was closed meanwhile is refused whole")
    func closed() async throws {
        try await withTestDatabase { database in
            let world = try await DeliveryWorld.make(in: database)
            let shipment = try await world.announce([world.line(1, 6)])
            try await world.write { transaction in
                _ = try CancelOrder(order: world.order, reason: "不再需要").run(
                    in: transaction, by: world.consortium.officer, at: .ofTests)
            }
            await expectRefusal("pooled-procurement.order-wrong-state") {
                try await world.receive(shipment.id, world.all(of: shipment))
            }
            #expect(try await world.available(0) == 0)
        }
    }
}
