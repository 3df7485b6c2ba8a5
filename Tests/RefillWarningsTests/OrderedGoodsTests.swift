import Distribution
import Foundation
import PooledProcurement
import Postgres
import Primitives
import Requisitions
import TestSupport
import Testing

@testable import RefillWarnings

@Suite("Early warnings and what is ordered")
struct OrderedGoodsTests {
    /// A plan whose second instalment of twenty is due in twenty days and not there.
    private func withBench(_ body: (PlanBench) async throws -> Void) async throws {
        try await withPlanBench { bench in
            try await bench.stock(20)
            _ = try await bench.plan()
            #expect(try await bench.warn().raised == 1)
            try await body(bench)
        }
    }

    /// A pack of thirty, ordered from the supplier; sent, and promised for a day, when told.
    private func order(_ bench: PlanBench, isSent: Bool = true, promised: Int? = nil, article: Int = 1) async throws -> OrderID {
        let (id, consortium, now) = (OrderID(UUID()), bench.consortium, bench.now)
        let day = promised.map { bench.today.adding(days: $0) }
        try await bench.write { transaction in
            let terms = OrderLineTerms(
                article: consortium.articles[article], packs: 1, packPrice: Money(tenThousandths: 125_000), route: .emergency)
            _ = try CreateOrder(
                id: id, company: consortium.supplier, facility: consortium.townships[0], store: bench.store, lines: [terms],
                reason: "急用"
            ).run(in: transaction, by: consortium.officer, at: now)
            guard isSent else { return }
            _ = try ApproveOrder(order: id).run(in: transaction, by: consortium.officer, at: now)
            _ = try SendOrder(order: id).run(in: transaction, by: consortium.officer, at: now)
            if let day { _ = try ConfirmOrder(order: id, expectedOn: day).run(in: transaction, by: consortium.seller, at: now) }
        }
        return id
    }

    private func announce(_ bench: PlanBench, _ order: OrderID, expected: Int, expiresIn: Int = 400, article: Int = 1) async throws {
        try await bench.write { transaction in
            _ = try AnnounceShipment(
                shipment: ShipmentID(UUID()), order: order, deliveryNote: UUID().uuidString, shippedOn: bench.today,
                expectedOn: bench.today.adding(days: expected),
                lines: [
                    AnnounceShipment.Line(
                        orderLine: 1, article: bench.consortium.articles[article], batchNumber: "N1",
                        expiresOn: bench.today.adding(days: expiresIn), packs: 1)
                ]
            ).run(in: transaction, by: bench.consortium.seller, at: bench.now)
        }
    }

    @Test("an order that arrives by the due day resolves the warning, one that arrives later does not", arguments: [
        (20, 1), (21, 0),
    ])
    func promised(day: Int, resolved: Int) async throws {
        try await withBench { bench in
            _ = try await order(bench, promised: day)
            #expect(try await bench.warn().resolved == resolved)
            #expect(try await bench.open().count == 1 - resolved)
        }
    }

    @Test("an order without a day is reckoned to take two weeks from its sending, and from today while it is not sent", arguments: [
        // sent, days later, warned again
        (true, 0, 0), (true, 14, 0), (true, 15, 1), (false, 6, 0), (false, 7, 1),
    ])
    func reckoned(isSent: Bool, later: Int, raised: Int) async throws {
        try await withBench { bench in
            _ = try await order(bench, isSent: isSent)
            #expect(try await bench.warn().resolved == 1)
            // On day 15 the order is overdue and expected on day 22; the first instalment is collected or missed by then.
            var terms = WarningTerms.standard
            terms.horizonDays = 20 - later
            let (verb, id, now) = (RaiseRefillWarnings(store: bench.store, terms: terms), bench.consortium.id, bench.later(days: later).now)
            #expect(try await bench.write { try verb.run(in: $0, of: id, at: now) }.raised == raised)
        }
    }

    @Test("an announced shipment comes on its day, and serves when it is what was ordered and lasts", arguments: [
        // expected, expires, article, resolved
        (20, 400, 1, 1), (21, 400, 1, 0), (20, 47, 1, 1), (20, 46, 1, 0),
    ])
    func announced(expected: Int, expiresIn: Int, article: Int, resolved: Int) async throws {
        try await withBench { bench in
            // The day of the shipment counts, not the one that was promised before.
            try await announce(
                bench, try await order(bench, promised: 5), expected: expected, expiresIn: expiresIn, article: article)
            #expect(try await bench.warn().resolved == resolved)
        }
    }

    @Test("another article that was sent will be rejected, and the order stays open")
    func wrongArticle() async throws {
        try await withBench { bench in
            try await announce(bench, try await order(bench, promised: 21), expected: 1, article: 0)
            #expect(try await bench.warn().resolved == 0)
        }
    }

    @Test("what was announced for an order that is closed meanwhile will be rejected, and serves nobody")
    func closed() async throws {
        try await withBench { bench in
            let order = try await order(bench, promised: 5)
            try await announce(bench, order, expected: 5)
            #expect(try await bench.warn().resolved == 1)
            try await bench.write { transaction in
                _ = try CloseOrder(order: order, reason: "供应商停产").run(in: transaction, by: bench.consortium.officer, at: bench.now)
            }
            #expect(try await bench.warn().raised == 1)
        }
    }

    @Test("what was approved, and then pooled, is reckoned to take three weeks", arguments: [(20, 1), (21, 0)], [false, true])
    func requested(days: (instalment: Int, raised: Int), isPooled: Bool) async throws {
        try await withPlanBench { bench in
            let id = bench.consortium.id
            try await bench.stock(BaseUnits(Int64(days.instalment)))
            _ = try await bench.plan(days: days.instalment * 3, instalmentDays: days.instalment)
            try await approve(40, bench)
            if isPooled {
                try await bench.write { transaction in
                    _ = try PoolRequisitions(id: PoolID(UUID()), cycle: nil)
                        .run(in: transaction, by: bench.consortium.officer, at: bench.now)
                }
            }
            let waiting = try await bench.read { try ApprovedQuantities($0, of: id).waiting(for: bench.store) }
            let orders = try await bench.read { transaction in
                let orders = OnOrder(transaction)
                return (try orders.pooled(for: bench.store, of: id), try orders.lines(for: bench.store, of: id))
            }
            #expect(waiting == (isPooled ? [:] : [bench.product: 40]) && orders.0 == (isPooled ? [bench.product: 40] : [:]))
            #expect(orders.1.isEmpty)
            #expect(try await bench.warn().raised == days.raised)
        }
    }

    /// An emergency requisition of the first pharmacy that was approved.
    private func approve(_ quantity: Int64, _ bench: PlanBench) async throws {
        let (id, consortium, now) = (RequisitionID(UUID()), bench.consortium, bench.now)
        let strategy = JSONText(String(decoding: try JSONEncoder().encode(ReplenishmentStrategy.standard), as: UTF8.self))
        try await bench.database.owner.write { transaction in
            try transaction.execute(
                """
                INSERT INTO requisitions.requisition (
                    consortium_id, requisition_id, number, facility_id, store_id, kind, strategy, state, opened_at,
                    opened_by_id, submitted_at, decided_at, decided_by_id)
                VALUES (\(consortium.id), \(id), 'QL-1', \(consortium.townships[0]), \(bench.store), 'emergency', \(strategy),
                        'approved', \(now), 1, \(now), \(now), 1)
                """)
            try transaction.execute(
                """
                INSERT INTO requisitions.requisition_line (
                    consortium_id, requisition_id, line_number, product_id, pack_size, on_hand, in_transit, on_order,
                    expected_refills, consumed, period_days, stock_out_days, suggested, requested, approved, explanation_zh,
                    explanation_en)
                VALUES (\(consortium.id), \(id), 1, \(bench.product), 1, 0, 0, 0, 0, 0, 30, 0, \(quantity), \(quantity), \(quantity),
                        '', '')
                """)
        }
    }
}
