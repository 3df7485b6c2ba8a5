import Postgres

extension RequestMetrics {
    /// What the database client has done, as Prometheus reads it.
    static func lines(_ database: DatabaseMetrics) -> [String] {
        var lines: [String] = []
        func metric(_ name: String, _ kind: String, _ help: String, _ values: [(labels: String, value: Int)]) {
            lines += ["# HELP database_\(name) \(help)", "# TYPE database_\(name) \(kind)"]
            for (labels, value) in values { lines.append("database_\(name)\(labels) \(value)") }
        }
        func histogram(_ name: String, _ help: String, _ durations: DatabaseMetrics.Durations) {
            var total = 0
            metric(
                name, "histogram", help,
                zip(DatabaseMetrics.Durations.bounds, durations.buckets).map { bound, count in
                    total += count
                    return ("_bucket{le=\"\(Self.seconds(bound * 1_000))\"}", total)
                } + [("_bucket{le=\"+Inf\"}", durations.count), ("_count", durations.count)])
            lines.append("database_\(name)_sum \(Self.seconds(durations.total.microseconds))")
        }
        metric("waiting", "gauge", "Callers that wait for a database connection.", [("", database.waiting)])
        metric(
            "connections", "gauge", "Connections to the database by what they do; max is how many there may be.",
            [
                ("{state=\"busy\"}", database.connectionsBusy), ("{state=\"idle\"}", database.connectionsIdle),
                ("{state=\"max\"}", database.connectionsMax),
            ])
        metric(
            "connection_events_total", "counter", "Connections made, failed to be made, lost, and closed because idle.",
            [
                ("{event=\"made\"}", database.connectionsMade), ("{event=\"failed\"}", database.connectionFailures),
                ("{event=\"lost\"}", database.connectionsLost), ("{event=\"closed_idle\"}", database.connectionsClosedIdle),
            ])
        histogram("wait_seconds", "How long callers waited for a connection, of those who had to.", database.waits)
        histogram("transaction_seconds", "From BEGIN to the end, every attempt.", database.transactions)
        metric(
            "transactions_total", "counter", "Transactions by their end.",
            [
                ("{end=\"committed\"}", database.committed), ("{end=\"rolled_back\"}", database.rolledBack),
                ("{end=\"unknown\"}", database.outcomesUnknown),
            ])
        metric(
            "retries_total", "counter", "Transactions run again, by cause.",
            DatabaseMetrics.RetryCause.allCases.map { ("{cause=\"\($0.rawValue)\"}", database.retries[$0] ?? 0) })
        metric(
            "given_up_total", "counter", "Work given up, by cause.",
            [
                ("{cause=\"cancelled\"}", database.cancelled), ("{cause=\"statement_timeout\"}", database.statementTimeouts),
                ("{cause=\"lock_timeout\"}", database.lockTimeouts), ("{cause=\"too_many_waiting\"}", database.tooManyWaiting),
                ("{cause=\"waited_too_long\"}", database.waitedTooLong),
            ])
        return lines
    }
}
