import Foundation
import Identity
public import Postgres
public import Primitives
public import StockLedger

/// What pages and lists ask about stocktakes. A person of one facility sees that facility's; a supplier's person none.
public struct StocktakeReadings {
    let transaction: Transaction
    let principal: Principal

    public init(_ transaction: Transaction, for principal: Principal) {
        self.transaction = transaction
        self.principal = principal
    }

    /// Stocktakes of a store, or of all that the person sees; the one opened last first.
    ///
    /// - Throws: ``IdentityRefusal`` for a supplier's person.
    public func list(
        store: StoreID? = nil, state: StocktakeState? = nil, after: StocktakeCursor? = nil, limit: Int
    ) throws -> [StocktakeSummary] {
        try principal.require(oneOf: Self.insiders)
        var conditions: [SQL] = ["stocktake.consortium_id = \(principal.consortium)"]
        if !principal.seesWholeConsortium { conditions.append("store.facility_id = \(principal.facility)") }
        if let store { conditions.append("stocktake.store_id = \(store)") }
        if let state { conditions.append("stocktake.state = \(state)") }
        if let after { conditions.append("(stocktake.opened_at, stocktake.stocktake_id) < (\(after.openedAt), \(after.id))") }
        return try transaction.query(
            """
            SELECT \(Self.columns)
              FROM \(Self.tables)
             WHERE \(SQL.all(conditions))
             ORDER BY stocktake.opened_at DESC, stocktake.stocktake_id DESC LIMIT \(limit)
            """, StocktakeSummary.init)
    }

    /// One stocktake.
    ///
    /// - Throws: ``StocktakesRefusal`` `stocktakes.stocktake-unknown`; ``IdentityRefusal`` for another facility's, or a
    ///   supplier's person.
    public func summary(_ id: StocktakeID) throws -> StocktakeSummary {
        try principal.require(oneOf: Self.insiders)
        let found = try transaction.first(
            """
            SELECT \(Self.columns)
              FROM \(Self.tables)
             WHERE stocktake.consortium_id = \(principal.consortium) AND stocktake.stocktake_id = \(id)
            """, StocktakeSummary.init)
        guard let found else { throw StocktakesRefusal(.stocktakeUnknown, "stocktake \(id)") }
        try principal.requireFacility(found.facility)
        return found
    }

    /// The consortium's own people.
    static let insiders = Set(Role.allCases).subtracting([.supplier])

    private static let columns: SQL = """
        stocktake.stocktake_id, stocktake.number, stocktake.store_id, store.name AS store_name, store.facility_id,
        stocktake.name, stocktake.scope, stocktake.scope_parameter, stocktake.manner, stocktake.is_blind,
        stocktake.recount_value, stocktake.recount_per_mille, stocktake.state, stocktake.round, stocktake.reason,
        stocktake.opened_at, stocktake.opened_by_id, stocktake.submitted_at, stocktake.submitted_by_id, stocktake.decided_at,
        stocktake.decided_by_id, stocktake.movement_id, stocktake.version, sheet.lines, sheet.counted
        """

    private static let tables: SQL = """
        stocktakes.stocktake
          JOIN parties.store USING (consortium_id, store_id)
         CROSS JOIN LATERAL (
               SELECT count(*) AS lines, count(*) FILTER (WHERE EXISTS (
                      SELECT FROM stocktakes.tally
                       WHERE tally.consortium_id = line.consortium_id AND tally.stocktake_id = line.stocktake_id
                         AND tally.line_number = line.line_number AND tally.round = line.round)) AS counted
                 FROM stocktakes.line
                WHERE line.consortium_id = stocktake.consortium_id AND line.stocktake_id = stocktake.stocktake_id) AS sheet
        """
}

/// A stocktake as a list shows it.
public struct StocktakeSummary: Sendable, Hashable, Codable {
    public let id: StocktakeID
    /// `PD-2026-000001`.
    public let number: String
    public let store: StoreID
    public let storeName: String
    public let facility: FacilityID
    public let name: String
    public let scope: StocktakeScopeKind
    /// Of the scope `expiring`.
    public let withinDays: Int?
    /// Of the scope `high-value`.
    public let valueFrom: Money?
    public let manner: CountManner
    public let isBlind: Bool
    public let recount: RecountRule
    public let state: StocktakeState
    public let round: Int
    /// Of the last recount, rejection or cancellation.
    public let reason: String
    public let openedAt: Instant
    public let openedBy: PersonID
    public let submittedAt: Instant?
    public let submittedBy: PersonID?
    public let decidedAt: Instant?
    public let decidedBy: PersonID?
    /// What brought the ledger to the count.
    public let movement: MovementID?
    /// How many lines the sheet has.
    public let lines: Int
    /// How many of them are counted as often as they are to be.
    public let linesCounted: Int
    public let version: Int64

    public var cursor: StocktakeCursor { StocktakeCursor(openedAt: openedAt, id: id) }
}

/// Where a list of stocktakes goes on: after this one.
public struct StocktakeCursor: Sendable, Hashable {
    public let openedAt: Instant
    public let id: StocktakeID

    public init(openedAt: Instant, id: StocktakeID) {
        self.openedAt = openedAt
        self.id = id
    }

    /// Reads what ``keys`` gave; `nil` for anything else.
    public init?(keys: [String]) {
        guard keys.count == 2, let openedAt = Instant(keys[0]), let id = UUID(uuidString: keys[1]) else { return nil }
        self.init(openedAt: openedAt, id: StocktakeID(id))
    }

    public var keys: [String] { [openedAt.description, id.description] }
}

extension StocktakeSummary {
    init(_ row: Row) throws {
        let scope: StocktakeScopeKind = try row["scope"]
        let parameter: Int64? = try row["scope_parameter"]
        self.init(
            id: try row["stocktake_id"], number: try row["number"], store: try row["store_id"], storeName: try row["store_name"],
            facility: try row["facility_id"], name: try row["name"], scope: scope,
            withinDays: scope == .expiring ? parameter.map { Int($0) } : nil,
            valueFrom: scope == .highValue ? parameter.map { Money(tenThousandths: $0) } : nil, manner: try row["manner"],
            isBlind: try row["is_blind"],
            recount: RecountRule(valueFrom: try row["recount_value"], perMilleFrom: try row["recount_per_mille"]),
            state: try row["state"], round: try row["round"], reason: try row["reason"], openedAt: try row["opened_at"],
            openedBy: try row["opened_by_id"], submittedAt: try row["submitted_at"], submittedBy: try row["submitted_by_id"],
            decidedAt: try row["decided_at"], decidedBy: try row["decided_by_id"], movement: try row["movement_id"],
            lines: try row["lines"], linesCounted: try row["counted"], version: try row["version"])
    }
}
