import Audit
import Foundation
import PooledProcurement
import Postgres
import Primitives
import Tendering
import TestSupport
import Testing

@Suite("from a pool to orders")
struct OrderingStoryTests {
    @Test("a ceiling is the cheapest or the most expensive reference price per unit, or what is given")
    func ceilings() async throws {
        try await withTestDatabase { database in
            let bench = try await ProcurementBench(database)
            let product = bench.consortium.products[0]
            try await database.owner.write { transaction in
                for (size, price) in [(14, 100_000), (7, 60_000), (100, nil)] as [(Int64, Int64?)] {
                    try transaction.execute(
                        """
                        INSERT INTO formulary.article (product_id, manufacturer_id, pack_size, pack_unit, pack_text, reference_price)
                        VALUES (\(product), \(bench.consortium.supplier), \(size), '盒', \("\(size)/盒"), \(price))
                        """)
                }
            }
            func ceiling(_ lines: [PoolTenderLine] = [], _ basis: CeilingBasis) async throws -> UnitPrice? {
                try await bench.approve([0: 30])
                let pool = try await bench.pool().id
                let tender = try await bench.tender(pool, lines, basis: basis)
                return try await bench.write {
                    try TenderReadings($0).tender(tender.id, for: bench.officer).packages.first?.terms.ceiling
                }
            }
            // 12.50/28, 10/14 and 6/7.
            #expect(try await ceiling([], .cheapest)?.description == "12.50/28")
            #expect(try await ceiling([], .mostExpensive)?.description == "6.00/7")
            let given = UnitPrice(Money(tenThousandths: 9_957), per: 1)
            #expect(try await ceiling([PoolTenderLine(product: product, ceiling: given)], .cheapest) == given)
            _ = try await database.owner.write { try $0.execute("UPDATE formulary.article SET reference_price = NULL") }
            await expectRefusal("pooled-procurement.ceiling-missing") { try await ceiling([], .cheapest) }
        }
    }

    @Test("a pooled line is tendered once, until its tender is cancelled")
    func tendersOnce() async throws {
        try await withTestDatabase { database in
            let bench = try await ProcurementBench(database)
            try await bench.approve([0: 30, 1: 60])
            let pool = try await bench.pool().id
            let products = bench.consortium.products
            await expectRefusal("pooled-procurement.line-not-in-pool") {
                try await bench.tender(pool, [PoolTenderLine(product: products[2])])
            }
            let first = try await bench.tender(pool, [PoolTenderLine(product: products[0])])
            await expectRefusal("pooled-procurement.line-already-tendered") {
                try await bench.tender(pool, [PoolTenderLine(product: products[0])])
            }
            let rest = try await bench.tender(pool)
            #expect(try await bench.lines(of: pool).map(\.tender) == [first.id, rest.id])
            await expectRefusal("pooled-procurement.line-already-tendered") { try await bench.tender(pool) }
            try await bench.write {
                _ = try CancelTender(tender: first.id, reason: "流标").run(in: $0, by: bench.officer, at: bench.start)
            }
            let again = try await bench.tender(pool)
            #expect(try await bench.lines(of: pool).map(\.tender) == [again.id, rest.id])
        }
    }

    @Test("awards become one order for each supplier and store, in whole packs, linked to who asked")
    func orders() async throws {
        try await withTestDatabase { database in
            let bench = try await ProcurementBench(database)
            // 70 and 30 of the first product, 45 of the second; the first is split over two suppliers.
            let big = try await bench.approve([0: 70, 1: 45])
            let small = try await bench.approve([0: 30], township: 1)
            let pool = try await bench.pool().id
            let tender = try await bench.tender(pool).id
            await expectRefusal("tendering.wrong-state") { try await bench.order(pool, tender) }
            try await bench.award(
                tender,
                [
                    (bench.seller, package: 1, article: 0, yuan: "9.00", offered: 80),
                    (bench.rival, package: 1, article: 0, yuan: "9.50", offered: 500),
                    (bench.seller, package: 2, article: 1, yuan: "12.00", offered: 40),
                ])
            let result = try await bench.order(pool, tender)
            #expect(result.unserved.map(\.share.quantity) == [5], "40 of 45 were offered")
            #expect(result.unserved.first?.share.requisition == big)
            #expect(result.orders.allSatisfy { $0.state == .draft && $0.number.hasPrefix("CG-2026-") })
            let details = try await bench.write { transaction in
                try result.orders.map { try OrderReadings(transaction).order($0.id, for: bench.officer) }
            }
            // The seller serves 70 of the first store (3 packs of 28) and 10 of the second; the rival the other 20.
            #expect(details.map(\.order.company) == [bench.consortium.supplier, bench.consortium.supplier, bench.rival.company])
            #expect(
                details.map(\.order.store) == [
                    bench.consortium.pharmacies[0], bench.consortium.pharmacies[1], bench.consortium.pharmacies[1],
                ])
            #expect(details[0].lines.map(\.packsOrdered) == [3, 2])
            #expect(details[1].lines.map(\.packsOrdered) == [1])
            #expect(details[2].lines.map(\.packsOrdered) == [1], "28 cover 10 and 18 of the other 20, so one pack more is enough")
            #expect(details[0].amount == Money(yuan: "51.00"))
            #expect(details.flatMap(\.lines).allSatisfy { $0.route == .awarded })
            let shares = try await bench.write { try OrderReadings($0).shares(of: details[1].order.id, for: bench.officer) }
            #expect(shares.map(\.requisition) == [small])
            #expect(shares.map(\.quantity) == [10])
            #expect(try await bench.onOrder() == [bench.consortium.products[0]: 84, bench.consortium.products[1]: 60])
            await expectRefusal("pooled-procurement.already-ordered") { try await bench.order(pool, tender) }
            let state = try await bench.write { try PoolReadings($0).pool(pool, for: bench.officer).state }
            #expect(state == .ordered)
            #expect(try await bench.lines(of: pool).allSatisfy { $0.orderedAt != nil })
            let filtered = try await bench.write {
                try OrderReadings($0).orders(OrderFilter(company: bench.rival.company, pool: pool), limit: 10, for: bench.officer)
            }
            #expect(filtered.map(\.order.id) == [details[2].order.id])
            #expect(filtered.first?.packsOpen == 1)
        }
    }

    @Test("a tender without awards, or of another pool, makes no orders")
    func noAwards() async throws {
        try await withTestDatabase { database in
            let bench = try await ProcurementBench(database)
            try await bench.approve([0: 70])
            let pool = try await bench.pool().id
            let tender = try await bench.tender(pool).id
            try await bench.award(tender, [])
            await expectRefusal("pooled-procurement.nothing-awarded") { try await bench.order(pool, tender) }
            try await bench.approve([0: 70])
            let other = try await bench.pool().id
            _ = try await bench.tender(other)
            await expectRefusal("pooled-procurement.nothing-awarded") { try await bench.order(other, tender) }
        }
    }
}
