import Foundation
import PooledProcurement
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("a province's order lines, replayed as purchase orders")
struct ProvincialOrdersTests {
    @Test("packs are recovered from genuine amounts, and every other line is reported with its reason")
    func recovers() throws {
        guard let extract = try ProvincialOrderExtract.read() else { return }
        #expect(extract.lines.count + extract.defects.count == 6_676)
        #expect(extract.lines.count == 6_142)
        #expect(extract.repeatedCodes == 386)
        let defects = Dictionary(grouping: extract.defects, by: \.defect).mapValues(\.count)
        #expect(defects == [.notListed: 61, .notWholePacks: 473])
        #expect(extract.lines.allSatisfy { extract.listings[$0.insuranceCode]?.packPrice.times($0.packs) == $0.amount })
    }

    @Test("each order line is ordered once, at its amount, and a repeated code is refused", .timeLimit(.minutes(40)))
    func replays() async throws {
        guard let extract = try ProvincialOrderExtract.read() else { return }
        try await withTestDatabase { database in
            var replay = try await ProvincialOrderReplay.register(extract, in: database.owner)
            try await replay.place(extract.lines, of: extract, in: database.application)
            #expect(replay.placed.count == 5_818)
            #expect(Set(replay.placed.map(\.line.externalCode)).count == 5_818)
            #expect(replay.refused.count == 324)
            #expect(replay.refused.allSatisfy { $0.code == "pooled-procurement.external-code-repeated" })
            // The file once more: nothing is ordered twice.
            try await replay.place(extract.lines.prefix(500), of: extract, in: database.application)
            #expect(replay.placed.count == 5_818)
            let totals = try await database.application.read(as: replay.officer.tenant) { transaction in
                try transaction.first(
                    """
                    SELECT count(DISTINCT order_id) AS orders, count(DISTINCT facility_id) AS facilities,
                           count(DISTINCT company_id) AS companies, sum(packs_ordered * pack_price)::bigint AS amount
                      FROM pooled_procurement.purchase_order JOIN pooled_procurement.purchase_order_line USING (consortium_id, order_id)
                    """
                ) { row in
                    (
                        orders: try row["orders"] as Int, facilities: try row["facilities"] as Int,
                        companies: try row["companies"] as Int, amount: try row["amount"] as Money
                    )
                }
            }
            #expect(totals?.orders == 5_818)
            #expect(totals?.facilities == 461)
            #expect(totals?.companies == 49)
            #expect(totals?.amount == Money(yuan: "41574963.09"))
            #expect(replay.placed.map(\.line.amount).reduce(.zero, +) == totals?.amount)
        }
    }
}
