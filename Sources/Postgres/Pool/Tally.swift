import Synchronization

/// Counts what the workers of one database do.
final class Tally: Sendable {
    private struct State {
        var metrics = DatabaseMetrics()
        var statements: [StatementName: DatabaseMetrics.StatementFigures] = [:]
    }

    private let state = Mutex(State())
    /// Of every transaction's way, so without the lock.
    private let busy = Atomic<Int>(0)

    init(connectionsMax: Int) { state.withLock { $0.metrics.connectionsMax = connectionsMax } }

    func snapshot(waiting: Int) -> DatabaseMetrics {
        state.withLock { state in
            var metrics = state.metrics
            metrics.waiting = waiting
            metrics.connectionsBusy = busy.load(ordering: .relaxed)
            metrics.statements = state.statements.values.sorted { ($0.total, $1.name) > ($1.total, $0.name) }
            return metrics
        }
    }

    func count(_ path: any WritableKeyPath<DatabaseMetrics, Int> & Sendable, _ change: Int = 1) {
        state.withLock { $0.metrics[keyPath: path] += change }
    }

    func beginWork() { busy.add(1, ordering: .relaxed) }
    func endWork() { busy.subtract(1, ordering: .relaxed) }

    func waited(_ duration: Duration) { state.withLock { $0.metrics.waits.record(duration) } }

    func retried(_ cause: DatabaseMetrics.RetryCause) { state.withLock { $0.metrics.retries[cause, default: 0] += 1 } }

    /// One attempt at a transaction has ended.
    func ended(after duration: Duration, _ failure: (any Error)?, statements: StatementTally) {
        state.withLock { state in
            state.metrics.transactions.record(duration)
            switch failure {
            case nil: state.metrics.committed += 1
            case let error as PostgresError where error.kind == .outcomeUnknown: state.metrics.outcomesUnknown += 1
            case let error as PostgresError:
                state.metrics.rolledBack += 1
                if error.sqlState == "57014" { state.metrics.statementTimeouts += 1 }
                if error.sqlState == "55P03" { state.metrics.lockTimeouts += 1 }
            default:
                state.metrics.rolledBack += 1
                if failure is CancellationError { state.metrics.cancelled += 1 }
            }
            for (name, figures) in statements.figures {
                state.statements[name, default: .init(name: figures.name)].add(figures)
            }
        }
    }
}

/// What one transaction ran; kept by its connection without a lock.
struct StatementTally {
    private(set) var figures: [StatementName: DatabaseMetrics.StatementFigures] = [:]

    mutating func record(_ name: StatementName?, _ duration: Duration, failed: Bool) {
        guard let name else { return }
        var one = DatabaseMetrics.StatementFigures(name: name.description)
        one.runs = 1
        one.failures = failed ? 1 : 0
        one.total = duration
        one.longest = duration
        figures[name, default: .init(name: one.name)].add(one)
    }

    mutating func removeAll() { figures.removeAll(keepingCapacity: true) }
}

extension DatabaseMetrics.StatementFigures {
    fileprivate mutating func add(_ other: Self) {
        runs += other.runs
        failures += other.failures
        total += other.total
        longest = max(longest, other.longest)
    }
}
