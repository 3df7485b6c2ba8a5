/// COPY's text format: columns parted by tabs, rows ended by line feeds, `\N` for NULL.
enum CopyText {
    /// How many bytes of rows are gathered before they are handed on.
    static let chunkBytes = 1 << 16

    static func append(_ row: [(any SQLParameter)?], to buffer: inout [UInt8]) {
        for (column, value) in row.enumerated() {
            if column > 0 { buffer.append(UInt8(ascii: "\t")) }
            guard let text = value?.sqlText else {
                buffer += "\\N".utf8
                continue
            }
            for byte in text.utf8 {
                switch byte {
                case UInt8(ascii: "\\"): buffer += "\\\\".utf8
                case UInt8(ascii: "\t"): buffer += "\\t".utf8
                case UInt8(ascii: "\n"): buffer += "\\n".utf8
                case UInt8(ascii: "\r"): buffer += "\\r".utf8
                default: buffer.append(byte)
                }
            }
        }
        buffer.append(UInt8(ascii: "\n"))
    }

    /// The columns of one row, `nil` for NULL. `line` may end with its line feed.
    static func columns(of line: some Collection<UInt8>) -> [[UInt8]?] {
        var columns: [[UInt8]?] = []
        var column: [UInt8] = []
        var isNull = false
        var isEscaped = false
        for byte in line {
            if isEscaped {
                isEscaped = false
                if byte == UInt8(ascii: "N") { isNull = true } else { column.append(unescaped(byte)) }
                continue
            }
            switch byte {
            case UInt8(ascii: "\\"): isEscaped = true
            case UInt8(ascii: "\t"):
                columns.append(isNull ? nil : column)
                column.removeAll(keepingCapacity: true)
                isNull = false
            case UInt8(ascii: "\n"): break
            default: column.append(byte)
            }
        }
        columns.append(isNull ? nil : column)
        return columns
    }

    private static func unescaped(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "t"): 0x09
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "v"): 0x0B
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "r"): 0x0D
        default: byte
        }
    }
}
