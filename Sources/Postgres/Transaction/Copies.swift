extension Transaction {
    /// Loads rows by `COPY … FROM STDIN` in text format.
    ///
    /// - Returns: how many rows the server took.
    @discardableResult
    public func copy(
        _ statement: SQL, rows: some Sequence<[(any SQLParameter)?]>, file: String = #fileID, line: Int = #line
    ) throws -> Int {
        var rows = rows.makeIterator()
        return try connection.copyIn(statement, statement.label(file, line)) { buffer in
            while buffer.count < CopyText.chunkBytes, let row = rows.next() { CopyText.append(row, to: &buffer) }
            return !buffer.isEmpty
        }
    }

    /// Loads data in the format that the statement names, such as `COPY … FROM STDIN WITH (FORMAT csv)`. Pieces need not
    /// end where rows end.
    ///
    /// - Returns: how many rows the server took.
    @discardableResult
    public func copy(
        _ statement: SQL, chunks: some Sequence<[UInt8]>, file: String = #fileID, line: Int = #line
    ) throws -> Int {
        var chunks = chunks.makeIterator()
        return try connection.copyIn(statement, statement.label(file, line)) { buffer in
            guard let chunk = chunks.next() else { return false }
            buffer = chunk
            return true
        }
    }

    /// Reads the rows of `COPY … TO STDOUT`, in text format, one by one as they come. The server waits for `read`.
    ///
    /// When `read` throws, COPY is cancelled on the server, which fails the transaction, or the savepoint around it.
    ///
    /// - Returns: how many rows there were.
    @discardableResult
    public func copyOut(
        _ statement: SQL, file: String = #fileID, line: Int = #line, _ read: (CopiedRow) throws -> Void
    ) throws -> Int {
        try connection.copyOut(statement.label(file, line)) { try read(CopiedRow($0)) }
    }

    /// Takes the bytes of `COPY … TO STDOUT` in the format that the statement names, row by row, as ``copyOut(_:file:line:_:)``.
    ///
    /// - Parameter take: gets one row with its end of line; the bytes are valid during the call only.
    /// - Returns: how many rows there were.
    @discardableResult
    public func copyOut(
        bytesOf statement: SQL, file: String = #fileID, line: Int = #line,
        _ take: (UnsafeBufferPointer<UInt8>) throws -> Void
    ) throws -> Int {
        try connection.copyOut(statement.label(file, line), take: take)
    }
}
