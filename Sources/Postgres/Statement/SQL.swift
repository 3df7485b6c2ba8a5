/// A statement whose interpolated values are parameters, never text.
///
/// ```swift
/// let sql: SQL = "SELECT name FROM parties.store WHERE store_id = \(store)"
/// // sql.text == "SELECT name FROM parties.store WHERE store_id = $1"
/// ```
///
/// Interpolating another `SQL` joins the two statements and renumbers its parameters. A `String` variable is a
/// value like any other; there is no way to make one part of the statement's text.
public struct SQL: ExpressibleByStringInterpolation, Sendable {
    /// What stands between and around the values, in order; `nil` marks the place of the next value.
    private(set) var pieces: [String?]
    private(set) var values: [SQLValue]
    /// Whether the statement is worth keeping prepared. Statements built with a varying number of rows are not.
    var isReusable = true
    /// What errors and metrics call the statement; `nil` stands for the line of code that runs it.
    private(set) var name: StatementName?

    public init(stringLiteral value: String) {
        pieces = [value]
        values = []
    }

    public init(stringInterpolation: Interpolation) {
        pieces = stringInterpolation.pieces
        values = stringInterpolation.values
        isReusable = stringInterpolation.isReusable
    }

    /// The statement as the server receives it, its values replaced by `$1`, `$2`, ….
    public var text: String {
        var text = ""
        var number = 0
        for piece in pieces {
            if let piece {
                text += piece
            } else {
                number += 1
                text += "$\(number)"
            }
        }
        return text
    }

    /// The same statement, called `name` in errors and metrics instead of the line of code that runs it.
    public func named(_ name: StaticString) -> SQL {
        var named = self
        named.name = StatementName(place: name.description, line: 0)
        return named
    }

    func label(_ file: String, _ line: Int) -> StatementLabel {
        StatementLabel(text, name ?? StatementName(place: file, line: line))
    }

    /// Whether it is COPY, whose data libpq moves by calls of its own.
    var isCopy: Bool {
        guard let start = pieces.first ?? nil else { return false }
        return start.drop(while: \.isWhitespace).prefix(4).lowercased() == "copy"
    }

    /// Collects the literal text and the values of a statement.
    public struct Interpolation: StringInterpolationProtocol {
        var pieces: [String?] = []
        var values: [SQLValue] = []
        var isReusable = true

        public init(literalCapacity: Int, interpolationCount: Int) {
            pieces.reserveCapacity(interpolationCount * 2 + 1)
            values.reserveCapacity(interpolationCount)
        }

        public mutating func appendLiteral(_ literal: String) {
            pieces.append(literal)
        }

        /// A value that becomes a parameter.
        public mutating func appendInterpolation(_ value: some SQLParameter) {
            pieces.append(nil)
            values.append(value.sqlValue)
        }

        /// A value that becomes a parameter; `nil` is NULL.
        public mutating func appendInterpolation<Value: SQLParameter>(_ value: Value?) {
            pieces.append(nil)
            values.append(value.sqlValue)
        }

        /// A fragment of a statement with its own values.
        public mutating func appendInterpolation(_ fragment: SQL) {
            pieces += fragment.pieces
            values += fragment.values
            isReusable = isReusable && fragment.isReusable
        }

        /// Rows for `INSERT … VALUES`: `\(rows: [[a, b], [c, d]])` becomes `($1, $2), ($3, $4)`.
        public mutating func appendInterpolation(rows: [[any SQLParameter]]) {
            isReusable = false
            for (number, row) in rows.enumerated() {
                pieces.append(number == 0 ? "(" : ", (")
                for (column, value) in row.enumerated() {
                    if column > 0 { pieces.append(", ") }
                    pieces.append(nil)
                    values.append(value.sqlValue)
                }
                pieces.append(")")
            }
        }
    }
}

extension SQL {
    /// Joins conditions with AND; no condition at all is `TRUE`.
    public static func all(_ conditions: [SQL]) -> SQL {
        guard let first = conditions.first else { return "TRUE" }
        return conditions.dropFirst().reduce("(\(first))") { "\($0) AND (\($1))" }
    }
}
