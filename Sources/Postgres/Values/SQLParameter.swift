public import Foundation

/// A value that can be interpolated into ``SQL`` and loaded by COPY.
public protocol SQLParameter: Sendable {
    static var sqlType: SQLType { get }
    /// The value in PostgreSQL's text form; `nil` is NULL.
    var sqlText: String? { get }
    /// The value as a parameter; its text form unless the type has a better one.
    var sqlValue: SQLValue { get }
}

extension SQLParameter {
    public var sqlValue: SQLValue { SQLValue(type: Self.sqlType, text: sqlText) }
}

extension Optional: SQLParameter where Wrapped: SQLParameter {
    public static var sqlType: SQLType { Wrapped.sqlType }
    public var sqlText: String? { self?.sqlText }
    public var sqlValue: SQLValue { self?.sqlValue ?? SQLValue(type: Self.sqlType, text: nil) }
}

extension Bool: SQLParameter {
    public static var sqlType: SQLType { .boolean }
    public var sqlText: String? { self ? "t" : "f" }
}

extension Int: SQLParameter {
    public static var sqlType: SQLType { .bigint }
    public var sqlText: String? { String(self) }
}

extension Int64: SQLParameter {
    public static var sqlType: SQLType { .bigint }
    public var sqlText: String? { String(self) }
}

extension Int32: SQLParameter {
    public static var sqlType: SQLType { .integer }
    public var sqlText: String? { String(self) }
}

extension Int16: SQLParameter {
    public static var sqlType: SQLType { .smallint }
    public var sqlText: String? { String(self) }
}

extension String: SQLParameter {
    public static var sqlType: SQLType { .text }
    public var sqlText: String? { self }
}

extension UUID: SQLParameter {
    public static var sqlType: SQLType { .uuid }
    public var sqlText: String? { uuidString.lowercased() }
}
