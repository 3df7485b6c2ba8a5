/// What one statement brings, element by element, in memory that does not grow with it.
///
/// Each iteration runs the statement in a read transaction of its own on one of the database's connections. The server
/// waits while elements are not taken. Leaving the loop or cancelling the task cancels the statement and gives the
/// connection back.
public struct DatabaseStream<Element: Sendable>: AsyncSequence, Sendable {
    let start: @Sendable () -> StreamedWork<[Element]>

    public struct AsyncIterator: AsyncIteratorProtocol {
        let work: StreamedWork<[Element]>
        var batch: IndexingIterator<[Element]> = [].makeIterator()

        public mutating func next() async throws -> Element? {
            while true {
                if let element = batch.next() { return element }
                guard let next = try await work.next() else { return nil }
                batch = next.makeIterator()
            }
        }
    }

    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(work: start()) }
}

extension Database {
    /// The rows of a query of any size, as they come.
    ///
    /// ```swift
    /// for try await name in database.stream("SELECT name FROM parties.company") { try $0["name"] as String } { … }
    /// ```
    ///
    /// - Parameter batch: how many elements go from the connection's thread to the task at once; two such batches wait.
    public func stream<Element: Sendable>(
        _ sql: SQL, as tenant: Tenant? = nil, batch: Int = 200, file: String = #fileID, line: Int = #line,
        _ read: @escaping @Sendable (Row) throws -> Element
    ) -> DatabaseStream<Element> {
        batches(of: batch, as: tenant) { transaction, gather in
            try transaction.stream(sql, file: file, line: line) { try gather(try read($0)) }
        }
    }

    /// The rows of `COPY … TO STDOUT` in text format, as they come.
    public func copyOut<Element: Sendable>(
        _ statement: SQL, as tenant: Tenant? = nil, batch: Int = 200, file: String = #fileID, line: Int = #line,
        _ read: @escaping @Sendable (CopiedRow) throws -> Element
    ) -> DatabaseStream<Element> {
        batches(of: batch, as: tenant) { transaction, gather in
            try transaction.copyOut(statement, file: file, line: line) { try gather(try read($0)) }
        }
    }

    /// The bytes of `COPY … TO STDOUT` in the format that it names, in pieces of about 64 kB that hold whole rows.
    public func copyOut(
        bytesOf statement: SQL, as tenant: Tenant? = nil, file: String = #fileID, line: Int = #line
    ) -> DatabaseStream<[UInt8]> {
        batches(of: 1, as: tenant) { transaction, gather in
            var chunk: [UInt8] = []
            try transaction.copyOut(bytesOf: statement, file: file, line: line) { row in
                chunk += row
                guard chunk.count >= CopyText.chunkBytes else { return }
                try gather(chunk)
                chunk.removeAll(keepingCapacity: true)
            }
            if !chunk.isEmpty { try gather(chunk) }
        }
    }

    private func batches<Element: Sendable>(
        of size: Int, as tenant: Tenant?,
        _ body: @escaping @Sendable (Transaction, (Element) throws -> Void) throws -> Void
    ) -> DatabaseStream<Element> {
        // The statement lasts as long as its reader lets it: the server's limit for statements does not apply.
        let opening = Self.opening(ReadLevel.snapshot.begin, tenant) + "; SET LOCAL statement_timeout = 0"
        return DatabaseStream {
            StreamedWork(self, opening) { transaction, send in
                var gathered: [Element] = []
                try body(transaction) { element in
                    gathered.append(element)
                    guard gathered.count >= size else { return }
                    try send(gathered)
                    gathered.removeAll(keepingCapacity: true)
                }
                if !gathered.isEmpty { try send(gathered) }
            }
        }
    }
}
