extension Database {
    /// Loads rows by `COPY … FROM STDIN` in a transaction of its own, as they come from an asynchronous sequence.
    ///
    /// About four pieces of 64 kB wait for the server at most; beyond that the sequence is not asked for more. When it
    /// throws, or the task is cancelled, nothing is kept. The rows cannot come twice: after a failure in the middle
    /// nothing is run again.
    ///
    /// - Returns: how many rows the server took.
    /// - Throws: what the sequence throws; ``PostgresError``; `CancellationError`.
    @discardableResult
    public func copy<Rows: AsyncSequence>(
        _ statement: SQL, rows: Rows, as tenant: Tenant? = nil, file: String = #fileID, line: Int = #line
    ) async throws -> Int where Rows.Element == [(any SQLParameter)?] {
        let inlet = Inlet<[UInt8]>(capacity: 4)
        async let count = load(statement, statement.label(file, line), from: inlet, as: tenant)
        do {
            var buffer: [UInt8] = []
            for try await row in rows {
                CopyText.append(row, to: &buffer)
                guard buffer.count >= CopyText.chunkBytes else { continue }
                try await inlet.send(buffer)
                buffer.removeAll(keepingCapacity: true)
            }
            // Many sequences end, and do not throw, when the task is cancelled.
            try Task.checkCancellation()
            if !buffer.isEmpty { try await inlet.send(buffer) }
            inlet.finish(.success(()))
        } catch {
            inlet.finish(.failure(error))
        }
        return try await count
    }

    private func load(
        _ statement: SQL, _ label: StatementLabel, from inlet: Inlet<[UInt8]>, as tenant: Tenant?
    ) async throws -> Int {
        // The statement lasts as long as the rows keep coming: the server's limit for statements does not apply.
        let begin = WriteLevel.readCommitted.begin
        do {
            return try await transact(
                begin, isReadOnly: false, tenant, isUnlimited: true, mayRepeat: { !inlet.hasTaken }
            ) { transaction in
                try transaction.connection.run(script: "SET LOCAL statement_timeout = 0")
                return try transaction.connection.copyIn(statement, label) { buffer in
                    guard let chunk = try inlet.take() else { return false }
                    buffer = chunk
                    return true
                }
            }
        } catch {
            inlet.abandon()
            throw error
        }
    }
}
