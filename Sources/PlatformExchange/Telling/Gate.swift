import Outbox
public import Postgres
public import Primitives

/// Whether an account's platform is called now, for all dispatchers together: the pause between calls, and a breaker that stops
/// everybody after failures one after the other, but for one who tries whether it answers again.
public struct Gate {
    /// Failures one after the other that close it.
    public static let failuresMost = 5

    private let transaction: Transaction
    private let consortium: ConsortiumID
    private let platform: String

    public init(_ transaction: Transaction, of consortium: ConsortiumID, at platform: String) {
        self.transaction = transaction
        self.consortium = consortium
        self.platform = platform
    }

    public enum Passage: Sendable, Equatable {
        case open
        /// This caller alone may try one call.
        case probe
        case closed(until: Instant)
    }

    /// - Parameter probeEnd: until when a caller who may probe is the only one.
    public func passage(probingUntil probeEnd: Instant, at now: Instant) throws -> Passage {
        let gate = try transaction.first(
            """
            SELECT closed_until, held_until FROM platform_exchange.gate
             WHERE consortium_id = \(consortium) AND platform = \(platform)
            """
        ) { (closed: try $0["closed_until"] as Instant?, held: try $0["held_until"] as Instant?) }
        if let held = gate?.held, held > now { return .closed(until: held) }
        guard let until = gate?.closed else { return .open }
        guard until <= now else { return .closed(until: until) }
        let mine = try transaction.execute(
            """
            UPDATE platform_exchange.gate SET closed_until = \(probeEnd)
             WHERE consortium_id = \(consortium) AND platform = \(platform) AND closed_until = \(until)
            """)
        return mine == 1 ? .probe : .closed(until: probeEnd)
    }

    /// Takes the next place in the row of calls.
    ///
    /// - Returns: when the call may begin.
    public func place(pausing pause: Duration, at now: Instant) throws -> Instant {
        let mine = try transaction.first(
            """
            UPDATE platform_exchange.gate
               SET next_call_at = greatest(next_call_at, \(now)) + \(pause.microseconds) * interval '1 microsecond'
             WHERE consortium_id = \(consortium) AND platform = \(platform)
            RETURNING next_call_at - \(pause.microseconds) * interval '1 microsecond' AS mine
            """
        ) { try $0["mine"] as Instant }
        return mine ?? now
    }

    /// The platform wants to be left alone until then.
    public func hold(until: Instant) throws {
        try transaction.execute(
            """
            UPDATE platform_exchange.gate SET held_until = greatest(held_until, \(until))
             WHERE consortium_id = \(consortium) AND platform = \(platform)
            """)
    }

    /// The platform has answered.
    public func succeed() throws {
        try transaction.execute(
            """
            UPDATE platform_exchange.gate SET failures = 0, closed_until = NULL
             WHERE consortium_id = \(consortium) AND platform = \(platform) AND failures > 0
            """)
    }

    /// Whoever was to probe has had nothing to call for: another may.
    public func ease(at now: Instant) throws {
        try transaction.execute(
            """
            UPDATE platform_exchange.gate SET closed_until = \(now)
             WHERE consortium_id = \(consortium) AND platform = \(platform) AND closed_until IS NOT NULL
            """)
    }

    /// The platform has not answered, or could not.
    ///
    /// - Parameter pause: how long to stay away, by failures beyond the most.
    public func fail(at now: Instant, _ pause: (Int) -> Instant) throws {
        let failures = try transaction.first(
            """
            UPDATE platform_exchange.gate SET failures = least(failures + 1, 1000)
             WHERE consortium_id = \(consortium) AND platform = \(platform)
            RETURNING failures
            """
        ) { try $0["failures"] as Int }
        guard let failures, failures >= Self.failuresMost else { return }
        try transaction.execute(
            """
            UPDATE platform_exchange.gate SET closed_until = \(pause(failures - Self.failuresMost + 1))
             WHERE consortium_id = \(consortium) AND platform = \(platform)
            """)
    }
}

extension Duration {
    /// Whole microseconds; what is finer is cut off.
    var microseconds: Int64 { components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000 }
}
