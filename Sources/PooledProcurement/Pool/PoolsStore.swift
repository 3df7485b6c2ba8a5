import Postgres
import Primitives
import Requisitions
import Tendering

/// The SQL of pools.
struct PoolsStore {
    private let transaction: Transaction
    private let consortium: ConsortiumID

    init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    // MARK: - Pools

    /// The approved requisitions of a cycle, locked in the order of their ids. Of two that ask at once the second waits
    /// and finds none left.
    func lockApprovedRequisitions(of cycle: CycleID?) throws -> [RequisitionID] {
        try transaction.query(
            """
            SELECT requisition_id FROM requisitions.requisition
             WHERE consortium_id = \(consortium) AND state = 'approved'
               AND (cycle_id = \(cycle) OR (\(cycle) IS NULL AND cycle_id IS NULL))
             ORDER BY requisition_id FOR UPDATE
            """
        ) { try $0["requisition_id"] }
    }

    func insert(_ id: PoolID, cycle: CycleID?, by person: PersonID, at now: Instant) throws {
        let serial = try transaction.first("SELECT nextval('pooled_procurement.pool_serial')") { try $0["nextval"] as Int64 } ?? 0
        do throws(PostgresError) {
            try transaction.execute(
                """
                INSERT INTO pooled_procurement.pool (
                    consortium_id, pool_id, serial, number, cycle_id, state, pooled_at, pooled_by_id)
                VALUES (\(consortium), \(id), \(serial), \(ShortNumber.text("HC", year: now.businessDay.year, serial)), \(cycle), 'open', \(now),
                        \(person))
                """)
        } catch {
            guard error.constraint == "pool_pkey" else { throw error }
            throw PooledProcurementRefusal(.idTaken, "pool \(id)", field: "id")
        }
    }

    /// Writes the shares and the lines of a pool from the requisitions' approved lines, by two statements whatever
    /// their number.
    ///
    /// - Returns: how many shares there are.
    func poolLines(of requisitions: [RequisitionID], into pool: PoolID) throws -> Int {
        let shares = try transaction.execute(
            """
            INSERT INTO pooled_procurement.pool_share (
                consortium_id, requisition_id, requisition_line_number, pool_id, product_id, facility_id, store_id, quantity)
            SELECT line.consortium_id, line.requisition_id, line.line_number, \(pool), line.product_id,
                   requisition.facility_id, requisition.store_id, line.approved
              FROM requisitions.requisition_line AS line
              JOIN requisitions.requisition USING (consortium_id, requisition_id)
             WHERE line.consortium_id = \(consortium) AND line.requisition_id = ANY(\(requisitions)) AND line.approved > 0
            """)
        try transaction.execute(
            """
            INSERT INTO pooled_procurement.pool_line (consortium_id, pool_id, product_id, quantity)
            SELECT consortium_id, pool_id, product_id, sum(quantity)::bigint
              FROM pooled_procurement.pool_share
             WHERE consortium_id = \(consortium) AND pool_id = \(pool)
             GROUP BY consortium_id, pool_id, product_id
            """)
        return shares
    }

    /// - Throws: ``PooledProcurementRefusal`` when there is no such pool.
    func pool(_ id: PoolID, isLocked: Bool = false) throws -> Pool {
        let locking: SQL = isLocked ? "FOR UPDATE" : ""
        let found = try transaction.first(
            """
            SELECT \(Pool.columns) FROM pooled_procurement.pool
             WHERE consortium_id = \(consortium) AND pool_id = \(id) \(locking)
            """, Pool.init)
        guard let found else { throw PooledProcurementRefusal(.poolUnknown, "pool \(id)") }
        return found
    }

    func pools(of cycle: CycleID?, after serial: Int64?, limit: Int) throws -> [Pool] {
        try transaction.query(
            """
            SELECT \(Pool.columns) FROM pooled_procurement.pool
             WHERE consortium_id = \(consortium) AND (\(cycle) IS NULL OR cycle_id = \(cycle))
               AND serial < \(serial ?? .max)
             ORDER BY serial DESC LIMIT \(limit)
            """, Pool.init)
    }

    /// Writes the state after `step`.
    ///
    /// - Precondition: the pool is locked.
    /// - Throws: ``PooledProcurementRefusal`` when the pool does not take the step.
    func move(_ pool: Pool, by step: PoolStep, reason: String = "") throws {
        guard let state = pool.state.after(step) else {
            throw PooledProcurementRefusal(.poolWrongState, "\(pool.number) is \(pool.state.rawValue)")
        }
        try transaction.execute(
            """
            UPDATE pooled_procurement.pool SET state = \(state), reason = \(reason)
             WHERE consortium_id = \(consortium) AND pool_id = \(pool.id)
            """)
    }

    // MARK: - Lines and shares

    /// The lines in the order of their products, with the newest tender of each that was not cancelled.
    func lines(of pool: PoolID, after product: ProductID? = nil, limit: Int? = nil) throws -> [PoolLine] {
        try transaction.query(
            """
            SELECT line.product_id, line.quantity, share.count AS share_count, package.tender_id, package.package_number,
                   package.ordered_at
              FROM pooled_procurement.pool_line AS line
             CROSS JOIN LATERAL (
                   SELECT count(*) FROM pooled_procurement.pool_share
                    WHERE pool_share.consortium_id = line.consortium_id AND pool_share.pool_id = line.pool_id
                      AND pool_share.product_id = line.product_id) AS share
              LEFT JOIN LATERAL (
                   SELECT pool_package.tender_id, package_number, ordered_at
                     FROM pooled_procurement.pool_package
                     JOIN tendering.tender USING (consortium_id, tender_id)
                    WHERE pool_package.consortium_id = line.consortium_id AND pool_package.pool_id = line.pool_id
                      AND pool_package.product_id = line.product_id AND tender.state <> 'cancelled'
                    ORDER BY tender.serial DESC LIMIT 1) AS package ON true
             WHERE line.consortium_id = \(consortium) AND line.pool_id = \(pool)
               AND line.product_id > \(product ?? ProductID(0))
             ORDER BY line.product_id LIMIT \(limit)
            """
        ) { row in
            PoolLine(
                product: try row["product_id"], quantity: try row["quantity"], shareCount: try row["share_count"],
                tender: try row["tender_id"], package: try row["package_number"], orderedAt: try row["ordered_at"])
        }
    }

    /// The shares of one line in the order of requisitions.
    func shares(
        of product: ProductID, in pool: PoolID, after key: (requisition: RequisitionID, line: Int)? = nil, limit: Int? = nil
    ) throws -> [PoolShare] {
        let isFirstPage = key == nil
        return try transaction.query(
            """
            SELECT \(PoolShare.columns) FROM pooled_procurement.pool_share
             WHERE consortium_id = \(consortium) AND pool_id = \(pool) AND product_id = \(product)
               AND (\(isFirstPage) OR (requisition_id, requisition_line_number) > (\(key?.requisition), \(key?.line)))
             ORDER BY requisition_id, requisition_line_number LIMIT \(limit)
            """, PoolShare.init)
    }

    // MARK: - Packages

    func insertPackages(_ packages: [(number: Int, product: ProductID)], of tender: TenderID, from pool: PoolID) throws {
        try transaction.insert(
            into: "pooled_procurement.pool_package (consortium_id, tender_id, package_number, pool_id, product_id)",
            rows: packages.map { [consortium, tender, $0.number, pool, $0.product] })
    }

    /// Which product of the pool each package of the tender asks for, those that were not ordered yet.
    func unorderedPackages(of tender: TenderID, from pool: PoolID) throws -> [Int: ProductID] {
        let found = try transaction.query(
            """
            SELECT package_number, product_id FROM pooled_procurement.pool_package
             WHERE consortium_id = \(consortium) AND tender_id = \(tender) AND pool_id = \(pool) AND ordered_at IS NULL
            """
        ) { (try $0["package_number"] as Int, try $0["product_id"] as ProductID) }
        return Dictionary(found, uniquingKeysWith: { first, _ in first })
    }

    func isTendered(by tender: TenderID, pool: PoolID) throws -> Bool {
        try transaction.first(
            """
            SELECT package_number FROM pooled_procurement.pool_package
             WHERE consortium_id = \(consortium) AND tender_id = \(tender) AND pool_id = \(pool) LIMIT 1
            """
        ) { try $0["package_number"] as Int } != nil
    }

    func markOrdered(_ packages: [Int], of tender: TenderID, at now: Instant) throws {
        try transaction.execute(
            """
            UPDATE pooled_procurement.pool_package SET ordered_at = \(now)
             WHERE consortium_id = \(consortium) AND tender_id = \(tender) AND package_number = ANY(\(packages))
            """)
    }
}
