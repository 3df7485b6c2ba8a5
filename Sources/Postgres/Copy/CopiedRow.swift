/// One row that `COPY … TO STDOUT` brought in text format. Its columns have positions, no names.
public struct CopiedRow: Sendable {
    private let columns: [[UInt8]?]

    /// - Parameter line: one row in COPY's text format, with or without its line feed.
    init(_ line: some Collection<UInt8>) { columns = CopyText.columns(of: line) }

    public var count: Int { columns.count }

    /// The column at `position`, from 0.
    ///
    /// - Throws: ``ColumnMismatch`` when there is no such column, or it does not hold a `Value`.
    public subscript<Value: ColumnDecodable>(_ position: Int) -> Value {
        get throws {
            guard columns.indices.contains(position) else {
                throw ColumnMismatch(expected: "any column at that position", column: "\(position)")
            }
            guard let bytes = columns[position] else {
                if let value = Value.whenNull { return value }
                throw ColumnMismatch(expected: "\(Value.self), it is NULL", column: "\(position)")
            }
            do {
                return try bytes.withUnsafeBufferPointer { try Value(column: ColumnText(bytes: $0)) }
            } catch let mismatch as ColumnMismatch {
                throw ColumnMismatch(expected: mismatch.expected, column: "\(position)")
            }
        }
    }
}
