import Postgres
import Synchronization

/// Counts and times of the requests this process has answered, as Prometheus reads them.
final class RequestMetrics: Sendable {
    /// Upper bounds in milliseconds.
    static let bounds: [Int64] = [1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000]

    private struct Times {
        var buckets = [Int](repeating: 0, count: RequestMetrics.bounds.count)
        var count = 0
        var microseconds: Int64 = 0
    }

    private struct Key: Hashable {
        let operation: String
        let status: Int
    }

    private struct State {
        var answers: [Key: Int] = [:]
        var times: [String: Times] = [:]
    }

    private let state = Mutex(State())
    private let startedAt = ContinuousClock.now

    func record(_ operation: String, status: Int, took duration: Duration) {
        let microseconds = duration.microseconds
        state.withLock { state in
            state.answers[Key(operation: operation, status: status), default: 0] += 1
            var times = state.times[operation] ?? Times()
            if let bucket = Self.bounds.firstIndex(where: { microseconds <= $0 * 1_000 }) { times.buckets[bucket] += 1 }
            times.count += 1
            times.microseconds += microseconds
            state.times[operation] = times
        }
    }

    /// The text exposition format, version 0.0.4.
    func text(database: DatabaseMetrics, more: [String]) -> String {
        let (answers, allTimes) = state.withLock { ($0.answers, $0.times) }
        var lines = [
            "# HELP http_requests_total Requests answered, by operation and status.", "# TYPE http_requests_total counter",
        ]
        for (key, count) in answers.sorted(by: { ($0.key.operation, $0.key.status) < ($1.key.operation, $1.key.status) }) {
            lines.append("http_requests_total{operation=\"\(key.operation)\",status=\"\(key.status)\"} \(count)")
        }
        lines += [
            "# HELP http_request_duration_seconds From the request's head to its answer.",
            "# TYPE http_request_duration_seconds histogram",
        ]
        for (operation, times) in allTimes.sorted(by: { $0.key < $1.key }) {
            var total = 0
            for (bound, count) in zip(Self.bounds, times.buckets) {
                total += count
                let label = "operation=\"\(operation)\",le=\"\(Self.seconds(bound * 1_000))\""
                lines.append("http_request_duration_seconds_bucket{\(label)} \(total)")
            }
            lines.append("http_request_duration_seconds_bucket{operation=\"\(operation)\",le=\"+Inf\"} \(times.count)")
            lines.append("http_request_duration_seconds_sum{operation=\"\(operation)\"} \(Self.seconds(times.microseconds))")
            lines.append("http_request_duration_seconds_count{operation=\"\(operation)\"} \(times.count)")
        }
        lines += Self.lines(database) + more
        lines += [
            "# HELP process_uptime_seconds How long this process has run.", "# TYPE process_uptime_seconds gauge",
            "process_uptime_seconds \(Self.seconds((ContinuousClock.now - startedAt).microseconds))",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    /// Microseconds as seconds with six decimals, without the zeros at the end.
    static func seconds(_ microseconds: Int64) -> String {
        let fraction = String(microseconds % 1_000_000)
        var decimals = String(repeating: "0", count: 6 - fraction.count) + fraction
        while decimals.hasSuffix("0") { decimals.removeLast() }
        return decimals.isEmpty ? "\(microseconds / 1_000_000)" : "\(microseconds / 1_000_000).\(decimals)"
    }
}

extension Duration {
    var microseconds: Int64 { components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000 }
}
