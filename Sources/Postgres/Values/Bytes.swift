/// Bytes for a `bytea` parameter or column. As a parameter they go in binary form, half as long as the text.
public struct Bytes: SQLParameter, Hashable {
    public var bytes: [UInt8]

    public init(_ bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)
    }

    public static var sqlType: SQLType { .bytes }

    public var sqlText: String? {
        var text = Array("\\x".utf8)
        text.reserveCapacity(2 + bytes.count * 2)
        for byte in bytes {
            text.append(Self.digit(byte >> 4))
            text.append(Self.digit(byte & 15))
        }
        return String(decoding: text, as: UTF8.self)
    }

    public var sqlValue: SQLValue { SQLValue(type: .bytes, binary: bytes) }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 48 + value : 87 + value }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 48...57: digit - 48
        case 97...102: digit - 87
        case 65...70: digit - 55
        default: nil
        }
    }
}

extension Bytes: ColumnDecodable {
    public init(column: ColumnText) throws {
        guard column.binaryType != .bytes else {
            self.init(column.bytes)
            return
        }
        let digits = column.bytes.dropFirst(2)
        guard column.bytes.starts(with: "\\x".utf8), digits.count.isMultiple(of: 2) else {
            throw ColumnMismatch(expected: "Bytes")
        }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(digits.count / 2)
        var index = digits.startIndex
        while index < digits.endIndex {
            guard let high = Self.value(digits[index]), let low = Self.value(digits[index + 1]) else {
                throw ColumnMismatch(expected: "Bytes")
            }
            decoded.append(high << 4 | low)
            index += 2
        }
        self.init(decoded)
    }
}
