/// Whether a local name is one: what the reader takes as a name, without a colon.
struct NameCheck {
    /// Names that have been looked at. By bytes: equal strings may differ in them.
    private var known: [[UInt8]: Bool] = [:]

    mutating func accepts(_ local: String) -> Bool {
        let bytes = Array(local.utf8)
        if let answer = known[bytes] { return answer }
        let answer = Self.isName(bytes)
        known[bytes] = answer
        return answer
    }

    private static func isName(_ bytes: [UInt8]) -> Bool {
        guard let first = bytes.first, begins(first), bytes.allSatisfy(continues) else { return false }
        if bytes.allSatisfy({ $0 < 0x80 }) { return true }
        // Which letters beyond ASCII make a name is a table of the parser's: it is asked.
        let read = try? XMLReader().read([UInt8(ascii: "<")] + bytes + Array("/>".utf8))
        return read?.name.local.utf8.elementsEqual(bytes) == true
    }

    private static func begins(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), 0x80...: true
        default: false
        }
    }

    private static func continues(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."): true
        default: begins(byte)
        }
    }
}
