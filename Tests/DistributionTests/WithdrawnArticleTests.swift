import Distribution
import Formulary
import Foundation
import PooledProcurement
import Postgres
import Primitives
import StockLedger
import TestSupport
import Testing

@Suite("an article that an edition of its catalogue withdraws")
struct WithdrawnArticleTests {
    /// Accepts an edition that names these of the consortium's articles.
    private func accept(_ numbers: [Int], _ label: String, in world: DeliveryWorld) async throws -> EditionCounts {
        let rows = numbers.map { number in
            let size = world.consortium.packSizes[number]
            return ",T-small-\(number),,试验医药公司 small,,,,\(size),盒,\(size)/盒,12.50"
        }
        let csv = ([CatalogKind.articles.columns.joined(separator: ",")] + rows).joined(separator: "\n")
        let officer = world.consortium.officer
        return try await world.write { transaction in
            let proposal = try ProposeEdition(
                id: EditionID(UUID()), catalogue: "省目录", label: label, validFrom: DeliveryWorld.today,
                source: .bytes(Array(csv.utf8))
            ).run(in: transaction, by: officer, at: .ofTests)
            let accepting = AcceptEdition(edition: proposal.edition.id, acceptingTheRest: false)
            return try accepting.run(in: transaction, by: officer, at: .ofTests).counts
        }
    }

    @Test("is ordered no more, and an order of it is delivered, received and stocked to its end")
    func ordersGoOn() async throws {
        try await withTestDatabase { database in
            let world = try await DeliveryWorld.make(in: database, packs: [10])
            let shipped = try await world.announce([world.line(1, 4)])
            let first = try await accept([0, 1, 2, 3], "1", in: world)
            #expect(first.listed == 4 && first.unchanged == 4 && first.added == 0)
            let second = try await accept([1, 2, 3], "2", in: world)
            #expect(second.withdrawn == 1 && second.unchanged == 3)

            await expectRefusal("formulary.article-withdrawn") { try await world.makeOrder(OrderID(UUID()), packs: [1]) }
            try await world.makeOrder(OrderID(UUID()), packs: [0, 1])

            try await world.receive(shipped.id, world.all(of: shipped))
            let rest = try await world.announce([world.line(1, 6, batch: "B2")])
            try await world.receive(rest.id, world.all(of: rest))
            #expect(try await world.orderNow().order.state == .received)
            #expect(try await world.available(0) == 280)
        }
    }
}
