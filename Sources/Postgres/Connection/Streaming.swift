internal import CPostgres

/// Results read row by row while they come.
extension Connection {
    /// Runs a statement and hands over its rows one by one. While `take` runs nothing more is read, so that the server
    /// waits when it is slow, and nothing else can run on the connection.
    ///
    /// - Parameter take: gets a result of one row. When it throws, the statement is cancelled on the server, which fails
    ///   the transaction, or the savepoint around it.
    func stream(_ sql: SQL, _ label: StatementLabel, take: (Result) throws -> Void) throws {
        try begin(label)
        let arguments = try Arguments(sql.values, of: label)
        watch.begin()
        defer { watch.end() }
        let sent = arguments.withPointers { values, lengths, formats in
            PQsendQueryParams(
                pointer, label.text, arguments.count, sql.values.map(\.type.rawValue), values, lengths, formats, 0)
        }
        guard sent == 1, PQsetSingleRowMode(pointer) == 1 else { throw PostgresError(.connectionLost, label, message: message) }
        let start = ContinuousClock.now
        isOccupied = true
        defer { isOccupied = false }
        var columns: Columns?
        var failure: (any Error)?
        var isStreaming = true
        while let answer = PQgetResult(pointer) {
            guard failure == nil else {
                PQclear(answer)
                continue
            }
            do {
                guard PQresultStatus(answer) == PGRES_SINGLE_TUPLE else {
                    isStreaming = false
                    PQclear(try checked(answer, label))
                    continue
                }
                let result = Result(answer, columns: columns)
                columns = result.columns
                try take(result)
            } catch {
                failure = error
                if isStreaming { canceller()?.cancel() }
            }
        }
        tally.record(label.name, .now - start, failed: failure != nil)
        if let failure { throw failure }
    }
}
