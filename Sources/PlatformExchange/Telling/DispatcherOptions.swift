public import Outbox
public import Primitives

/// How a dispatcher goes about it.
public struct DispatcherOptions: Sendable {
    /// Between tries of one message; also how long a breaker stays closed.
    public var pause = RetryPause()
    /// Times a message is sent, or asked about, before a person has to look.
    public var triesMost = 100
    /// The longest that a platform's own wish to be left alone is heeded.
    public var wishMost = Duration.seconds(86_400)
    /// How long a request may take; `nil` for what the platform's catalogue says.
    public var requestTime: Duration?
    /// A platform that cannot say what it refuses is believed when it refuses as often as this, one time after the other.
    public var refusalsToBelieve = 3
    /// What a claim lasts beyond the time that a request may take: the difference of the clocks, and what a platform needs to take in
    /// what reached it late.
    public var claimMargin = Duration.seconds(30)
    /// Without a word from anybody the tables are looked at after so long.
    public var idleMost = Duration.seconds(30)

    /// How often deliveries are pulled; `nil` for never.
    public var pullEvery: Duration? = .seconds(600)

    public init() {}
}

/// What time it is and how it is waited for; passed in, so that tests need not wait.
public struct DispatcherClock: Sendable {
    public var time: TimeSource
    public var sleep: @Sendable (Duration) async throws -> Void

    public init(
        time: TimeSource = .system, sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.time = time
        self.sleep = sleep
    }
}
