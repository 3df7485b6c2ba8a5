public import Postgres

/// A choice that is stored as its text: an enum of strings that a CHECK constraint lists.
public protocol StoredText: SQLParameter, ColumnDecodable, RawRepresentable<String> {}

extension StoredText {
    public static var sqlType: SQLType { .text }
    public var sqlText: String? { rawValue }

    public init(column: ColumnText) throws {
        guard let value = Self(rawValue: column.string) else { throw ColumnMismatch(expected: "\(Self.self)") }
        self = value
    }
}
