/// The open transaction a closure runs in. It is not `Sendable`: it cannot leave the closure's thread.
///
/// Each statement is called by the line of code that runs it, in errors and metrics; ``SQL/named(_:)`` gives it another
/// name. The parameters `file` and `line` are for that and are left to their defaults.
public final class Transaction {
    let connection: Connection
    private var savepoints = 0

    init(_ connection: Connection) { self.connection = connection }

    /// Runs a statement and reads each row of its result.
    public func query<Value>(
        _ sql: SQL, file: String = #fileID, line: Int = #line, _ read: (Row) throws -> Value
    ) throws -> [Value] {
        let result = try connection.run(sql, sql.label(file, line))
        return try (0..<result.count).map { try read(Row(result: result, number: $0)) }
    }

    /// Runs a statement and reads its first row; `nil` when it brought none.
    public func first<Value>(
        _ sql: SQL, file: String = #fileID, line: Int = #line, _ read: (Row) throws -> Value
    ) throws -> Value? {
        let result = try connection.run(sql, sql.label(file, line))
        return result.count == 0 ? nil : try read(Row(result: result, number: 0))
    }

    /// Runs a statement whose rows do not matter.
    ///
    /// - Returns: how many rows it inserted, changed, deleted or selected.
    @discardableResult
    public func execute(_ sql: SQL, file: String = #fileID, line: Int = #line) throws(PostgresError) -> Int {
        try connection.run(sql, sql.label(file, line)).affected
    }

    /// Runs statements written by hand and kept in files, such as migrations: no values, several at once.
    public func execute(script: String, file: String = #fileID, line: Int = #line) throws(PostgresError) {
        try connection.run(script: script, name: StatementName(place: file, line: line))
    }

    /// Inserts rows with statements of many rows each.
    ///
    /// - Parameters:
    ///   - table: what follows `INSERT INTO`: the table and its columns, `"audit.event (a, b)"`.
    ///   - rows: one value for each column.
    ///   - conflict: what follows the rows, such as `ON CONFLICT DO NOTHING`.
    public func insert(
        into table: SQL, rows: [[any SQLParameter]], _ conflict: SQL = "", file: String = #fileID, line: Int = #line
    ) throws(PostgresError) {
        guard let width = rows.first?.count else { return }
        // The protocol counts parameters in 16 bits.
        let rowsMax = min(1_000, 60_000 / max(1, width))
        var start = 0
        while start < rows.count {
            let end = min(rows.count, start + rowsMax)
            try execute("INSERT INTO \(table) VALUES \(rows: Array(rows[start..<end])) \(conflict)", file: file, line: line)
            start = end
        }
    }

    /// Runs `body` so that what it did is undone, and only that, when it throws.
    public func savepoint<Value>(_ body: () throws -> Value) throws -> Value {
        savepoints += 1
        let name = "savepoint_\(savepoints)"
        try connection.run(script: "SAVEPOINT \(name)")
        do {
            let value = try body()
            try connection.run(script: "RELEASE SAVEPOINT \(name)")
            return value
        } catch {
            try connection.run(script: "ROLLBACK TO SAVEPOINT \(name); RELEASE SAVEPOINT \(name)")
            throw error
        }
    }
}
