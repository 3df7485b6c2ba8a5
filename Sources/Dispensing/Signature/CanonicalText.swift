import Foundation

/// A value whose text is always the same bytes: what is signed and, later, verified.
///
/// It is JSON of one form, after RFC 8785: no blanks; members in the order of their names' UTF-8 bytes; whole numbers
/// only; texts in Unicode NFC, of which only `"`, `\` and control characters are escaped, as `\"`, `\\` and `\u00XX` in
/// lower case; what is not there is left out. Encoded as UTF-8.
enum CanonicalText {
    case object([String: CanonicalText?])
    case list([CanonicalText])
    case text(String)
    case number(Int64)
    case flag(Bool)

    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        write(to: &bytes)
        return bytes
    }

    private func write(to bytes: inout [UInt8]) {
        switch self {
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            let present = members.compactMapValues { $0 }.map { (name: Array($0.key.utf8), value: $0.value) }
            let ordered = present.sorted { $0.name.lexicographicallyPrecedes($1.name) }
            for (number, member) in ordered.enumerated() {
                if number > 0 { bytes.append(UInt8(ascii: ",")) }
                Self.write(member.name, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                member.value.write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        case .list(let elements):
            bytes.append(UInt8(ascii: "["))
            for (number, element) in elements.enumerated() {
                if number > 0 { bytes.append(UInt8(ascii: ",")) }
                element.write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .text(let text): Self.write(Array(text.precomposedStringWithCanonicalMapping.utf8), to: &bytes)
        case .number(let number): bytes += String(number).utf8
        case .flag(let flag): bytes += (flag ? "true" : "false").utf8
        }
    }

    private static func write(_ text: [UInt8], to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0..<0x20: bytes += Array("\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
