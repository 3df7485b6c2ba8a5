internal import CPostgres

/// COPY, whose data moves outside of results.
extension Connection {
    /// Sends data to a `COPY … FROM STDIN` statement.
    ///
    /// - Parameter next: fills the buffer, which it gets empty, with the next piece; returns `false` when there is no more.
    ///   When it throws, nothing of the COPY is kept.
    /// - Returns: how many rows the server took.
    func copyIn(_ sql: SQL, _ label: StatementLabel, next: (inout [UInt8]) throws -> Bool) throws -> Int {
        let start = ContinuousClock.now
        var failed = true
        defer { tally.record(label.name, .now - start, failed: failed) }
        try beginCopy(label, PGRES_COPY_IN, form: "COPY … FROM STDIN")
        isOccupied = true
        defer { isOccupied = false }
        do {
            var buffer: [UInt8] = []
            while try next(&buffer) {
                // While it is fed, libpq does not look at what the server says.
                if isCancelled() || watch.isOverdue { throw PostgresError.cancelled(before: label) }
                try put(&buffer, label)
            }
        } catch {
            PQputCopyEnd(pointer, "the program stopped: \(type(of: error))")
            _ = try? endCopy(label)
            throw error
        }
        PQputCopyEnd(pointer, nil)
        let count = try endCopy(label)
        failed = false
        return count
    }

    /// Takes data from a `COPY … TO STDOUT` statement. While `take` runs nothing more is read, so that the server waits
    /// when it is slow.
    ///
    /// - Parameter take: gets one row with its end of line, or one message of the binary format. When it throws, the
    ///   COPY is cancelled on the server, which fails the transaction, or the savepoint around it.
    /// - Returns: how many rows there were.
    func copyOut(_ label: StatementLabel, take: (UnsafeBufferPointer<UInt8>) throws -> Void) throws -> Int {
        let start = ContinuousClock.now
        var failed = true
        defer { tally.record(label.name, .now - start, failed: failed) }
        try beginCopy(label, PGRES_COPY_OUT, form: "COPY … TO STDOUT")
        isOccupied = true
        defer { isOccupied = false }
        var failure: (any Error)?
        while true {
            var start: UnsafeMutablePointer<CChar>?
            let length = Int(PQgetCopyData(pointer, &start, 0))
            guard length >= 0 else { break }
            defer { PQfreemem(start) }
            guard failure == nil, let start else { continue }
            do {
                try start.withMemoryRebound(to: UInt8.self, capacity: length) {
                    try take(UnsafeBufferPointer(start: $0, count: length))
                }
            } catch {
                failure = error
                canceller()?.cancel()
            }
        }
        do {
            let count = try endCopy(label)
            if let failure { throw failure }
            failed = false
            return count
        } catch {
            throw failure ?? error
        }
    }

    private func beginCopy(_ label: StatementLabel, _ expected: ExecStatusType, form: String) throws(PostgresError) {
        try begin(label)
        watch.begin()
        let start = PQexec(pointer, label.text)
        if PQresultStatus(start) == expected {
            // The watch goes on: the server's time for the statement does too.
            PQclear(start)
            return
        }
        PQclear(try checked(start, label))
        throw PostgresError(.misuse, label, message: "the statement is not \(form)")
    }

    private func put(_ buffer: inout [UInt8], _ label: StatementLabel) throws(PostgresError) {
        let sent = buffer.withUnsafeBytes { PQputCopyData(pointer, $0.bindMemory(to: CChar.self).baseAddress, Int32($0.count)) }
        guard sent == 1 || buffer.isEmpty else { throw PostgresError(.connectionLost, label, message: message) }
        buffer.removeAll(keepingCapacity: true)
    }

    private func endCopy(_ label: StatementLabel) throws(PostgresError) -> Int {
        let answer = PQgetResult(pointer)
        while let surplus = PQgetResult(pointer) { PQclear(surplus) }
        return Result(try checked(answer, label)).affected
    }
}
