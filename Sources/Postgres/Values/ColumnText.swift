/// One column of one row. It lives only as long as the row it came from.
///
/// It came in PostgreSQL's text form, or in binary form when the library found that to be faster; ``string``,
/// ``number(as:)`` and the other readings are the same for both.
public struct ColumnText {
    /// The bytes as they came, without a terminating zero.
    public let bytes: UnsafeBufferPointer<UInt8>
    /// The type whose binary form ``bytes`` are; `nil` when they are text.
    public let binaryType: SQLType?

    init(bytes: UnsafeBufferPointer<UInt8>, binaryType: SQLType? = nil) {
        self.bytes = bytes
        self.binaryType = binaryType
    }

    /// Whether ``bytes`` are the text form; for text itself both forms are the same.
    var isText: Bool { binaryType.map(BinaryForm.isSameAsText) ?? true }

    /// The value in its text form.
    public var string: String {
        if let binaryType, let text = BinaryForm.text(of: bytes, binaryType) { return text }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The value as a whole number.
    ///
    /// - Throws: ``ColumnMismatch`` when it is not a number that fits `Number`.
    public func number<Number: FixedWidthInteger>(as: Number.Type = Number.self) throws -> Number {
        if let binaryType, let value = BinaryForm.integer(of: bytes, binaryType) {
            guard let number = Number(exactly: value) else { throw ColumnMismatch(expected: "\(Number.self)") }
            return number
        }
        guard let number: Number = Self.number(isText ? bytes[...] : bytes[bytes.endIndex...]) else {
            throw ColumnMismatch(expected: "\(Number.self)")
        }
        return number
    }

    /// Microseconds since 1970-01-01T00:00:00Z of a `timestamptz` that came in binary form; `nil` for text and infinity.
    public var timestampMicroseconds: Int64? {
        guard binaryType == .timestamp else { return nil }
        return BinaryForm.timestampMicroseconds(bytes)
    }

    /// Days since 1970-01-01 of a `date` that came in binary form; `nil` for text and infinity.
    public var dateDays: Int32? {
        guard binaryType == .date else { return nil }
        return BinaryForm.dateDays(bytes)
    }

    private static func number<Number: FixedWidthInteger>(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Number? {
        var index = text.startIndex
        let isNegative = text.first == UInt8(ascii: "-")
        if isNegative { index += 1 }
        guard index < text.endIndex else { return nil }
        var value: Number = 0
        while index < text.endIndex {
            let digit = text[index] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            let (product, overflowed) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflowedAgain) =
                isNegative
                ? product.subtractingReportingOverflow(Number(digit)) : product.addingReportingOverflow(Number(digit))
            guard !overflowed, !overflowedAgain else { return nil }
            value = sum
            index += 1
        }
        return value
    }
}

/// A column holds something else than the program asked for: a defect of the program, not of the data.
public struct ColumnMismatch: Error, CustomStringConvertible {
    public var column: String?
    public var expected: String

    public init(expected: String, column: String? = nil) {
        self.expected = expected
        self.column = column
    }

    public var description: String { "column \(column ?? "?") does not hold \(expected)" }
}
