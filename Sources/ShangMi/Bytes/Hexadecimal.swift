/// Bytes as text of two hexadecimal digits each.
public enum Hexadecimal {
    /// `bytes` in lower case: `0a ff` is `"0aff"`.
    public static func lowercase(_ bytes: some Sequence<UInt8>) -> String { text(bytes, digits: Array("0123456789abcdef".utf8)) }

    /// `bytes` in upper case: `0a ff` is `"0AFF"`.
    public static func uppercase(_ bytes: some Sequence<UInt8>) -> String { text(bytes, digits: Array("0123456789ABCDEF".utf8)) }

    /// The bytes that `text` writes, in either case and without separators.
    ///
    /// - Throws: ``ShangMiError/hexadecimalMalformed`` for an odd number of digits and for anything that is no digit.
    public static func bytes(of text: some StringProtocol) throws(ShangMiError) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count / 2)
        var high: UInt8?
        for character in text.utf8 {
            guard let digit = value(of: character) else { throw .hexadecimalMalformed }
            if let first = high {
                bytes.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        guard high == nil else { throw .hexadecimalMalformed }
        return bytes
    }

    private static func text(_ bytes: some Sequence<UInt8>, digits: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.underestimatedCount * 2)
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 0x0f)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func value(of character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
