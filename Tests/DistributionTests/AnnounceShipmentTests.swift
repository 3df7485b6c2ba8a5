import Audit
import Distribution
import Foundation
import PooledProcurement
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("Announcing a shipment")
struct AnnounceShipmentTests {
    @Test("names batches for the order's lines; partial shipments leave the rest open")
    func announced() async throws {
        try await withTestDatabase { database in
            let world = try await DeliveryWorld.make(in: database)
            let shipment = try await world.announce(
                [world.line(1, 4), world.line(1, 2, batch: "B2"), world.line(2, 6)], note: "SN-1")
            #expect(shipment.number == "FH-2026-000001")
            #expect(shipment.store == world.store && shipment.company == world.consortium.supplier)
            #expect(try await world.read { try $0.shipment(shipment.id) } == shipment)
            #expect(try await world.read { try $0.shipments(of: world.order) } == [shipment])
            #expect(try await world.openPacks() == [10, 6])
            try await world.announce([world.line(1, 4, batch: "B3")])
            let trail = try await world.write {
                try AuditTrail($0).events(of: "shipment \(shipment.id)", in: world.consortium.id)
            }
            #expect(trail.map(\.action) == ["distribution.announce-shipment"])
        }
    }

    @Test("never ships more than is open and not on its way; what is cancelled is open again")
    func open() async throws {
        try await withTestDatabase { database in
            let world = try await DeliveryWorld.make(in: database)
            await expectRefusal("distribution.more-than-open") { try await world.announce([world.line(1, 11)]) }
            await expectRefusal("distribution.more-than-open") {
                try await world.announce([world.line(1, 6), world.line(1, 5, batch: "B2")])
            }
            let first = try await world.announce([world.line(1, 7)], note: "SN-1")
            await expectRefusal("distribution.more-than-open") { try await world.announce([world.line(1, 4)]) }
            await expectRefusal("distribution.reason-required") {
                try await world.write {
                    _ = try CancelShipment(shipment: first.id, reason: " ").run(in: $0, by: world.seller, at: .ofTests)
                }
            }
            let cancel = CancelShipment(shipment: first.id, reason: "车辆故障")
            let cancelled = try await world.write { try cancel.run(in: $0, by: world.seller, at: .ofTests) }
            #expect(cancelled.state == .cancelled)
            await expectRefusal("distribution.wrong-state") {
                try await world.write { _ = try cancel.run(in: $0, by: world.seller, at: .ofTests) }
            }
            await expectRefusal("distribution.wrong-state") { try await world.receive(first.id, world.all(of: first)) }
            try await world.announce([world.line(1, 10)], note: "SN-1")
        }
    }

    @Test("needs an order the supplier has, its own people, an unused note, days and lines that hold")
    func refusals() async throws {
        try await withTestDatabase { database in
            let world = try await DeliveryWorld.make(in: database)
            let other = try await DeliveryWorld.make(in: database, code: "other")
            let line = world.line(1, 1)
            let draft = OrderID(UUID())
            try await world.makeOrder(draft, packs: [1], isSent: false)
            await expectRefusal("pooled-procurement.order-unknown") { try await world.announce([line], of: draft) }
            await expectRefusal("pooled-procurement.order-unknown") { try await world.announce([line], of: other.order) }
            await expectRefusal("identity.role-missing") { try await world.announce([line], by: world.keeper) }
            let shipment = try await world.announce([line], note: "SN-1")
            await expectRefusal("distribution.delivery-note-announced") { try await world.announce([line], note: " SN-1 ") }
            await expectRefusal("distribution.document-id-taken") { try await world.announce([line], as: shipment.id) }
            await expectRefusal("distribution.delivery-note-invalid") { try await world.announce([line], note: "  ") }
            await expectRefusal("distribution.dates-invalid") { try await world.announce([line], shippedOn: 1, expectedOn: 2) }
            await expectRefusal("distribution.dates-invalid") { try await world.announce([line], shippedOn: 0, expectedOn: -1) }
            for lines in [
                [], [line, line], [world.line(1, 0)], [world.line(1, -1)], [world.line(1, .max)], [world.line(1, 1, batch: "\n")],
            ] {
                await expectRefusal("distribution.lines-invalid") { try await world.announce(lines) }
            }
            let unknown = AnnounceShipment.Line(
                orderLine: 3, article: line.article, batchNumber: "B1", expiresOn: line.expiresOn, packs: 1)
            await expectRefusal("distribution.lines-invalid") { try await world.announce([unknown]) }
            var strange = line
            strange.article = ArticleID(999_999)
            await expectRefusal("formulary.article-unknown") { try await world.announce([strange]) }
        }
    }

    @Test("stops when the order has ended")
    func ended() async throws {
        try await withTestDatabase { database in
            let world = try await DeliveryWorld.make(in: database, packs: [2])
            let shipment = try await world.announce([world.line(1, 2)])
            try await world.receive(shipment.id, world.all(of: shipment))
            #expect(try await world.orderNow().order.state == .received)
            await expectRefusal("distribution.order-not-deliverable") { try await world.announce([world.line(1, 1)]) }
        }
    }

    @Test("is for the supplier and the facility to see, and for nobody of another consortium")
    func visibility() async throws {
        try await withTestDatabase { database in
            let world = try await DeliveryWorld.make(in: database)
            let other = try await DeliveryWorld.make(in: database, code: "other")
            let shipment = try await world.announce([world.line(1, 1)])
            for person in [world.seller, world.keeper, world.consortium.officer] {
                #expect(try await world.read(by: person) { try $0.shipment(shipment.id).id } == shipment.id)
            }
            await expectRefusal("distribution.shipment-unknown") {
                _ = try await world.read(by: world.consortium.storekeepers[1]) { try $0.shipment(shipment.id) }
            }
            await expectRefusal("distribution.shipment-unknown") { _ = try await other.read { try $0.shipment(shipment.id) } }
            await expectRefusal("distribution.shipment-unknown") {
                try await other.write {
                    _ = try CancelShipment(shipment: shipment.id, reason: "x").run(in: $0, by: other.seller, at: .ofTests)
                }
            }
        }
    }
}
