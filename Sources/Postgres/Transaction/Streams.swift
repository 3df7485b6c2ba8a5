extension Transaction {
    /// Reads a result of any size row by row as it comes, in memory that does not grow with it. The server waits for
    /// `read`.
    ///
    /// No other statement can run inside `read`. When `read` throws, the statement is cancelled on the server, which fails
    /// the transaction, or the savepoint around it.
    ///
    /// - Returns: how many rows there were.
    @discardableResult
    public func stream(
        _ sql: SQL, file: String = #fileID, line: Int = #line, _ read: (Row) throws -> Void
    ) throws -> Int {
        var count = 0
        try connection.stream(sql, sql.label(file, line)) { result in
            count += 1
            try read(Row(result: result, number: 0))
        }
        return count
    }
}
