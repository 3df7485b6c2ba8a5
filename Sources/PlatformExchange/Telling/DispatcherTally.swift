import Curl
import Outbox
import Synchronization

/// What a dispatcher has done since it began, by platform and message.
public final class DispatcherTally: Sendable {
    public struct Counts: Sendable, Equatable {
        /// Settled messages by platform, kind and outcome: `accepted`, `refused`, `given-up`, `missed`, `lost`.
        public var outcomes: [String: [String: [String: Int]]] = [:]
        /// Answered requests by platform and operation, and what they took together.
        public var requests: [String: [String: Spent]] = [:]
        /// Requests without an answer by platform.
        public var failures: [String: Int] = [:]
        /// Claims that another took over.
        public var claimsLost = 0
        /// The last trouble that is not the message's own, by platform.
        public var troubles: [String: String] = [:]

        public init() {}
    }

    /// How often, and how long in all, by phase.
    public struct Spent: Sendable, Equatable {
        public var count = 0
        public var connecting = Duration.zero
        public var answering = Duration.zero
        public var total = Duration.zero
    }

    private let counts = Mutex(Counts())

    public init() {}

    public var now: Counts { counts.withLock { $0 } }

    func settled(_ platform: String, _ kind: String, _ outcome: TryOutcome) {
        let name =
            switch outcome {
            case .accepted: "accepted"
            case .refused: "refused"
            case .givenUp: "given-up"
            case .missed: "missed"
            case .lost: "lost"
            }
        counts.withLock { $0.outcomes[platform, default: [:]][kind, default: [:]][name, default: 0] += 1 }
    }

    func answered(_ platform: String, _ operation: String, in timings: CurlTimings) {
        counts.withLock {
            var spent = $0.requests[platform, default: [:]][operation, default: Spent()]
            spent.count += 1
            spent.connecting += timings.resolving + timings.connecting + timings.securing
            spent.answering += timings.answering
            spent.total += timings.total
            $0.requests[platform, default: [:]][operation] = spent
        }
    }

    func failed(_ platform: String, _ operation: String) { counts.withLock { $0.failures[platform, default: 0] += 1 } }
    func claimLost(_ platform: String) { counts.withLock { $0.claimsLost += 1 } }
    /// Takes down what went wrong last, by platform; for those who work beside dispatchers, too.
    public func troubled(_ platform: String, _ reason: String) { counts.withLock { $0.troubles[platform] = reason } }
}
