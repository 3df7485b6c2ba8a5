import Identity
public import Postgres
public import Primitives

/// What pages and lists ask about requisitions. A person of one facility sees that facility's; a supplier's person none.
public struct RequisitionReadings {
    private let transaction: Transaction
    private let principal: Principal

    public init(_ transaction: Transaction, for principal: Principal) {
        self.transaction = transaction
        self.principal = principal
    }

    /// Requisitions, the one opened last first.
    ///
    /// - Throws: ``IdentityRefusal`` for another facility's, or a supplier's person.
    public func list(_ filter: RequisitionFilter, after: RequisitionCursor? = nil, limit: Int) throws -> [RequisitionSummary] {
        var conditions = try conditions(filter)
        if let after {
            conditions.append("(requisition.opened_at, requisition.requisition_id) < (\(after.openedAt), \(after.id))")
        }
        return try transaction.query(
            """
            SELECT \(Self.summaryColumns)
              FROM \(Self.summaryTables)
             WHERE \(SQL.all(conditions))
             ORDER BY requisition.opened_at DESC, requisition.requisition_id DESC LIMIT \(limit)
            """, RequisitionSummary.init)
    }

    /// How many requisitions stand in each state; every state is there, in the order of ``RequisitionState``.
    ///
    /// - Throws: ``IdentityRefusal`` for another facility's, or a supplier's person.
    public func counts(_ filter: RequisitionFilter) throws -> [RequisitionCount] {
        let found = try transaction.query(
            """
            SELECT state, count(*) AS number FROM requisitions.requisition
             WHERE \(SQL.all(try conditions(filter)))
             GROUP BY state
            """
        ) { (try $0["state"] as RequisitionState, try $0["number"] as Int) }
        let counts = Dictionary(found, uniquingKeysWith: +)
        return RequisitionState.allCases.map { RequisitionCount(state: $0, count: counts[$0] ?? 0) }
    }

    /// One requisition with its lines.
    ///
    /// - Throws: ``RequisitionsRefusal`` `requisitions.requisition-unknown`; ``IdentityRefusal`` for another facility's, or
    ///   a supplier's person.
    public func requisition(_ id: RequisitionID) throws -> RequisitionReading {
        let summary = try summary(id)
        let requisition = try RequisitionsStore(transaction, principal.consortium).requisition(id)
        let lines = try transaction.query(
            """
            SELECT line.*, product.code, product.generic_name, product.strength, product.base_unit
              FROM requisitions.requisition_line AS line
              JOIN formulary.product USING (product_id)
             WHERE line.consortium_id = \(principal.consortium) AND line.requisition_id = \(id)
             ORDER BY line.line_number
            """, RequisitionLineReading.init)
        return RequisitionReading(summary: summary, requisition: requisition, lines: lines)
    }

    /// One requisition without its lines.
    ///
    /// - Throws: as ``requisition(_:)``.
    public func summary(_ id: RequisitionID) throws -> RequisitionSummary {
        try requireInsider()
        let summary = try transaction.first(
            """
            SELECT \(Self.summaryColumns)
              FROM \(Self.summaryTables)
             WHERE requisition.consortium_id = \(principal.consortium) AND requisition.requisition_id = \(id)
            """, RequisitionSummary.init)
        guard let summary else { throw RequisitionsRefusal(.requisitionUnknown, "requisition \(id)") }
        try principal.requireFacility(summary.facility)
        return summary
    }

    private func requireInsider() throws(IdentityRefusal) {
        try principal.require(oneOf: Set(Role.allCases).subtracting([.supplier]))
    }

    private func conditions(_ filter: RequisitionFilter) throws -> [SQL] {
        try requireInsider()
        var conditions: [SQL] = ["requisition.consortium_id = \(principal.consortium)"]
        if let facility = filter.facility { try principal.requireFacility(facility) }
        if let facility = filter.facility ?? (principal.seesWholeConsortium ? nil : principal.facility) {
            conditions.append("requisition.facility_id = \(facility)")
        }
        if let state = filter.state { conditions.append("requisition.state = \(state)") }
        if let cycle = filter.cycle { conditions.append("requisition.cycle_id = \(cycle)") }
        if let kind = filter.kind { conditions.append("requisition.kind = \(kind)") }
        return conditions
    }

    private static let summaryColumns: SQL = """
        requisition.requisition_id, requisition.number, requisition.facility_id, facility.name AS facility_name,
        requisition.store_id, store.name AS store_name, requisition.cycle_id, cycle.name AS cycle_name, requisition.kind,
        requisition.state, requisition.reason, requisition.opened_at, requisition.submitted_at, requisition.decided_at,
        requisition.version
        """

    private static let summaryTables: SQL = """
        requisitions.requisition
          JOIN parties.facility USING (consortium_id, facility_id)
          JOIN parties.store USING (consortium_id, store_id)
          LEFT JOIN requisitions.cycle USING (consortium_id, cycle_id)
        """
}
