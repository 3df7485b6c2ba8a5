import Foundation

/// A JSON document for a `jsonb` parameter or column, as text.
public struct JSONText: SQLParameter, Hashable {
    public var text: String

    public init(_ text: String) {
        self.text = text
    }

    public static var sqlType: SQLType { .jsonb }
    public var sqlText: String? { text }
}

extension JSONText: ColumnDecodable {
    public init(column: ColumnText) { self.init(column.string) }
}

/// A `Codable` value in a `jsonb` parameter, or in a `json` or `jsonb` column.
///
/// ```swift
/// try transaction.execute("INSERT INTO note (content) VALUES (\(try JSON(content)))")
/// let content = try transaction.first("SELECT content FROM note") { try ($0["content"] as JSON<Content>).value }
/// ```
public struct JSON<Value: Codable & Sendable>: SQLParameter {
    public let value: Value
    private let text: String

    /// - Throws: `EncodingError` when the value has no JSON form.
    public init(_ value: Value) throws {
        self.value = value
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        text = String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    public static var sqlType: SQLType { .jsonb }
    public var sqlText: String? { text }

    /// The document alone.
    public var jsonText: JSONText { JSONText(text) }
}

extension JSON: ColumnDecodable {
    /// - Throws: ``ColumnMismatch``, which quotes nothing of the document.
    public init(column: ColumnText) throws {
        text = column.string
        guard let value = try? JSONDecoder().decode(Value.self, from: Data(column.bytes)) else {
            throw ColumnMismatch(expected: "JSON of \(Value.self)")
        }
        self.value = value
    }
}

extension JSON: Equatable where Value: Equatable {
    public static func == (left: Self, right: Self) -> Bool { left.value == right.value }
}
