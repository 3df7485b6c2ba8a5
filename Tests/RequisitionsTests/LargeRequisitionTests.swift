import Foundation
import Postgres
import Primitives
import Requisitions
import TestSupport
import Testing

@Suite("A large requisition")
struct LargeRequisitionTests {
    @Test("of 1,500 products is opened, changed on every line, submitted, approved and read for pooling")
    func ofManyProducts() async throws {
        try await withTestDatabase { database in
            let world = try await RequisitionWorld.make(in: database, moreProducts: 1_500)
            let products = world.more
            let refills = Dictionary(products.map { ($0, 25 as BaseUnits) }, uniquingKeysWith: { first, _ in first })
            let opened = try await world.write { transaction in
                try OpenRequisition(
                    requisitionID: RequisitionID(UUID()), store: world.store, scope: .regular(world.cycle.id),
                    expectedRefills: refills
                ).run(in: transaction, by: world.keeper, at: .ofTests)
            }
            let lines = try await world.lines(of: opened)
            #expect(lines.count == 1_503)
            let filled = lines.filter { $0.packSize == 10 }
            #expect(filled.count == 1_500 && filled.allSatisfy { $0.requested == 30 })
            let changes = products.map { ChangeRequisitionLines.Change(product: $0, requested: 40, reason: "备货") }
            let changed = try await world.change(opened, changes)
            let approved = try await world.approve(
                world.submit(changed), [.init(product: products[0], approved: 0, reason: "不批")])
            let forPooling = try await world.read {
                try ApprovedLines(cycle: world.cycle.id).read(in: $0, of: world.consortium.id)
            }
            #expect(forPooling.count == 1_499 && Set(forPooling.map(\.requisition)) == [approved.id])
            #expect(forPooling.map(\.quantity).sum() == BaseUnits(1_499 * 40))
            #expect(forPooling.map(\.line) == forPooling.map(\.line).sorted())
        }
    }
}
