import Distribution
import Foundation
import Identity
import Parties
import PooledProcurement
import Postgres
import Primitives
import StockLedger
import TestSupport
import Testing

/// The small consortium with a purchase order that its supplier has.
struct DeliveryWorld: Sendable {
    let database: TestDatabase
    let consortium: SmallConsortium
    let order: OrderID
    static let today = Instant.ofTests.businessDay

    var seller: Principal { consortium.seller }
    var keeper: Principal { consortium.storekeepers[0] }
    var store: StoreID { consortium.pharmacies[0] }

    /// - Parameter packs: what is ordered of each of the consortium's articles; nothing of those after the last.
    static func make(in database: TestDatabase, code: String = "small", packs: [Int64] = [10, 6]) async throws -> DeliveryWorld {
        let consortium = try await SmallConsortium.make(in: database, code: code)
        let order = OrderID(UUID())
        let world = DeliveryWorld(database: database, consortium: consortium, order: order)
        try await world.makeOrder(order, packs: packs)
        return world
    }

    func makeOrder(_ id: OrderID, packs: [Int64], isSent: Bool = true) async throws {
        let officer = consortium.officer
        let terms = zip(consortium.articles, packs).filter { $0.1 > 0 }.map {
            OrderLineTerms(article: $0, packs: $1, packPrice: Money(tenThousandths: 125_000), route: .emergency)
        }
        try await write { transaction in
            _ = try CreateOrder(
                id: id, company: consortium.supplier, facility: consortium.townships[0], store: store, lines: terms, reason: "急用"
            ).run(in: transaction, by: officer, at: .ofTests)
            guard isSent else { return }
            _ = try ApproveOrder(order: id).run(in: transaction, by: officer, at: .ofTests)
            _ = try SendOrder(order: id).run(in: transaction, by: officer, at: .ofTests)
        }
    }

    @discardableResult
    func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await database.application.write(as: consortium.id.tenant, body)
    }

    func read<Value: Sendable>(
        by person: Principal? = nil, _ body: @escaping @Sendable (DistributionReadings) throws -> Value
    ) async throws -> Value {
        let person = person ?? keeper
        return try await database.application.read(as: consortium.id.tenant) { try body(DistributionReadings($0, for: person)) }
    }

    // MARK: - Deliveries

    /// Packs of the ordered article for an order line, from 1.
    func line(_ orderLine: Int = 1, _ packs: Int64, batch: String = "B1", expiresIn days: Int = 400, article: Int? = nil)
        -> AnnounceShipment.Line
    {
        AnnounceShipment.Line(
            orderLine: orderLine, article: consortium.articles[article ?? orderLine - 1], batchNumber: batch,
            expiresOn: Self.today.adding(days: days), packs: packs)
    }

    @discardableResult
    func announce(
        _ lines: [AnnounceShipment.Line], of order: OrderID? = nil, as id: ShipmentID = ShipmentID(UUID()),
        note: String = UUID().uuidString, shippedOn: Int = -1, expectedOn: Int = 0, by person: Principal? = nil,
        at now: Instant = .ofTests
    ) async throws -> Shipment {
        let (order, person) = (order ?? self.order, person ?? seller)
        return try await write { transaction in
            try AnnounceShipment(
                shipment: id, order: order, deliveryNote: note, shippedOn: Self.today.adding(days: shippedOn),
                expectedOn: Self.today.adding(days: expectedOn), lines: lines
            ).run(in: transaction, by: person, at: now)
        }
    }

    @discardableResult
    func receive(
        _ shipment: ShipmentID, _ lines: [InspectedLine], as id: GoodsReceiptID = GoodsReceiptID(UUID()),
        secondPerson: PersonID? = nil, by person: Principal? = nil, at now: Instant = .ofTests
    ) async throws -> GoodsReceipt {
        let person = person ?? keeper
        return try await write { transaction in
            try ReceiveGoods(receipt: id, shipment: shipment, lines: lines, secondPerson: secondPerson)
                .run(in: transaction, by: person, at: now)
        }
    }

    /// Everything that was announced came and is accepted.
    func all(of shipment: Shipment) -> [InspectedLine] {
        shipment.lines.map { InspectedLine(shipmentLine: $0.number, delivered: $0.packs, accepted: $0.packs) }
    }

    // MARK: - What came of it

    func orderNow(_ id: OrderID? = nil) async throws -> OrderDetail {
        let (id, consortium) = (id ?? order, consortium.id)
        return try await database.application.read(as: consortium.tenant) { try OrderReadings($0).order(id, of: consortium) }
    }

    func openPacks() async throws -> [Int64] { try await orderNow().lines.map(\.packsOpen) }

    func available(_ product: Int) async throws -> BaseUnits {
        let (store, id, product) = (store, consortium.id, consortium.products[product])
        return try await database.application.read(as: id.tenant) {
            try StockReadings($0).available(in: store, of: id, today: Self.today)[product] ?? .zero
        }
    }
}

extension Instant {
    func later(days: Int) -> Instant { Instant(microseconds: microseconds + Int64(days) * 86_400_000_000) }
}
