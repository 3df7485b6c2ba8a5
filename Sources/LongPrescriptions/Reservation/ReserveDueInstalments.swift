public import Postgres
public import Primitives
import StockLedger

/// Sets stock aside for instalments that are due soon at their chosen pharmacy: oldest due first, whole instalments only.
/// What is short is noted, and tried again at the next turn.
public struct ReserveDueInstalments: Sendable {
    /// What one run did.
    public struct Outcome: Sendable, Hashable {
        public let reserved: Int
        public let short: Int
        /// Where the next run goes on; `nil` when all have had their turn.
        public let last: InstalmentKey?
    }

    /// `nil` for those in force.
    public var terms: InstalmentTerms?
    /// The most that one run looks at.
    public var limit: Int
    /// Where the run before ended.
    public var after: InstalmentKey?

    public init(terms: InstalmentTerms? = nil, limit: Int = 50, after: InstalmentKey? = nil) {
        self.terms = terms
        self.limit = limit
        self.after = after
    }

    public func run(in transaction: Transaction, of consortium: ConsortiumID, at now: Instant) throws -> Outcome {
        let terms = try terms ?? .inForce(transaction, of: consortium, on: now.businessDay)
        let keys = try ReservationStore(transaction, consortium)
            .toReserve(through: now.businessDay.adding(days: terms.reserveDays), after: after, limit: limit)
        let plans = PlanStore(transaction, consortium)
        let chosen = try keys.map { key in
            let plan = try plans.plan(key.plan)
            return (plan, plan.instalments.filter { $0.number == key.instalment })
        }
        try HoldShelves(
            stores: Set(chosen.map(\.0.store)).sorted(),
            products: Set(chosen.flatMap { $0.1.flatMap { $0.lines.map(\.product) } }).sorted()
        ).run(in: transaction, of: consortium, at: now)
        let reserving = Reserving(transaction, of: consortium, at: now)
        var reserved = 0
        for (plan, instalments) in chosen {
            for instalment in instalments
            where try reserving.reserve(instalment, of: plan, by: .recorded(for: plan.startedBy, of: consortium)) {
                reserved += 1
            }
        }
        return Outcome(reserved: reserved, short: keys.count - reserved, last: keys.count == limit ? keys.last : nil)
    }
}

/// Gives back stock that is set aside in vain: the plan is suspended or over, the instalment collected elsewhere or missed, the
/// pharmacy another, or the batch is held or would expire too soon.
public struct ReleaseReservations: Sendable {
    /// The most plans that one run looks at.
    public var limit: Int

    public init(limit: Int = 50) { self.limit = limit }

    /// - Returns: how many reservations it released; 0 when none is left, or those that are left are being counted.
    public func run(in transaction: Transaction, of consortium: ConsortiumID, at now: Instant) throws -> Int {
        let found = try ReservationStore(transaction, consortium).inVain(limit: limit)
        return try Reserving(transaction, of: consortium, at: now).release(found, reason: "upkeep")
    }
}
