import Foundation
import Synchronization

/// Keeps the workers of one database from all knocking at a server that does not answer.
final class ConnectionPace: Sendable {
    private struct State {
        var failures = 0
        var notBefore: ContinuousClock.Instant?
    }

    private let state = Mutex(State())
    private let backoff: Backoff

    init(_ backoff: Backoff) { self.backoff = backoff }

    /// Waits until the next attempt to connect may be made; at once when the last one succeeded.
    ///
    /// - Throws: `CancellationError` when the attempt is no longer wanted.
    func wait(isCancelled: () -> Bool) throws {
        while let end = state.withLock({ $0.notBefore }), case let rest = end - .now, rest > .zero {
            if isCancelled() { throw CancellationError() }
            usleep(UInt32(clamping: min(rest.microseconds, 20_000)))
        }
    }

    func succeeded() { state.withLock { $0 = State() } }

    func failed() {
        state.withLock { state in
            state.failures += 1
            state.notBefore = .now + backoff.delay(afterFailures: state.failures)
        }
    }
}
