public import Foundation

/// PostgreSQL's number for a type, as `pg_type.oid` has it for the built-in types.
public enum SQLType: UInt32, Sendable {
    case boolean = 16
    case bytes = 17
    case bigint = 20
    case smallint = 21
    case integer = 23
    case text = 25
    case json = 114
    case bigintArray = 1016
    case integerArray = 1007
    case textArray = 1009
    case date = 1082
    case dateArray = 1182
    case timestamp = 1184
    case numeric = 1700
    case uuid = 2950
    case uuidArray = 2951
    case jsonb = 3802
}

/// A parameter as it is sent: its type and its text form, `nil` for NULL.
public struct SQLValue: Sendable {
    public let type: SQLType
    public let text: String?

    public init(type: SQLType, text: String?) {
        self.type = type
        self.text = text
    }
}

/// A value that can be interpolated into ``SQL``.
public protocol SQLParameter: Sendable {
    static var sqlType: SQLType { get }
    /// The value in PostgreSQL's text form; `nil` is NULL.
    var sqlText: String? { get }
}

extension SQLParameter {
    public var sqlValue: SQLValue { SQLValue(type: Self.sqlType, text: sqlText) }
}

extension Optional: SQLParameter where Wrapped: SQLParameter {
    public static var sqlType: SQLType { Wrapped.sqlType }
    public var sqlText: String? { self?.sqlText }
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

/// Bytes for a `bytea` parameter or column.
public struct Bytes: SQLParameter, Hashable {
    public var bytes: [UInt8]

    public init(_ bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)
    }

    public static var sqlType: SQLType { .bytes }

    public var sqlText: String? {
        var text = "\\x"
        text.reserveCapacity(2 + bytes.count * 2)
        for byte in bytes {
            text += byte < 16 ? "0" : ""
            text += String(byte, radix: 16)
        }
        return text
    }
}

/// A JSON document for a `jsonb` parameter or column, as text.
public struct JSONText: SQLParameter, Hashable {
    public var text: String

    public init(_ text: String) {
        self.text = text
    }

    public static var sqlType: SQLType { .jsonb }
    public var sqlText: String? { text }
}

extension Array: SQLParameter where Element: SQLArrayElement {
    public static var sqlType: SQLType { Element.sqlArrayType }

    public var sqlText: String? {
        var bytes: [UInt8] = [UInt8(ascii: "{")]
        for (number, element) in enumerated() {
            if number > 0 { bytes.append(UInt8(ascii: ",")) }
            guard let text = element.sqlText else {
                bytes += "NULL".utf8
                continue
            }
            bytes.append(UInt8(ascii: "\""))
            // By bytes: as a character, a quote followed by a combining mark is no quote.
            for byte in text.utf8 {
                if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { bytes.append(UInt8(ascii: "\\")) }
                bytes.append(byte)
            }
            bytes.append(UInt8(ascii: "\""))
        }
        bytes.append(UInt8(ascii: "}"))
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// A value that can be an element of an array parameter (`= ANY(\(values))`).
public protocol SQLArrayElement: SQLParameter {
    static var sqlArrayType: SQLType { get }
}

extension Optional: SQLArrayElement where Wrapped: SQLArrayElement {
    public static var sqlArrayType: SQLType { Wrapped.sqlArrayType }
}

extension Int64: SQLArrayElement { public static var sqlArrayType: SQLType { .bigintArray } }
extension Int: SQLArrayElement { public static var sqlArrayType: SQLType { .bigintArray } }
extension Int32: SQLArrayElement { public static var sqlArrayType: SQLType { .integerArray } }
extension String: SQLArrayElement { public static var sqlArrayType: SQLType { .textArray } }
extension UUID: SQLArrayElement { public static var sqlArrayType: SQLType { .uuidArray } }
