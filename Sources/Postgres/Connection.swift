import Foundation
internal import CPostgres

/// One connection to the server. It is used by one thread, the worker that made it; only ``Canceller`` and ``Watch`` may
/// be used from others.
final class Connection {
    private let pointer: OpaquePointer
    private var prepared: [String: String] = [:]
    private var statementsPrepared = 0
    /// The last statement that the server refused: why the present transaction cannot commit, if it cannot.
    private(set) var refusal: PostgresError?
    /// Whether the work under way is no longer wanted; asked before each statement.
    var isCancelled: () -> Bool = { false }
    static let preparedMax = 500
    let watch: Watch

    /// Connects, or throws ``PostgresError`` of kind `unreachable`.
    ///
    /// - Parameter statementTimeout: what the server will be told.
    init(_ conninfo: String, statementTimeout: Duration) throws(PostgresError) {
        guard let pointer = PQconnectdb(conninfo) else {
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

    func canceller() -> Canceller? { PQgetCancel(pointer).map(Canceller.init) }

    /// Runs statements without parameters, separated by semicolons, in one round trip.
    func run(script: String) throws(PostgresError) {
        watch.begin()
        _ = try checked(PQexec(pointer, script), statement: script)
    }

    func run(_ sql: SQL) throws(PostgresError) -> Result {
        let text = sql.text
        let values = sql.values
        if isCancelled() { throw .cancelled(before: text) }
        guard !values.contains(where: { $0.text?.utf8.contains(0) ?? false }) else {
            throw PostgresError(.misuse, statement: text, message: "a value holds a zero byte, which text cannot")
        }
        let name = sql.isReusable ? try prepare(text, types: values.map(\.type)) : nil
        let copies = values.map { value in value.text.flatMap { strdup($0) } }
        defer { for copy in copies { free(copy) } }
        let arguments = copies.map { UnsafePointer($0) }
        watch.begin()
        if let name {
            return try checked(
                PQexecPrepared(pointer, name, Int32(values.count), arguments, nil, nil, 0), statement: text)
        }
        return try checked(
            PQexecParams(
                pointer, text, Int32(values.count), values.map(\.type.rawValue), arguments, nil, nil, 0),
            statement: text)
    }

    private func prepare(_ text: String, types: [SQLType]) throws(PostgresError) -> String {
        let key = text + "\u{1F}" + types.map { String($0.rawValue) }.joined(separator: ",")
        if let name = prepared[key] { return name }
        if prepared.count >= Self.preparedMax { try forgetPrepared() }
        statementsPrepared += 1
        let name = "s\(statementsPrepared)"
        watch.begin()
        _ = try checked(
            PQprepare(pointer, name, text, Int32(types.count), types.map(\.rawValue)), statement: text)
        prepared[key] = name
        return name
    }

    /// Drops every prepared statement, because there are too many or the schema has changed under them.
    func forgetPrepared() throws(PostgresError) {
        prepared = [:]
        try run(script: "DEALLOCATE ALL")
    }

    /// Sends `rows` to a `COPY … FROM STDIN` statement in text format.
    ///
    /// - Returns: how many rows the server took.
    func copy(_ statement: SQL, rows: some Sequence<[(any SQLParameter)?]>) throws -> Int {
        let text = statement.text
        if isCancelled() { throw PostgresError.cancelled(before: text) }
        watch.begin()
        let start = PQexec(pointer, text)
        guard PQresultStatus(start) == PGRES_COPY_IN else {
            _ = try checked(start, statement: text)
            throw PostgresError(.misuse, statement: text, message: "the statement is not COPY … FROM STDIN")
        }
        PQclear(start)
        do {
            var buffer: [UInt8] = []
            for row in rows {
                CopyText.append(row, to: &buffer)
                if buffer.count > 1 << 16 {
                    // While it is fed, libpq does not look at what the server says.
                    if isCancelled() || watch.isOverdue { throw PostgresError.cancelled(before: text) }
                    try put(&buffer, statement: text)
                }
            }
            try put(&buffer, statement: text)
        } catch {
            PQputCopyEnd(pointer, "the program stopped: \(type(of: error))")
            while let result = PQgetResult(pointer) { PQclear(result) }
            watch.end()
            throw error
        }
        PQputCopyEnd(pointer, nil)
        let result = try checked(PQgetResult(pointer), statement: text)
        while let extra = PQgetResult(pointer) { PQclear(extra) }
        return result.affected
    }

    private func put(_ buffer: inout [UInt8], statement: String) throws(PostgresError) {
        let sent = buffer.withUnsafeBytes { PQputCopyData(pointer, $0.bindMemory(to: CChar.self).baseAddress, Int32($0.count)) }
        guard sent == 1 || buffer.isEmpty else {
            throw PostgresError(.connectionLost, statement: statement, message: String(cString: PQerrorMessage(pointer)))
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private func checked(_ pointer: OpaquePointer?, statement: String) throws(PostgresError) -> Result {
        watch.end()
        guard let pointer else {
            throw PostgresError(
                isAlive ? .misuse : .connectionLost, statement: statement, message: String(cString: PQerrorMessage(self.pointer)))
        }
        switch PQresultStatus(pointer) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY:
            return Result(pointer)
        default:
            defer { PQclear(pointer) }
            func field(_ code: Character) -> String? {
                guard let ascii = code.asciiValue, let text = PQresultErrorField(pointer, Int32(ascii)) else { return nil }
                return String(cString: text)
            }
            // Without a code it is libpq that speaks: it has lost the server, and may not have closed the connection yet.
            // Class 57P: the server is going down or ended this session.
            let sqlState = field("C") ?? ""
            let error = PostgresError(
                sqlState.isEmpty || sqlState.hasPrefix("57P") ? .connectionLost : .statement, sqlState: sqlState,
                constraint: field("n"), position: field("P").flatMap { Int($0) }, statement: statement,
                message: String(cString: PQresultErrorMessage(pointer)))
            // 25P02 only repeats that an earlier statement failed.
            if sqlState != "25P02" { refusal = error }
            throw error
        }
    }
}

/// Asks the server to stop what a connection is doing.
///
/// `@unchecked Sendable`: libpq documents `PQcancel` as safe on any thread, and the pointer never changes.
final class Canceller: @unchecked Sendable {
    private let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) { self.pointer = pointer }

    deinit { PQfreeCancel(pointer) }

    func cancel() {
        var message = [CChar](repeating: 0, count: 256)
        PQcancel(pointer, &message, 256)
    }
}
