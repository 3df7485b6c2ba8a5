/// What a ``Database`` has done since it was made, and what it does now.
public struct DatabaseMetrics: Sendable {
    /// How often something took how long.
    public struct Durations: Sendable {
        /// Upper bounds of ``buckets`` in milliseconds.
        public static let bounds: [Int64] = [1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000]
        /// How many took no longer than the bound at the same place and longer than the one before it.
        public internal(set) var buckets = [Int](repeating: 0, count: Durations.bounds.count)
        public internal(set) var count = 0
        public internal(set) var total = Duration.zero
        public internal(set) var longest = Duration.zero

        mutating func record(_ duration: Duration) {
            let microseconds = duration.microseconds
            if let bucket = Self.bounds.firstIndex(where: { microseconds <= $0 * 1_000 }) { buckets[bucket] += 1 }
            count += 1
            total += duration
            longest = max(longest, duration)
        }
    }

    /// Why a transaction was run again.
    public enum RetryCause: String, Sendable, CaseIterable {
        case serializationFailure = "serialization_failure"
        case deadlock
        case connectionLost = "connection_lost"
        /// A prepared statement that the schema has outlived or the session has lost.
        case stalePlan = "stale_plan"
    }

    /// What was seen of one statement.
    public struct StatementFigures: Sendable {
        public let name: String
        public internal(set) var runs = 0
        public internal(set) var failures = 0
        public internal(set) var total = Duration.zero
        public internal(set) var longest = Duration.zero
    }

    /// How many connections there may be.
    public internal(set) var connectionsMax = 0
    public internal(set) var connectionsOpen = 0
    /// Connections that serve a caller now; the other open ones are idle.
    public internal(set) var connectionsBusy = 0
    public var connectionsIdle: Int { max(0, connectionsOpen - connectionsBusy) }
    public internal(set) var connectionsMade = 0
    /// Attempts to connect that failed.
    public internal(set) var connectionFailures = 0
    /// Connections that broke.
    public internal(set) var connectionsLost = 0
    /// Connections closed because they were not needed for a while.
    public internal(set) var connectionsClosedIdle = 0

    /// Callers that wait for a connection now.
    public internal(set) var waiting = 0
    /// How long callers have waited, of those who had to.
    public internal(set) var waits = Durations()
    /// Callers refused because too many waited, or because they had waited too long.
    public internal(set) var tooManyWaiting = 0
    public internal(set) var waitedTooLong = 0

    /// Transactions from BEGIN to their end, every attempt counted.
    public internal(set) var transactions = Durations()
    public internal(set) var committed = 0
    public internal(set) var rolledBack = 0
    public internal(set) var retries: [RetryCause: Int] = [:]
    /// Transactions whose COMMIT was sent and not answered.
    public internal(set) var outcomesUnknown = 0
    /// Transactions whose caller was cancelled while they ran.
    public internal(set) var cancelled = 0
    public internal(set) var statementTimeouts = 0
    public internal(set) var lockTimeouts = 0

    /// Every statement that ran, the one that took the most time in all first.
    public internal(set) var statements: [StatementFigures] = []
}
