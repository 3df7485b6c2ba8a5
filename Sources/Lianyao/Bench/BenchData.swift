import Foundation
import Postgres
import Primitives
import Requisitions

/// Made-up data of a real size: products, stores, and a year of daily consumption in the first store.
struct BenchData: Sendable {
    struct Loaded: Sendable {
        let id: ConsortiumID
        let facility: FacilityID
        let person: PersonID
        let stores: [StoreID]
    }

    private struct NothingMade: Error {}

    let productCount: Int
    let storeCount: Int
    let today: CalendarDate

    /// The year is written set by set: in a few statements, what the verbs would have written one by one.
    func load(in transaction: Transaction) throws -> Loaded {
        let loaded = try loadParties(transaction)
        try loadProducts(transaction, loaded)
        try BenchYear(consortium: loaded.id, store: loaded.stores[0], person: loaded.person, today: today).load(in: transaction)
        return loaded
    }

    private func loadParties(_ transaction: Transaction) throws -> Loaded {
        let id = try one(
            transaction,
            """
            INSERT INTO parties.consortium (code, name, shape) VALUES ('bench', 'bench', 'county-community')
            RETURNING consortium_id AS id
            """)
        try transaction.execute(
            """
            INSERT INTO parties.facility (consortium_id, code, name, level, role, serves_as)
            SELECT \(id), 'F' || number, 'facility ' || number, CASE number WHEN 1 THEN 'county' ELSE 'township' END,
                   CASE number WHEN 1 THEN 'lead' ELSE 'member' END, 'bench'
              FROM generate_series(1, \(storeCount)) AS number
            """)
        try transaction.execute(
            """
            INSERT INTO parties.store (consortium_id, facility_id, code, name, kind)
            SELECT consortium_id, facility_id, 'S' || facility_id, 'store', 'pharmacy' FROM parties.facility
             WHERE consortium_id = \(id) ORDER BY facility_id
            """)
        let stores = try transaction.query(
            "SELECT store_id, facility_id FROM parties.store WHERE consortium_id = \(id) ORDER BY store_id"
        ) { (try $0["store_id"] as StoreID, try $0["facility_id"] as FacilityID) }
        guard let first = stores.first else { throw NothingMade() }
        let person = try one(
            transaction,
            """
            INSERT INTO identity.person (consortium_id, code, name, facility_id, roles)
            VALUES (\(id), 'bench', 'bench', \(first.1), ARRAY['storekeeper']) RETURNING person_id AS id
            """)
        return Loaded(id: ConsortiumID(id), facility: first.1, person: PersonID(person), stores: stores.map(\.0))
    }

    private func loadProducts(_ transaction: Transaction, _ loaded: Loaded) throws {
        try transaction.execute(
            """
            INSERT INTO formulary.product (code, kind, generic_name, dosage_form, strength, base_unit, reimbursement, essential,
                   volume_based, long_prescription, special_control, storage, light_protected, pinyin, pinyin_initials)
            SELECT 'B' || number, 'western', 'product ' || number, 'tablet', '1mg', 'tablet', 'A', true, false, true, 'none',
                   'room', false, '', ''
              FROM generate_series(1, \(productCount)) AS number
            """)
        try transaction.execute(
            """
            INSERT INTO formulary.article (product_id, pack_size, pack_unit, pack_text, reference_price)
            SELECT product_id, 10 + product_id % 40, '盒', 'pack', 100000 + product_id FROM formulary.product
            """)
    }

    /// A cycle in which every store has an approved requisition of so many lines.
    func loadApproved(in transaction: Transaction, _ loaded: Loaded, lines: Int, at now: Instant) throws -> CycleID {
        let cycle = CycleID(UUID())
        try transaction.execute(
            """
            INSERT INTO requisitions.cycle (consortium_id, cycle_id, number, name, opens_on, closes_on, state, opened_at)
            VALUES (\(loaded.id), \(cycle), \("bench \(cycle)"), 'bench', \(today), \(today), 'open', \(now))
            """)
        try transaction.execute(
            """
            INSERT INTO requisitions.requisition (consortium_id, requisition_id, number, facility_id, store_id, cycle_id, kind,
                   strategy, state, opened_at, opened_by_id, submitted_at, decided_at, decided_by_id)
            SELECT consortium_id, gen_random_uuid(), \("\(cycle)") || store_id, facility_id, store_id, \(cycle), 'regular',
                   '{"kind": "average-monthly-consumption", "periodDays": 90, "minimumMonths": 1, "maximumMonths": 3}', 'approved', \(now), \(loaded.person), \(now), \(now), \(loaded.person)
              FROM parties.store WHERE consortium_id = \(loaded.id)
            """)
        try transaction.execute(
            """
            INSERT INTO requisitions.requisition_line (consortium_id, requisition_id, line_number, product_id, pack_size, on_hand,
                   in_transit, on_order, expected_refills, consumed, period_days, stock_out_days, suggested, requested, approved,
                   explanation_zh, explanation_en)
            SELECT requisition.consortium_id, requisition_id, line, product.product_id, 10, 0, 0, 0, 0, 0, 90, 0, 100, 100, 100,
                   '', ''
              FROM requisitions.requisition
             CROSS JOIN generate_series(1, \(lines)) AS line
              JOIN formulary.product ON product.code = 'B' || (1 + (line * 3 + requisition.store_id) % \(productCount))
             WHERE requisition.consortium_id = \(loaded.id) AND cycle_id = \(cycle)
            """)
        try transaction.execute("ANALYZE requisitions.requisition_line")
        return cycle
    }

    private func one(_ transaction: Transaction, _ sql: SQL) throws -> Int64 {
        guard let value = try transaction.first(sql, { try $0["id"] as Int64 }) else { throw NothingMade() }
        return value
    }
}
