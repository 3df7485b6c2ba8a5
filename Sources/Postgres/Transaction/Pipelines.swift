extension Transaction {
    /// Runs statements that do not depend on each other's answers in one round trip.
    ///
    /// ```swift
    /// let (stores, count) = try transaction.pipeline(
    ///     Statement.rows("SELECT name FROM parties.store") { try $0["name"] as String },
    ///     Statement.affected("UPDATE parties.company SET checked_at = now() WHERE company_id = \(company)"))
    /// ```
    ///
    /// They run in the order given. When one fails those after it are not run, and the transaction, or the savepoint
    /// around the pipeline, has failed.
    ///
    /// - Throws: ``PostgresError`` of the statement that failed; its `statement` tells which. What a closure throws.
    public func pipeline<each Answer>(
        _ statement: repeat Statement<each Answer>, file: String = #fileID, line: Int = #line
    ) throws -> (repeat each Answer) {
        var statements: [(sql: SQL, label: StatementLabel)] = []
        for sql in repeat (each statement).sql { statements.append((sql, sql.label(file, line))) }
        var results = try connection.pipeline(statements).makeIterator()
        func answer<One>(to statement: Statement<One>) throws -> One {
            guard let result = results.next() else { preconditionFailure("a statement without an answer") }
            return try statement.read(result)
        }
        return (repeat try answer(to: each statement))
    }

    /// Runs any number of statements of one kind in one round trip, as ``pipeline(_:file:line:)-(Statement<Answer>...)``.
    ///
    /// - Returns: one answer for each statement.
    public func pipeline<Answer>(
        _ statements: [Statement<Answer>], file: String = #fileID, line: Int = #line
    ) throws -> [Answer] {
        let results = try connection.pipeline(statements.map { ($0.sql, $0.sql.label(file, line)) })
        return try zip(statements, results).map { try $0.read($1) }
    }
}
