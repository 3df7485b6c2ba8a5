public import Postgres
public import Primitives

/// Marks instalments whose last day of collection has passed as missed. A follow-up opens them again.
public struct MarkMissed: Sendable {
    /// The most plans that one run looks at.
    public var limit: Int

    public init(limit: Int = 200) { self.limit = limit }

    /// - Returns: how many plans it found; fewer than `limit` when none is left.
    public func run(in transaction: Transaction, of consortium: ConsortiumID, at now: Instant) throws -> Int {
        let found = try UpkeepStore(transaction, consortium).missed(before: now.businessDay, limit: limit)
        let plans = PlanStore(transaction, consortium)
        for (plan, number) in found {
            try plans.note(.miss, of: plan, words: "instalment \(number)", by: nil, at: now)
        }
        return Set(found.map(\.plan)).count
    }
}

/// Ends plans whose course is over or whose prescription will not be handed out any more, and gives back what is reserved.
public struct ExpirePlans: Sendable {
    /// The most plans that one run ends.
    public var limit: Int

    public init(limit: Int = 100) { self.limit = limit }

    /// - Returns: how many it ended; fewer than `limit` when none is left.
    public func run(in transaction: Transaction, of consortium: ConsortiumID, at now: Instant) throws -> Int {
        let plans = PlanStore(transaction, consortium)
        let reservations = ReservationStore(transaction, consortium)
        let ended = try UpkeepStore(transaction, consortium).over(on: now.businessDay, limit: limit)
        var reserved: [Reservation] = []
        for plan in ended {
            try plans.set(.expired, of: plan)
            try InstalmentStore(transaction, consortium).lapse(plan)
            try plans.note(.expire, of: plan, by: nil, at: now)
            reserved += try reservations.open(of: plan)
        }
        try Reserving(transaction, of: consortium, at: now).release(reserved, reason: "expire")
        return ended.count
    }
}
