public import Foundation

/// A type that a column can be read as.
public protocol ColumnDecodable {
    init(column: ColumnText) throws
    /// What a NULL column is read as; `nil` when NULL is not allowed.
    static var whenNull: Self? { get }
}

extension ColumnDecodable {
    public static var whenNull: Self? { nil }
}

extension Optional: ColumnDecodable where Wrapped: ColumnDecodable {
    public init(column: ColumnText) throws { self = try Wrapped(column: column) }
    public static var whenNull: Wrapped?? { .some(nil) }
}

extension Int: ColumnDecodable { public init(column: ColumnText) throws { self = try column.number() } }
extension Int64: ColumnDecodable { public init(column: ColumnText) throws { self = try column.number() } }
extension Int32: ColumnDecodable { public init(column: ColumnText) throws { self = try column.number() } }
extension Int16: ColumnDecodable { public init(column: ColumnText) throws { self = try column.number() } }
extension String: ColumnDecodable { public init(column: ColumnText) { self = column.string } }

extension Bool: ColumnDecodable {
    public init(column: ColumnText) throws {
        if column.binaryType == .boolean, let byte = column.bytes.first {
            self = byte != 0
            return
        }
        switch column.string {
        case "t": self = true
        case "f": self = false
        default: throw ColumnMismatch(expected: "Bool")
        }
    }
}

extension UUID: ColumnDecodable {
    public init(column: ColumnText) throws {
        let value = column.binaryType == .uuid ? BinaryForm.uuid(column.bytes) : UUID(uuidString: column.string)
        guard let value else { throw ColumnMismatch(expected: "UUID") }
        self = value
    }
}
