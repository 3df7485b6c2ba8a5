/// What went wrong between the program and PostgreSQL.
///
/// `description` names the kind, the SQLSTATE, the constraint and the statement's text, and holds no data: the
/// server's own message may quote values, and is only in `debugDescription`.
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
        /// The database was closed, or a value cannot be sent (a zero byte in text).
        case misuse
    }

    public let kind: Kind
    /// Five characters, as in PostgreSQL's appendix A; empty when the server did not say.
    public let sqlState: String
    /// The violated constraint, named as a sentence in this project's schemas.
    public let constraint: String?
    /// The character of `statement` that the server points at, from 1.
    public let position: Int?
    /// The statement's text with `$n` for its values.
    public let statement: String?
    let message: String

    init(
        _ kind: Kind, sqlState: String = "", constraint: String? = nil, position: Int? = nil, statement: String? = nil,
        message: String
    ) {
        self.kind = kind
        self.sqlState = sqlState
        self.constraint = constraint.map(Self.withoutShard)
        self.position = position
        self.statement = statement
        self.message = message
    }

    public var description: String {
        var text = "PostgreSQL: \(kind)"
        if !sqlState.isEmpty { text += " \(sqlState)" }
        if let constraint { text += ", constraint \(constraint)" }
        if let position { text += ", at character \(position)" }
        if let statement { text += ", in: \(statement.prefix(400))" }
        return text
    }

    public var debugDescription: String { "\(description)\n\(message)" }

    /// Whether running the same transaction again can succeed: serialization failure, deadlock, a plan made before
    /// the schema changed, or a connection lost before COMMIT.
    public var isTransient: Bool {
        kind == .connectionLost || ["40001", "40P01"].contains(sqlState) || isStalePlan
    }

    /// What the server would have said had the statement been sent and then cancelled.
    static func cancelled(before statement: String) -> PostgresError {
        PostgresError(.statement, sqlState: "57014", statement: statement, message: "cancelled before it was sent")
    }

    var isStalePlan: Bool { sqlState == "0A000" && message.contains("cached plan") }

    /// Distributed tables report `balance_pkey_102089` for `balance_pkey`.
    static func withoutShard(_ constraint: String) -> String {
        guard let underscore = constraint.lastIndex(of: "_") else { return constraint }
        let suffix = constraint[constraint.index(after: underscore)...]
        return suffix.count >= 5 && suffix.allSatisfy(\.isNumber) ? String(constraint[..<underscore]) : constraint
    }
}
