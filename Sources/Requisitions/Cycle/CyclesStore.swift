public import Postgres
public import Primitives

/// Every SQL statement about cycles.
public struct CyclesStore {
    private let transaction: Transaction
    private let consortium: ConsortiumID

    private static let columns: SQL = "cycle_id, number, name, opens_on, closes_on, state, opened_at, closed_at"

    public init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    /// - Throws: ``RequisitionsRefusal`` `requisitions.cycle-unknown`.
    public func cycle(_ id: CycleID) throws -> Cycle { try cycle(id, locking: false) }

    /// Cycles that are open or closed, or both, last day last first.
    ///
    /// - Parameter after: the last cycle of the page before.
    public func cycles(state: CycleState?, after: Cycle?, limit: Int) throws -> [Cycle] {
        var conditions: [SQL] = ["consortium_id = \(consortium)"]
        if let state { conditions.append("state = \(state)") }
        if let after { conditions.append("(closes_on, cycle_id) < (\(after.closesOn), \(after.id))") }
        return try transaction.query(
            """
            SELECT \(Self.columns) FROM requisitions.cycle
             WHERE \(SQL.all(conditions))
             ORDER BY closes_on DESC, cycle_id DESC LIMIT \(limit)
            """, Cycle.init)
    }

    func cycle(_ id: CycleID, locking: Bool) throws -> Cycle {
        let lock: SQL = locking ? "FOR UPDATE" : ""
        let found = try transaction.first(
            """
            SELECT \(Self.columns) FROM requisitions.cycle WHERE consortium_id = \(consortium) AND cycle_id = \(id) \(lock)
            """, Cycle.init)
        guard let found else { throw RequisitionsRefusal(.cycleUnknown, "cycle \(id)", field: "cycle") }
        return found
    }

    /// - Throws: ``RequisitionsRefusal`` `requisitions.cycle-exists`.
    func insert(_ cycle: Cycle) throws {
        do throws(PostgresError) {
            try transaction.execute(
                """
                INSERT INTO requisitions.cycle (consortium_id, \(Self.columns))
                VALUES (\(consortium), \(cycle.id), \(cycle.number), \(cycle.name), \(cycle.opensOn), \(cycle.closesOn),
                        \(cycle.state), \(cycle.openedAt), \(cycle.closedAt))
                """)
        } catch {
            guard error.constraint == "cycle_is_opened_once" else { throw error }
            throw RequisitionsRefusal(.cycleExists, "cycle \(cycle.id)", field: "cycleID")
        }
    }

    func save(_ cycle: Cycle) throws {
        try transaction.execute(
            """
            UPDATE requisitions.cycle SET state = \(cycle.state), closed_at = \(cycle.closedAt)
             WHERE consortium_id = \(consortium) AND cycle_id = \(cycle.id)
            """)
    }
}

extension Cycle {
    init(_ row: Row) throws {
        self.init(
            id: try row["cycle_id"], number: try row["number"], name: try row["name"], opensOn: try row["opens_on"],
            closesOn: try row["closes_on"], state: try row["state"], openedAt: try row["opened_at"],
            closedAt: try row["closed_at"])
    }
}
