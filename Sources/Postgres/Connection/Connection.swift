import Foundation
internal import CPostgres

/// One connection to the server. It is used by one thread, the worker that made it; only ``Canceller`` and ``Watch`` may
/// be used from others.
final class Connection {
    let pointer: OpaquePointer
    var prepared = PreparedStatements()
    /// The last statement that the server refused: why the present transaction cannot commit, if it cannot.
    private(set) var refusal: PostgresError?
    /// Whether the work under way is no longer wanted; asked before each statement.
    var isCancelled: () -> Bool = { false }
    let watch: Watch
    /// Whether rows of a statement are still being read, so that no other can run.
    var isOccupied = false
    /// What ran since the worker last asked.
    var tally = StatementTally()
    /// Whether statements are prepared; not while a transaction that met an outlived plan is run again.
    var isPreparing = true

    /// What every connection is made with unless the connection string says otherwise: how many seconds each host gets
    /// to answer, and signs of life by which a dead peer is noticed.
    private static let defaults: [(String, String)] = [
        ("connect_timeout", "10"), ("fallback_application_name", ProcessInfo.processInfo.processName), ("keepalives_idle", "30"),
        ("keepalives_interval", "10"), ("keepalives_count", "3"),
    ]

    /// Connects, or throws ``PostgresError`` of kind `unreachable`.
    ///
    /// - Parameter statementTimeout: what the server will be told.
    init(_ conninfo: String, statementTimeout: Duration) throws(PostgresError) {
        // A connection string that stands last wins over what stands before it.
        let options = Self.defaults + [("dbname", conninfo)]
        let copies = options.map { (strdup($0.0), strdup($0.1)) }
        defer {
            for (keyword, value) in copies {
                free(keyword)
                free(value)
            }
        }
        let keywords: [UnsafePointer<CChar>?] = copies.map { UnsafePointer($0.0) } + [nil]
        let values: [UnsafePointer<CChar>?] = copies.map { UnsafePointer($0.1) } + [nil]
        guard let pointer = PQconnectdbParams(keywords, values, 1) else {
            throw PostgresError(.unreachable, message: "out of memory")
        }
        guard PQstatus(pointer) == CONNECTION_OK else {
            let message = String(cString: PQerrorMessage(pointer))
            PQfinish(pointer)
            throw PostgresError(.unreachable, message: message)
        }
        PQsetNoticeReceiver(pointer, { _, _ in }, nil)
        self.pointer = pointer
        watch = Watch(socket: PQsocket(pointer), statementTimeout: statementTimeout)
    }

    deinit { PQfinish(pointer) }

    var isAlive: Bool { PQstatus(pointer) == CONNECTION_OK }
    var isIdle: Bool { PQtransactionStatus(pointer) == PQTRANS_IDLE }
    /// Whether a statement of the transaction failed, so that the server would answer COMMIT by rolling back.
    var isAborted: Bool { PQtransactionStatus(pointer) == PQTRANS_INERROR }
    var message: String { String(cString: PQerrorMessage(pointer)) }

    func canceller() -> Canceller? { PQgetCancel(pointer).map(Canceller.init) }

    /// Runs statements without parameters, separated by semicolons, in one round trip.
    func run(script: String, name: StatementName? = nil) throws(PostgresError) {
        let label = StatementLabel(script, name)
        guard !isOccupied else { throw .occupied(label) }
        watch.begin()
        let start = ContinuousClock.now
        var failed = true
        defer { tally.record(name, .now - start, failed: failed) }
        PQclear(try checked(PQexec(pointer, script), label))
        failed = false
    }

    /// Runs one statement in one round trip, prepared unless it is used once only.
    func run(_ sql: SQL, _ label: StatementLabel) throws(PostgresError) -> Result {
        guard isPreparing, sql.isReusable, !sql.isCopy else { return try runOnce(sql, label) }
        let key = PreparedStatements.Key(text: label.text, types: sql.values.map(\.type))
        guard let entry = prepared.use(key) else { return try pipeline([(sql, label)])[0] }
        try begin(label)
        let arguments = try Arguments(sql.values, of: label)
        watch.begin()
        let start = ContinuousClock.now
        var failed = true
        defer { tally.record(label.name, .now - start, failed: failed) }
        let answer = arguments.withPointers { values, lengths, formats in
            PQexecPrepared(pointer, entry.name, arguments.count, values, lengths, formats, entry.isBinary ? 1 : 0)
        }
        let result = Result(try checked(answer, label, wasPrepared: true), columns: entry.columns)
        failed = false
        return result
    }

    /// Runs one statement without preparing it.
    private func runOnce(_ sql: SQL, _ label: StatementLabel) throws(PostgresError) -> Result {
        try begin(label)
        let arguments = try Arguments(sql.values, of: label)
        watch.begin()
        let start = ContinuousClock.now
        var failed = true
        defer { tally.record(label.name, .now - start, failed: failed) }
        let answer = arguments.withPointers { values, lengths, formats in
            PQexecParams(pointer, label.text, arguments.count, sql.values.map(\.type.rawValue), values, lengths, formats, 0)
        }
        let result = Result(try checked(answer, label))
        failed = false
        return result
    }

    /// Called before a statement is sent.
    ///
    /// - Throws: what the server would say had it been sent and cancelled; `misuse` while rows of another are read.
    func begin(_ label: StatementLabel) throws(PostgresError) {
        if isCancelled() { throw .cancelled(before: label) }
        guard !isOccupied else { throw .occupied(label) }
    }

    /// Drops every prepared statement, because the schema has changed under them or the server has lost them.
    func forgetPrepared() throws(PostgresError) {
        prepared.removeAll()
        try run(script: "DEALLOCATE ALL")
    }

    /// Takes an answer of the server that tells of success; frees it and throws what it tells otherwise.
    func checked(
        _ answer: OpaquePointer?, _ label: StatementLabel, wasPrepared: Bool = false
    ) throws(PostgresError) -> OpaquePointer {
        watch.end()
        guard let answer else {
            throw PostgresError(isAlive ? .misuse : .connectionLost, label, message: message)
        }
        switch PQresultStatus(answer) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY:
            return answer
        case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
            // The next statement ends the copy.
            PQclear(answer)
            throw PostgresError(.misuse, label, message: "COPY has calls of its own")
        default:
            defer { PQclear(answer) }
            func field(_ field: PostgresError.Field) -> String? {
                guard let ascii = field.rawValue.asciiValue, let text = PQresultErrorField(answer, Int32(ascii)) else { return nil }
                return String(cString: text)
            }
            // Without a code it is libpq that speaks: it has lost the server, and may not have closed the connection yet.
            // Class 57P: the server is going down or ended this session, as it does after whatever is fatal.
            let sqlState = field(.sqlState) ?? ""
            let isLost = sqlState.isEmpty || sqlState.hasPrefix("57P") || ["FATAL", "PANIC"].contains(field(.severity))
            let error = PostgresError(
                isLost ? .connectionLost : .statement, label, sqlState: sqlState,
                message: String(cString: PQresultErrorMessage(answer)), fields: field, wasPrepared: wasPrepared)
            // 25P02 only repeats that an earlier statement failed.
            if sqlState != "25P02" { refusal = error }
            throw error
        }
    }
}
