import Formulary
import PlatformExchange
import PooledProcurement
import Postgres
import Primitives

/// A consortium whose western medicines are bought at one platform and its patent medicines at another, with orders that are
/// sent and that the platforms are about to be told of.
struct ExchangeTrialData: Sendable {
    struct Loaded: Sendable {
        let consortium: ConsortiumID
        let officer: Principal
        let orders: [OrderID]
    }

    private struct NothingMade: Error {}

    static let articlesOfEach = 100
    /// 1/10000 yuan, of every pack.
    static let packPrice: Int64 = 125_000

    let orders: Int
    let lines: Int
    let seed: UInt64
    let now: Instant

    func load(in transaction: Transaction) throws -> Loaded {
        let consortium = ConsortiumID(
            try one(
                transaction,
                "INSERT INTO parties.consortium (code, name, shape) VALUES ('trial', 'trial', 'county-community') RETURNING consortium_id AS id"
            ))
        let facility = FacilityID(
            try one(
                transaction,
                """
                INSERT INTO parties.facility (consortium_id, code, name, level, role, serves_as)
                VALUES (\(consortium), 'F0', 'hospital', 'county', 'lead', 'trial') RETURNING facility_id AS id
                """))
        let store = StoreID(
            try one(
                transaction,
                """
                INSERT INTO parties.store (consortium_id, facility_id, code, name, kind)
                VALUES (\(consortium), \(facility), 'S0', 'store', 'central') RETURNING store_id AS id
                """))
        let person = PersonID(
            try one(
                transaction,
                """
                INSERT INTO identity.person (consortium_id, code, name, facility_id, roles)
                VALUES (\(consortium), 'officer', 'officer', \(facility), \(["procurement-officer", "supervisor"]))
                RETURNING person_id AS id
                """))
        let company = CompanyID(
            try one(
                transaction,
                """
                INSERT INTO parties.company (name, is_manufacturer, is_supplier) VALUES ('trial supplier', true, true)
                RETURNING company_id AS id
                """))
        try loadGoods(transaction)
        let ids = try loadOrders(transaction, consortium, facility, store, person, company)
        let officer = Principal(
            consortium: consortium, person: person, name: "officer", facility: facility, company: nil,
            roles: [.procurementOfficer, .supervisor])
        return Loaded(consortium: consortium, officer: officer, orders: ids)
    }

    private func loadGoods(_ transaction: Transaction) throws {
        for kind in [ProductKind.western, .patent] {
            try transaction.execute(
                """
                INSERT INTO formulary.product (code, kind, generic_name, dosage_form, strength, base_unit, reimbursement, essential,
                       volume_based, long_prescription, special_control, storage, light_protected, pinyin, pinyin_initials)
                SELECT \(kind.rawValue) || number, \(kind), \(kind.rawValue) || ' ' || number, 'tablet', '1mg', 'tablet', 'A', true, false, true,
                       'none', 'room', false, '', ''
                  FROM generate_series(1, \(Self.articlesOfEach)) AS number
                """)
        }
        try transaction.execute(
            """
            INSERT INTO formulary.article (product_id, pack_size, pack_unit, pack_text, reference_price)
            SELECT product_id, 28, '盒', 'pack', \(Self.packPrice) FROM formulary.product ORDER BY product_id
            """)
    }

    /// Even orders are of western medicines, odd ones of patent medicines; a line has from one to fifty packs.
    private func loadOrders(
        _ transaction: Transaction, _ consortium: ConsortiumID, _ facility: FacilityID, _ store: StoreID, _ person: PersonID,
        _ company: CompanyID
    ) throws -> [OrderID] {
        try transaction.execute(
            """
            CREATE TEMPORARY TABLE trial_order ON COMMIT DROP AS
            SELECT number, gen_random_uuid() AS order_id, 1 + mod(abs(hashint8(number + \(Int64(seed)))), \(lines)) AS line_count,
                   CASE mod(number, 2) WHEN 0 THEN 'western' ELSE 'patent' END AS kind
              FROM generate_series(1::bigint, \(orders)) AS number
            """)
        try transaction.execute(
            """
            INSERT INTO pooled_procurement.purchase_order (consortium_id, order_id, serial, number, company_id, facility_id, store_id,
                   state, reason, created_at, created_by_id, approved_at, sent_at)
            SELECT \(consortium), order_id, number, 'CG-2026-' || lpad(number::text, 6, '0'), \(company), \(facility), \(store),
                   'sent', 'trial', \(now), \(person), \(now), \(now)
              FROM trial_order
            """)
        try transaction.execute(
            """
            INSERT INTO pooled_procurement.purchase_order_line (consortium_id, order_id, line_number, product_id, article_id, pack_size,
                   pack_price, packs_ordered, route)
            SELECT \(consortium), order_id, line, product_id, article_id, 28, \(Self.packPrice),
                   1 + mod(abs(hashint8(number * 1000 + line)), 50), 'emergency'
              FROM trial_order
             CROSS JOIN LATERAL generate_series(1, line_count) AS line
              JOIN (SELECT product.kind, product_id, article_id,
                           row_number() OVER (PARTITION BY product.kind ORDER BY article_id) AS place
                      FROM formulary.article JOIN formulary.product USING (product_id)) AS goods
                ON goods.kind = trial_order.kind AND place = 1 + mod(number + line, \(Self.articlesOfEach))
            """)
        return try transaction.query("SELECT order_id FROM trial_order ORDER BY number") { try $0["order_id"] }
    }

    private func one(_ transaction: Transaction, _ sql: SQL) throws -> Int64 {
        guard let value = try transaction.first(sql, { try $0["id"] as Int64 }) else { throw NothingMade() }
        return value
    }
}
