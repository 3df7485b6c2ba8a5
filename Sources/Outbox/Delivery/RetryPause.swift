public import Primitives

/// How long to wait after a try that led to nothing: twice as long each time, within bounds, and not the same for all, so that
/// what failed together does not come back together.
public struct RetryPause: Sendable, Equatable {
    public var first: Duration
    public var most: Duration

    public init(first: Duration = .seconds(2), most: Duration = .seconds(600)) {
        precondition(first > .zero && most >= first, "a pause is positive, and the longest no shorter than the first")
        self.first = first
        self.most = most
    }

    /// The moment of the next try.
    ///
    /// - Parameters:
    ///   - tries: how often it was tried, from 1.
    ///   - wish: what the destination asked for (`Retry-After`); the pause is not shorter, up to a day.
    public func next(
        after tries: Int, wish: Duration? = nil, from now: Instant, using random: inout some RandomNumberGenerator
    ) -> Instant {
        let doublings = min(max(tries, 1) - 1, 30)
        let full = min(most, first * (1 << doublings))
        let half = full.microseconds / 2
        let pause = half + Int64.random(in: 0...(full.microseconds - half), using: &random)
        return Instant(microseconds: now.microseconds + max(pause, min(wish ?? .zero, .seconds(86_400)).microseconds))
    }
}

extension Duration {
    /// Whole microseconds; what is finer is cut off.
    fileprivate var microseconds: Int64 { components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000 }
}
