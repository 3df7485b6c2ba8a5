public import Foundation

/// A value that can be an element of an array parameter (`= ANY(\(values))`).
public protocol SQLArrayElement: SQLParameter {
    static var sqlArrayType: SQLType { get }
}

extension Optional: SQLArrayElement where Wrapped: SQLArrayElement {
    public static var sqlArrayType: SQLType { Wrapped.sqlArrayType }
}

extension Bool: SQLArrayElement { public static var sqlArrayType: SQLType { .booleanArray } }
extension Int64: SQLArrayElement { public static var sqlArrayType: SQLType { .bigintArray } }
extension Int: SQLArrayElement { public static var sqlArrayType: SQLType { .bigintArray } }
extension Int32: SQLArrayElement { public static var sqlArrayType: SQLType { .integerArray } }
extension Int16: SQLArrayElement { public static var sqlArrayType: SQLType { .smallintArray } }
extension String: SQLArrayElement { public static var sqlArrayType: SQLType { .textArray } }
extension UUID: SQLArrayElement { public static var sqlArrayType: SQLType { .uuidArray } }
extension Bytes: SQLArrayElement { public static var sqlArrayType: SQLType { .bytesArray } }
extension Numeric: SQLArrayElement { public static var sqlArrayType: SQLType { .numericArray } }
extension JSONText: SQLArrayElement { public static var sqlArrayType: SQLType { .jsonbArray } }

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

extension Array: ColumnDecodable where Element: ColumnDecodable {
    /// Reads an array of one dimension. NULL elements become what `Element` reads NULL as.
    ///
    /// - Throws: ``ColumnMismatch`` for anything else, an array of several dimensions among it.
    public init(column: ColumnText) throws {
        guard let elements = ArrayText(column.bytes).elements() else { throw ColumnMismatch(expected: "[\(Element.self)]") }
        self = try elements.map { element in
            guard let element else {
                guard let value = Element.whenNull else { throw ColumnMismatch(expected: "\(Element.self), it is NULL") }
                return value
            }
            return try element.withUnsafeBufferPointer { try Element(column: ColumnText(bytes: $0)) }
        }
    }
}

/// An array's text form: elements in braces parted by commas, quoted where they need it, after the bounds when these
/// do not begin at 1: `[0:1]={a,"b,c"}`.
struct ArrayText {
    private let bytes: Slice<UnsafeBufferPointer<UInt8>>

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes.first == UInt8(ascii: "[") ? bytes.drop { $0 != UInt8(ascii: "{") } : bytes[...]
    }

    /// The elements, `nil` for NULL; no list at all when the text is not an array of one dimension.
    func elements() -> [[UInt8]?]? {
        guard bytes.count >= 2, bytes.first == UInt8(ascii: "{"), bytes.last == UInt8(ascii: "}") else { return nil }
        let inside = bytes.dropFirst().dropLast()
        guard !inside.isEmpty else { return [] }
        var elements: [[UInt8]?] = []
        var element: [UInt8] = []
        var isQuoted = false
        var wasQuoted = false
        var isEscaped = false
        func finished() -> [UInt8]? { !wasQuoted && element.elementsEqual("NULL".utf8) ? nil : element }
        for byte in inside {
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
            case UInt8(ascii: "{") where !isQuoted, UInt8(ascii: "}") where !isQuoted:
                return nil
            default:
                element.append(byte)
            }
        }
        guard !isQuoted, !isEscaped else { return nil }
        elements.append(finished())
        return elements
    }
}
