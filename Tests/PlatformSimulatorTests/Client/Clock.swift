import Primitives
import Synchronization

/// A clock that stands still until a test moves it.
final class Clock: Sendable {
    /// 2026-11-22 10:00:00 in Shanghai.
    static let start = Instant(microseconds: 1_795_312_800_000_000)

    private let instant = Mutex(start)

    var now: Instant { instant.withLock { $0 } }
    var source: TimeSource { TimeSource { self.now } }

    func advance(_ duration: Duration) { instant.withLock { $0 = $0.adding(duration) } }
}
