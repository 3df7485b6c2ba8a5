public import Foundation

/// One column of one row, in PostgreSQL's text form. It lives only as long as the row it came from.
public struct ColumnText {
    /// The bytes of the value, without a terminating zero.
    public let bytes: UnsafeBufferPointer<UInt8>

    /// The value as a string.
    public var string: String { String(decoding: bytes, as: UTF8.self) }

    /// The value as a whole number.
    ///
    /// - Throws: ``ColumnMismatch`` when the text is not a number that fits `Number`.
    public func number<Number: FixedWidthInteger>(as: Number.Type = Number.self) throws -> Number {
        var index = bytes.startIndex
        var isNegative = false
        if let first = bytes.first, first == UInt8(ascii: "-") {
            isNegative = true
            index += 1
        }
        guard index < bytes.endIndex else { throw ColumnMismatch(expected: "\(Number.self)") }
        var value: Number = 0
        while index < bytes.endIndex {
            let digit = bytes[index] &- UInt8(ascii: "0")
            guard digit < 10 else { throw ColumnMismatch(expected: "\(Number.self)") }
            let (product, overflowed) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflowedAgain) =
                isNegative
                ? product.subtractingReportingOverflow(Number(digit)) : product.addingReportingOverflow(Number(digit))
            guard !overflowed, !overflowedAgain else { throw ColumnMismatch(expected: "\(Number.self)") }
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

/// A type that a column's text can be read as.
public protocol ColumnDecodable {
    init(column: ColumnText) throws
    /// What a NULL column is read as; `nil` when NULL is not allowed.
    static var whenNull: Self? { get }
}

extension ColumnDecodable {
    public static var whenNull: Self? { nil }
}

/// One row of a result, readable while the closure that received it runs.
public struct Row {
    let result: Result
    let number: Int32

    /// The column called `name`.
    ///
    /// - Throws: ``ColumnMismatch`` when there is no such column, or it does not hold a `Value`.
    public subscript<Value: ColumnDecodable>(_ name: String) -> Value {
        get throws {
            guard let column = result.columns[name] else {
                throw ColumnMismatch(expected: "any column of that name", column: name)
            }
            guard let text = result.text(row: number, column: column) else {
                if let value = Value.whenNull { return value }
                throw ColumnMismatch(expected: "\(Value.self), it is NULL", column: name)
            }
            do {
                return try Value(column: text)
            } catch let mismatch as ColumnMismatch {
                throw ColumnMismatch(expected: mismatch.expected, column: name)
            }
        }
    }
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
extension JSONText: ColumnDecodable { public init(column: ColumnText) { self.init(column.string) } }

extension Bool: ColumnDecodable {
    public init(column: ColumnText) throws {
        switch column.string {
        case "t": self = true
        case "f": self = false
        default: throw ColumnMismatch(expected: "Bool")
        }
    }
}

extension UUID: ColumnDecodable {
    public init(column: ColumnText) throws {
        guard let value = UUID(uuidString: column.string) else { throw ColumnMismatch(expected: "UUID") }
        self = value
    }
}

extension Bytes: ColumnDecodable {
    public init(column: ColumnText) throws {
        let digits = column.bytes.dropFirst(2)
        guard column.bytes.starts(with: "\\x".utf8), digits.count.isMultiple(of: 2) else {
            throw ColumnMismatch(expected: "Bytes")
        }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(digits.count / 2)
        var index = digits.startIndex
        while index < digits.endIndex {
            guard let byte = UInt8(String(decoding: digits[index...index + 1], as: UTF8.self), radix: 16) else {
                throw ColumnMismatch(expected: "Bytes")
            }
            decoded.append(byte)
            index += 2
        }
        self.init(decoded)
    }
}

extension Array: ColumnDecodable where Element: ColumnDecodable {
    /// Reads a one-dimensional array. NULL elements become what `Element` reads NULL as.
    public init(column: ColumnText) throws {
        guard column.bytes.first == UInt8(ascii: "{"), column.bytes.last == UInt8(ascii: "}") else {
            throw ColumnMismatch(expected: "[\(Element.self)]")
        }
        self = try ArrayText(column.bytes.dropFirst().dropLast()).elements().map { element in
            guard let element else {
                guard let value = Element.whenNull else { throw ColumnMismatch(expected: "\(Element.self), it is NULL") }
                return value
            }
            return try element.withUnsafeBufferPointer { try Element(column: ColumnText(bytes: $0)) }
        }
    }
}

/// The inside of an array's text form: elements parted by commas, quoted where they need it.
private struct ArrayText {
    let bytes: Slice<UnsafeBufferPointer<UInt8>>

    init(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) { self.bytes = bytes }

    func elements() -> [[UInt8]?] {
        guard !bytes.isEmpty else { return [] }
        var elements: [[UInt8]?] = []
        var element: [UInt8] = []
        var isQuoted = false
        var wasQuoted = false
        var isEscaped = false
        func finished() -> [UInt8]? { !wasQuoted && element.elementsEqual("NULL".utf8) ? nil : element }
        for byte in bytes {
            switch byte {
            case _ where isEscaped:
                element.append(byte)
                isEscaped = false
            case UInt8(ascii: "\\"):
                isEscaped = true
            case UInt8(ascii: "\""):
                isQuoted.toggle()
                wasQuoted = true
            case UInt8(ascii: ",") where !isQuoted:
                elements.append(finished())
                element = []
                wasQuoted = false
            default:
                element.append(byte)
            }
        }
        elements.append(finished())
        return elements
    }
}
