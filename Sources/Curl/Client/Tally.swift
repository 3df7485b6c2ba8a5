import Synchronization

/// Counts, for the client's thread and those who ask.
final class Tally: Sendable {
    private let statistics = Mutex(CurlStatistics())

    var now: CurlStatistics { statistics.withLock { $0 } }

    func change(_ change: (inout CurlStatistics) -> Void) { statistics.withLock { change(&$0) } }
}
