public import Postgres
public import Primitives

/// Closes the claims of a consortium whose time has passed. Tidiness only: they count as none already.
public struct CloseExpiredClaims: Sendable {
    /// The most that one run closes.
    public var limit: Int

    public init(limit: Int = 500) { self.limit = limit }

    /// - Returns: how many it closed; fewer than `limit` when none is left that nobody is busy with.
    public func run(in transaction: Transaction, of consortium: ConsortiumID, at now: Instant) throws -> Int {
        try ClaimStore(transaction, consortium).closeExpired(at: now, limit: limit)
    }
}
