/// One row of a result, readable while the closure that received it runs.
public struct Row {
    let result: Result
    let number: Int32

    /// The column called `name`.
    ///
    /// - Throws: ``ColumnMismatch`` when there is no such column, or it does not hold a `Value`.
    public subscript<Value: ColumnDecodable>(_ name: String) -> Value {
        get throws {
            guard let column = result.columns.numbers[name] else {
                throw ColumnMismatch(expected: "any column of that name", column: name)
            }
            return try value(column, name: name)
        }
    }

    /// The column at `position`, from 0.
    ///
    /// - Throws: ``ColumnMismatch`` when there is no such column, or it does not hold a `Value`.
    public subscript<Value: ColumnDecodable>(_ position: Int) -> Value {
        get throws {
            guard (0..<result.columns.types.count).contains(position) else {
                throw ColumnMismatch(expected: "any column at that position", column: "\(position)")
            }
            return try value(Int32(position), name: "\(position)")
        }
    }

    private func value<Value: ColumnDecodable>(_ column: Int32, name: @autoclosure () -> String) throws -> Value {
        guard let text = result.text(row: number, column: column) else {
            if let value = Value.whenNull { return value }
            throw ColumnMismatch(expected: "\(Value.self), it is NULL", column: name())
        }
        do {
            return try Value(column: text)
        } catch let mismatch as ColumnMismatch {
            throw ColumnMismatch(expected: mismatch.expected, column: name())
        }
    }
}
