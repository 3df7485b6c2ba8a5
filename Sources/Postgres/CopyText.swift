/// COPY's text format: columns parted by tabs, rows ended by line feeds, `\N` for NULL.
enum CopyText {
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
}
