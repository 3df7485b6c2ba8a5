import Identity
public import Postgres
public import Primitives

/// Every SQL statement about shortage reports.
public struct ShortagesStore {
    private let transaction: Transaction
    private let consortium: ConsortiumID

    private static let columns: SQL = """
        shortage_id, number, facility_id, product_id, described_name, quantity, state, reason, registered_at, purchasing_at,
        delivered_at, ended_at
        """

    public init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    /// Reports, the one registered last first; a person of one facility sees that facility's.
    ///
    /// - Throws: ``IdentityRefusal`` for another facility's, or a supplier's person.
    public func reports(
        for principal: Principal, state: ShortageState? = nil, facility: FacilityID? = nil, after: ShortageCursor? = nil,
        limit: Int
    ) throws -> [ShortageReport] {
        try principal.require(oneOf: Set(Role.allCases).subtracting([.supplier]))
        if let facility { try principal.requireFacility(facility) }
        var conditions: [SQL] = ["consortium_id = \(consortium)"]
        if let facility = facility ?? (principal.seesWholeConsortium ? nil : principal.facility) {
            conditions.append("facility_id = \(facility)")
        }
        if let state { conditions.append("state = \(state)") }
        if let after { conditions.append("(registered_at, shortage_id) < (\(after.registeredAt), \(after.id))") }
        return try transaction.query(
            """
            SELECT \(Self.columns) FROM requisitions.shortage_report
             WHERE \(SQL.all(conditions))
             ORDER BY registered_at DESC, shortage_id DESC LIMIT \(limit)
            """, ShortageReport.init)
    }

    /// The reports among `ids` that exist, the one registered first first.
    public func reports(_ ids: [ShortageID]) throws -> [ShortageReport] {
        try transaction.query(
            """
            SELECT \(Self.columns) FROM requisitions.shortage_report
             WHERE consortium_id = \(consortium) AND shortage_id = ANY(\(ids))
             ORDER BY registered_at, shortage_id
            """, ShortageReport.init)
    }

    /// - Throws: ``RequisitionsRefusal`` `requisitions.shortage-unknown`.
    func report(_ id: ShortageID, locking: Bool) throws -> ShortageReport {
        let lock: SQL = locking ? "FOR UPDATE" : ""
        let found = try transaction.first(
            """
            SELECT \(Self.columns) FROM requisitions.shortage_report
             WHERE consortium_id = \(consortium) AND shortage_id = \(id) \(lock)
            """, ShortageReport.init)
        guard let found else { throw RequisitionsRefusal(.shortageUnknown, "shortage \(id)") }
        return found
    }

    /// - Throws: ``RequisitionsRefusal`` `requisitions.shortage-exists`.
    func insert(_ report: ShortageReport) throws {
        do throws(PostgresError) {
            try transaction.execute(
                """
                INSERT INTO requisitions.shortage_report (consortium_id, \(Self.columns))
                VALUES (\(consortium), \(report.id), \(report.number), \(report.facility), \(report.product),
                        \(report.describedName), \(report.quantity), \(report.state), \(report.reason), \(report.registeredAt),
                        \(report.purchasingAt), \(report.deliveredAt), \(report.endedAt))
                """)
        } catch {
            guard error.constraint == "shortage_is_reported_once" else { throw error }
            throw RequisitionsRefusal(.shortageExists, "shortage \(report.id)", field: "shortageID")
        }
    }

    func save(_ report: ShortageReport) throws {
        try transaction.execute(
            """
            UPDATE requisitions.shortage_report
               SET state = \(report.state), reason = \(report.reason), purchasing_at = \(report.purchasingAt),
                   delivered_at = \(report.deliveredAt), ended_at = \(report.endedAt)
             WHERE consortium_id = \(consortium) AND shortage_id = \(report.id)
            """)
    }
}

extension ShortageReport {
    init(_ row: Row) throws {
        self.init(
            id: try row["shortage_id"], number: try row["number"], facility: try row["facility_id"],
            product: try row["product_id"], describedName: try row["described_name"], quantity: try row["quantity"],
            state: try row["state"], reason: try row["reason"], registeredAt: try row["registered_at"],
            purchasingAt: try row["purchasing_at"], deliveredAt: try row["delivered_at"], endedAt: try row["ended_at"])
    }
}
