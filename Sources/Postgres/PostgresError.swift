/// What went wrong between the program and PostgreSQL.
///
/// `description` names the kind, the SQLSTATE, what the server says was violated and where, and the statement's name.
/// It holds no data: the server's own message may quote values, and is only in `debugDescription`.
public struct PostgresError: Error, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    public enum Kind: Sendable, Equatable {
        /// No connection could be made.
        case unreachable
        /// The connection broke before COMMIT was sent: nothing of the transaction has happened.
        case connectionLost
        /// The connection broke while COMMIT was under way: the transaction may have happened or not.
        case outcomeUnknown
        /// The server refused a statement; `sqlState` and `constraint` tell more.
        case statement
        /// As many callers wait for a connection as may; nothing has happened.
        case tooManyWaiting
        /// No connection became free in time; nothing has happened.
        case waitedTooLong
        /// The database was closed, or the call or one of its values is not possible (a zero byte in text).
        case misuse
    }

    public let kind: Kind
    /// Five characters, as in PostgreSQL's appendix A; empty when the server did not say.
    public let sqlState: String
    /// The violated constraint, named as a sentence in this project's schemas.
    public let constraint: String?
    /// The schema, table and column at fault, where the server says so.
    public let schema: String?
    public let table: String?
    public let column: String?
    /// The character of `statement` that the server points at, from 1.
    public let position: Int?
    /// The statement's text with `$n` for its values.
    public let statement: String?
    /// What the statement is called: the place in the program that ran it (`Module/File.swift:12`), or its given name.
    public let name: String?
    let message: String
    /// Whether the server has lost the prepared statement, or it no longer fits the schema: it is prepared anew.
    let isStalePlan: Bool

    init(
        _ kind: Kind, _ label: StatementLabel? = nil, sqlState: String = "", message: String, fields: (Field) -> String? = { _ in nil },
        wasPrepared: Bool = false
    ) {
        self.kind = kind
        self.sqlState = sqlState
        constraint = fields(.constraint).map(Self.withoutShard)
        schema = fields(.schema)
        table = fields(.table).map(Self.withoutShard)
        column = fields(.column)
        position = fields(.position).flatMap { Int($0) }
        statement = label?.text
        name = label?.name?.description
        // By the place in the server's code: the message is in the server's language.
        isStalePlan =
            wasPrepared && (sqlState == "26000" || sqlState == "0A000" && fields(.sourceFunction) == "RevalidateCachedQuery")
        self.message = message
    }

    /// The parts of a server's answer, by libpq's letters.
    enum Field: Character {
        case constraint = "n"
        case schema = "s"
        case table = "t"
        case column = "c"
        case position = "P"
        case sourceFunction = "R"
        case sqlState = "C"
        case severity = "V"
    }

    public var description: String {
        var text = "PostgreSQL: \(kind)"
        if !sqlState.isEmpty { text += " \(sqlState)" }
        if let constraint { text += ", constraint \(constraint)" }
        if let table { text += ", table \(schema.map { "\($0)." } ?? "")\(table)" }
        if let column { text += ", column \(column)" }
        if let position { text += ", at character \(position)" }
        if let place = name ?? statement.map({ String($0.prefix(200)) }) { text += ", in \(place)" }
        return text
    }

    /// The description, the statement's text and the server's message, which may quote data.
    public var debugDescription: String {
        (["\(description)", message] + (name == nil ? [] : [statement].compactMap { $0 })).joined(separator: "\n")
    }

    /// Whether running the same transaction again can succeed: serialization failure, deadlock, a plan made before
    /// the schema changed, or a connection lost before COMMIT.
    public var isTransient: Bool {
        // 25P03: the transaction sat idle for too long, and would again.
        kind == .connectionLost && sqlState != "25P03" || ["40001", "40P01"].contains(sqlState) || isStalePlan
    }

    /// What the server would have said had the statement been sent and then cancelled.
    static func cancelled(before label: StatementLabel) -> PostgresError {
        PostgresError(.statement, label, sqlState: "57014", message: "cancelled before it was sent")
    }

    static func occupied(_ label: StatementLabel) -> PostgresError {
        PostgresError(.misuse, label, message: "rows of another statement are being read on this connection")
    }

    /// The same failure, seen from a COMMIT whose answer did not come.
    var asOutcomeUnknown: PostgresError {
        PostgresError(.outcomeUnknown, StatementLabel("COMMIT"), sqlState: sqlState, message: message)
    }

    /// Distributed tables report `balance_pkey_102089` for `balance_pkey`.
    static func withoutShard(_ name: String) -> String {
        guard let underscore = name.lastIndex(of: "_") else { return name }
        let suffix = name[name.index(after: underscore)...]
        return suffix.count >= 5 && suffix.allSatisfy(\.isNumber) ? String(name[..<underscore]) : name
    }
}
