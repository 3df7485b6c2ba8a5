import Foundation
import PooledProcurement
import Postgres
import Primitives
import Requisitions
import TestSupport
import Testing

@Suite("pooling")
struct PoolingTests {
    @Test("adds approved requisitions up by product, and takes them apart again")
    func pools() async throws {
        try await withTestDatabase { database in
            let bench = try await ProcurementBench(database)
            let first = try await bench.approve([0: 30, 1: 60])
            let second = try await bench.approve([0: 12], township: 1)
            let pool = try await bench.pool()
            #expect(pool.number.hasPrefix("HC-2026-"))
            #expect(pool.cycle == bench.cycle && pool.state == .open)
            let lines = try await bench.lines(of: pool.id)
            #expect(lines.map(\.product) == bench.consortium.products.prefix(2).map { $0 })
            #expect(lines.map(\.quantity) == [42, 60])
            #expect(lines.map(\.shareCount) == [2, 1])
            let shares = try await bench.write {
                try PoolReadings($0).shares(of: bench.consortium.products[0], in: pool.id, for: bench.officer)
            }
            #expect(Dictionary(uniqueKeysWithValues: shares.map { ($0.requisition, $0.quantity) }) == [first: 30, second: 12])
            #expect(Set(shares.map(\.store)) == Set(bench.consortium.pharmacies))
            let page = try await bench.write { [shares] in
                try PoolReadings($0).shares(
                    of: bench.consortium.products[0], in: pool.id, after: (shares[0].requisition, shares[0].requisitionLine),
                    limit: 5,
                    for: bench.officer)
            }
            #expect(page == [shares[1]])
            #expect(try await bench.onOrder() == [bench.consortium.products[0]: 30, bench.consortium.products[1]: 60])
        }
    }

    @Test("what is approved later goes into a later pool; nothing is pooled twice")
    func later() async throws {
        try await withTestDatabase { database in
            let bench = try await ProcurementBench(database)
            await expectRefusal("pooled-procurement.nothing-to-pool") { try await bench.pool() }
            try await bench.approve([0: 30])
            let first = try await bench.pool()
            await expectRefusal("pooled-procurement.nothing-to-pool") { try await bench.pool() }
            try await bench.approve([0: 5], township: 1)
            let emergency = try await bench.approve([1: 7], isEmergency: true)
            let second = try await bench.pool()
            #expect(try await bench.lines(of: second.id).map(\.quantity) == [5])
            let emergencies = try await bench.pool(cycle: .some(nil))
            #expect(emergencies.cycle == nil)
            #expect(try await bench.lines(of: emergencies.id).map(\.quantity) == [7])
            let pools = try await bench.write { try PoolReadings($0).pools(limit: 10, for: bench.officer) }
            #expect(pools.map(\.id) == [emergencies.id, second.id, first.id])
            let ofCycle = try await bench.write {
                try PoolReadings($0).pools(of: bench.cycle, after: second.serial, limit: 10, for: bench.officer)
            }
            #expect(ofCycle.map(\.id) == [first.id])
            let state = try await bench.write { transaction in
                try transaction.first("SELECT state FROM requisitions.requisition WHERE requisition_id = \(emergency)") {
                    try $0["state"] as String
                }
            }
            #expect(state == "pooled")
            await expectRefusal("pooled-procurement.id-taken") {
                try await bench.approve([0: 1])
                return try await bench.pool(first.id)
            }
        }
    }

    @Test("of many who pool at once, each requisition line goes into one pool")
    func race() async throws {
        try await withTestDatabase { database in
            let bench = try await ProcurementBench(database)
            for township in 0..<2 { try await bench.approve([0: 30, 1: 60], township: township) }
            let pooled = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        do {
                            try await bench.pool()
                            return 1
                        } catch let refusal as PooledProcurementRefusal where refusal.code == .nothingToPool {
                            return 0
                        }
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(pooled == 1)
            let shares = try await bench.write { transaction in
                try transaction.first("SELECT count(*) FROM pooled_procurement.pool_share") { try $0["count"] as Int }
            }
            #expect(shares == 4)
        }
    }

    @Test("300 requisitions of 500 lines are pooled in a few statements", .timeLimit(.minutes(40)))
    func province() async throws {
        try await withTestDatabase { database in
            let bench = try await ProcurementBench(database)
            try await Province.approve(facilities: 300, products: 500, in: bench)
            let lines = try await bench.lines(of: try await bench.pool().id)
            #expect(lines.count == 500)
            #expect(lines.map(\.shareCount).reduce(0, +) == 150_000)
            // Rows that one statement writes carry its number within the transaction. `lianyao bench` tells how long it takes.
            let statements = try await bench.write { transaction in
                try transaction.first(
                    "SELECT count(DISTINCT (xmin::text, cmin::text)) AS count FROM pooled_procurement.pool_share"
                ) { try $0["count"] as Int } ?? 0
            }
            #expect((1...20).contains(statements), "\(statements)")
        }
    }

    @Test("a pool that is closed is neither tendered nor ordered, and no longer counts as on order")
    func closes() async throws {
        try await withTestDatabase { database in
            let bench = try await ProcurementBench(database)
            try await bench.approve([0: 30])
            let pool = try await bench.pool().id
            func close(_ reason: String) async throws -> Pool {
                try await bench.write {
                    try ClosePool(pool: pool, reason: reason).run(in: $0, by: bench.officer, at: bench.start)
                }
            }
            await expectRefusal("pooled-procurement.reason-missing") { try await close("") }
            #expect(try await close("改由省级集采供应").state == .closed)
            #expect(try await bench.onOrder().isEmpty)
            await expectRefusal("pooled-procurement.pool-wrong-state") { try await close("再次") }
            await expectRefusal("pooled-procurement.pool-wrong-state") { try await bench.tender(pool) }
            await expectRefusal("pooled-procurement.pool-unknown") { try await bench.lines(of: PoolID(UUID())) }
            await expectRefusal("identity.role-missing") {
                try await bench.write { try PoolReadings($0).pool(pool, for: bench.seller) }
            }
        }
    }
}

/// A province's worth of approved requisitions, made by a few statements.
enum Province {
    static func approve(facilities: Int, products: Int, in bench: ProcurementBench) async throws {
        let (consortium, cycle, start) = (bench.consortium.id, bench.cycle, bench.start)
        try await bench.database.owner.write { transaction in
            try transaction.execute(
                """
                INSERT INTO formulary.product (
                    code, kind, generic_name, dosage_form, strength, base_unit, reimbursement, essential, volume_based,
                    long_prescription, special_control, storage, light_protected, pinyin, pinyin_initials)
                SELECT 'P-' || n, 'western', '药品' || n, 'tablet', '5mg', 'tablet', 'A', true, false, false, 'none', 'room', false,
                       '', ''
                  FROM generate_series(1, \(products)) AS n
                """)
            try transaction.execute(
                """
                INSERT INTO parties.facility (consortium_id, code, name, level, role, serves_as)
                SELECT \(consortium), 'P-' || n, '卫生院' || n, 'township', 'member', 'township health centre'
                  FROM generate_series(1, \(facilities)) AS n
                """)
            try transaction.execute(
                """
                INSERT INTO parties.store (consortium_id, facility_id, code, name, kind)
                SELECT consortium_id, facility_id, code, '药房', 'pharmacy' FROM parties.facility
                 WHERE consortium_id = \(consortium) AND code LIKE 'P-%'
                """)
            try transaction.execute(
                """
                INSERT INTO requisitions.requisition (
                    consortium_id, requisition_id, number, facility_id, store_id, cycle_id, kind, strategy, state, opened_at,
                    opened_by_id, submitted_at, decided_at, decided_by_id)
                SELECT consortium_id, gen_random_uuid(), code, facility_id, store_id, \(cycle), 'regular',
                       \(ProcurementBench.strategy), 'approved', \(start), 1, \(start), \(start), 1
                  FROM parties.store WHERE consortium_id = \(consortium) AND code LIKE 'P-%'
                """)
            try transaction.execute(
                """
                INSERT INTO requisitions.requisition_line (
                    consortium_id, requisition_id, line_number, product_id, pack_size, on_hand, in_transit, on_order,
                    expected_refills, consumed, period_days, stock_out_days, suggested, requested, approved, explanation_zh,
                    explanation_en)
                SELECT requisition.consortium_id, requisition_id, row_number() OVER (PARTITION BY requisition_id ORDER BY product_id),
                       product_id, 1, 0, 0, 0, 0, 0, 30, 0, 20 + product_id % 50, 20 + product_id % 50, 20 + product_id % 50, '', ''
                  FROM requisitions.requisition CROSS JOIN formulary.product
                 WHERE requisition.number LIKE 'P-%' AND product.code LIKE 'P-%'
                """)
            try transaction.execute(script: "ANALYZE requisitions.requisition, requisitions.requisition_line")
        }
    }
}
