import Foundation
internal import CPostgres

/// Several statements in one round trip.
extension Connection {
    /// One message to the server and what its answer means.
    private enum Step {
        /// Drops a prepared statement to make room.
        case forget(PreparedStatements.Entry)
        case prepare(PreparedStatements.Entry, StatementLabel)
        case run(PreparedStatements.Entry?, StatementLabel)
    }

    /// Sends all statements, then reads all answers, in the same order. When one fails, those after it are not run.
    ///
    /// Sending does not wait for the server to take everything: answers are read meanwhile, so that neither side waits
    /// for the other when both directions carry much.
    ///
    /// - Throws: ``PostgresError`` of the statement that failed.
    func pipeline(_ statements: [(sql: SQL, label: StatementLabel)]) throws(PostgresError) -> [Result] {
        guard let first = statements.first else { return [] }
        try begin(first.label)
        var arguments: [Arguments] = []
        for (sql, label) in statements {
            guard !sql.isCopy else { throw PostgresError(.misuse, label, message: "COPY is not possible in a pipeline") }
            arguments.append(try Arguments(sql.values, of: label))
        }
        guard PQenterPipelineMode(pointer) == 1, PQsetnonblocking(pointer, 1) == 0 else {
            throw PostgresError(isAlive ? .misuse : .connectionLost, first.label, message: message)
        }
        var steps: [Step] = []
        for (statement, arguments) in zip(statements, arguments) { steps += send(statement.sql, statement.label, arguments) }
        _ = PQpipelineSync(pointer)
        defer {
            PQsetnonblocking(pointer, 0)
            PQexitPipelineMode(pointer)
        }
        let start = ContinuousClock.now
        var failed = true
        // A pipeline's time cannot be divided among its statements: it is the first one's.
        defer {
            for (number, statement) in statements.enumerated() {
                tally.record(statement.label.name, number == 0 ? .now - start : .zero, failed: failed && number == 0)
            }
        }
        let results = try answers(to: steps)
        failed = false
        return results
    }

    /// Hands one statement to libpq. A failure shows when its answer is read.
    private func send(_ sql: SQL, _ label: StatementLabel, _ arguments: Arguments) -> [Step] {
        let types = sql.values.map(\.type)
        guard isPreparing, sql.isReusable else {
            _ = arguments.withPointers { values, lengths, formats in
                PQsendQueryParams(pointer, label.text, arguments.count, types.map(\.rawValue), values, lengths, formats, 0)
            }
            return [.run(nil, label)]
        }
        var steps: [Step] = []
        let key = PreparedStatements.Key(text: label.text, types: types)
        let entry: PreparedStatements.Entry
        if let known = prepared.use(key) {
            entry = known
        } else {
            let (new, evicted) = prepared.add(key)
            entry = new
            if let evicted {
                PQsendQueryParams(pointer, "DEALLOCATE \(evicted.name)", 0, nil, nil, nil, nil, 0)
                steps.append(.forget(evicted))
            }
            PQsendPrepare(pointer, entry.name, label.text, arguments.count, types.map(\.rawValue))
            steps.append(.prepare(entry, label))
        }
        _ = arguments.withPointers { values, lengths, formats in
            PQsendQueryPrepared(pointer, entry.name, arguments.count, values, lengths, formats, entry.isBinary ? 1 : 0)
        }
        return steps + [.run(entry, label)]
    }

    private func answers(to steps: [Step]) throws(PostgresError) -> [Result] {
        var results: [Result] = []
        var failure: PostgresError?
        defer { watch.end() }
        for step in steps {
            // Each statement has its time from the end of the one before it.
            watch.begin()
            let answer = nextAnswer()
            while let surplus = nextAnswer() { PQclear(surplus) }
            let isAborted = answer.map { PQresultStatus($0) == PGRES_PIPELINE_ABORTED } ?? (failure != nil)
            do throws(PostgresError) {
                switch step {
                case .forget(let entry):
                    if isAborted { prepared.restore(entry) }
                    if !isAborted { PQclear(try checked(answer, StatementLabel("DEALLOCATE"), wasPrepared: true)) }
                case .prepare(let entry, let label):
                    if isAborted || answer.map({ PQresultStatus($0) != PGRES_COMMAND_OK }) ?? true { prepared.remove(entry) }
                    if !isAborted { PQclear(try checked(answer, label)) }
                case .run(let entry, let label):
                    if !isAborted {
                        let result = Result(try checked(answer, label, wasPrepared: entry != nil), columns: entry?.columns)
                        entry?.columns = result.columns
                        results.append(result)
                    }
                }
            } catch {
                failure = failure ?? error
            }
            if isAborted { PQclear(answer) }
        }
        // The answer to the end of the pipeline, which has no second part.
        PQclear(nextAnswer())
        if let failure { throw failure }
        return results
    }

    /// The next answer, sending meanwhile what has not been sent; `nil` between the answers to two statements.
    private func nextAnswer() -> OpaquePointer? {
        while PQisBusy(pointer) == 1 {
            let unsent = PQflush(pointer)
            guard unsent >= 0, wait(toSend: unsent == 1) else { break }
        }
        return PQgetResult(pointer)
    }

    /// Waits until the server has sent something, or takes something, and reads what there is.
    ///
    /// - Returns: whether the connection still works.
    private func wait(toSend: Bool) -> Bool {
        var socket = pollfd(fd: PQsocket(pointer), events: Int16(POLLIN) | (toSend ? Int16(POLLOUT) : 0), revents: 0)
        guard socket.fd >= 0 else { return false }
        guard poll(&socket, 1, -1) >= 0 else { return errno == EINTR }
        guard Int32(socket.revents) & ~POLLOUT != 0 else { return true }
        return PQconsumeInput(pointer) == 1
    }
}
