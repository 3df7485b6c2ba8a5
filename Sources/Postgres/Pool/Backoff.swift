/// How long to wait before the next attempt: twice as long after each failure, and a random part less, so that those who
/// failed together do not come back together.
public struct Backoff: Sendable {
    /// The longest wait after the first failure.
    public var first: Duration
    /// The longest wait after any number of failures.
    public var longest: Duration
    /// Chooses a number of microseconds; a test passes a seeded one.
    public var random: @Sendable (ClosedRange<Int64>) -> Int64

    public init(
        first: Duration, longest: Duration, random: @escaping @Sendable (ClosedRange<Int64>) -> Int64 = { Int64.random(in: $0) }
    ) {
        self.first = first
        self.longest = longest
        self.random = random
    }

    /// The wait after so many failures in a row: between half and all of the longest it may be.
    public func delay(afterFailures failures: Int) -> Duration {
        guard failures > 0 else { return .zero }
        let longest = max(0, self.longest.microseconds)
        var ceiling = min(max(0, first.microseconds), longest)
        for _ in 1..<min(failures, 64) where ceiling < longest { ceiling = min(ceiling * 2, longest) }
        return .microseconds(random(ceiling / 2...ceiling))
    }
}

extension Duration {
    var milliseconds: Int64 { components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000 }
    var microseconds: Int64 { components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000 }
}
