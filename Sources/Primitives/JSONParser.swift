/// Why bytes are no JSON document. It holds nothing of the document but a name that is repeated.
public struct JSONSyntaxError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The byte at fault, from 1.
    public let byte: Int
    public let reason: String

    public var description: String { "byte \(byte): \(reason)" }
}

/// Reads JSON (RFC 8259) strictly: UTF-8, no repeated names in an object, no zero character in text, at most
/// ``depthMax`` levels. What it refuses it names by byte and reason.
struct JSONParser {
    static let depthMax = 64

    private let bytes: [UInt8]
    private var index = 0

    static func parse(_ bytes: [UInt8]) throws(JSONSyntaxError) -> JSONValue {
        var parser = JSONParser(bytes: bytes)
        let value = try parser.value(depth: 0)
        parser.skipBlanks()
        guard parser.index == bytes.count else { throw parser.refusal("more text follows the document") }
        return value
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private func refusal(_ reason: String) -> JSONSyntaxError { JSONSyntaxError(byte: index + 1, reason: reason) }

    private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func skipBlanks() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
    }

    private mutating func value(depth: Int) throws(JSONSyntaxError) -> JSONValue {
        guard depth <= Self.depthMax else { throw refusal("more than \(Self.depthMax) levels") }
        skipBlanks()
        guard let current else { throw refusal("the document ends where a value should be") }
        switch Unicode.Scalar(current) {
        case "{": return try object(depth: depth)
        case "[": return try array(depth: depth)
        case "\"": return .string(try string())
        case "t": return try word("true", .bool(true))
        case "f": return try word("false", .bool(false))
        case "n": return try word("null", .null)
        case "-", "0"..."9": return .number(try number())
        default: throw refusal("no value begins like this")
        }
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(JSONSyntaxError) -> JSONValue {
        guard bytes[index...].starts(with: word.utf8) else { throw refusal("no value begins like this") }
        index += word.utf8.count
        return value
    }

    private mutating func digits() throws(JSONSyntaxError) {
        let start = index
        while let byte = current, (48...57).contains(byte) { index += 1 }
        guard index > start else { throw refusal("a digit is missing in a number") }
    }

    private mutating func number() throws(JSONSyntaxError) -> String {
        let start = index
        if current == UInt8(ascii: "-") { index += 1 }
        let first = index
        try digits()
        guard bytes[first] != UInt8(ascii: "0") || index == first + 1 else { throw refusal("a number begins with 0") }
        if current == UInt8(ascii: ".") {
            index += 1
            try digits()
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            index += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { index += 1 }
            try digits()
        }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private mutating func array(depth: Int) throws(JSONSyntaxError) -> JSONValue {
        index += 1
        var elements: [JSONValue] = []
        skipBlanks()
        if current == UInt8(ascii: "]") {
            index += 1
            return .array([])
        }
        while true {
            elements.append(try value(depth: depth + 1))
            skipBlanks()
            if current == UInt8(ascii: "]") { break }
            guard current == UInt8(ascii: ",") else { throw refusal("a comma or ] is missing") }
            index += 1
        }
        index += 1
        return .array(elements)
    }

    private mutating func object(depth: Int) throws(JSONSyntaxError) -> JSONValue {
        index += 1
        var members: [JSONValue.Member] = []
        var names: Set<String> = []
        skipBlanks()
        if current == UInt8(ascii: "}") {
            index += 1
            return .object([])
        }
        while true {
            skipBlanks()
            guard current == UInt8(ascii: "\"") else { throw refusal("a name in quotes is missing") }
            let name = try string()
            guard names.insert(name).inserted else { throw refusal("the name \(name.prefix(60)) is repeated in its object") }
            skipBlanks()
            guard current == UInt8(ascii: ":") else { throw refusal("a colon is missing") }
            index += 1
            members.append(JSONValue.Member(name, try value(depth: depth + 1)))
            skipBlanks()
            if current == UInt8(ascii: "}") { break }
            guard current == UInt8(ascii: ",") else { throw refusal("a comma or } is missing") }
            index += 1
        }
        index += 1
        return .object(members)
    }

    private mutating func string() throws(JSONSyntaxError) -> String {
        index += 1
        var text: [UInt8] = []
        while let byte = current {
            index += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else { throw refusal("text is not UTF-8") }
                return string
            case UInt8(ascii: "\\"): text.append(contentsOf: try escape())
            case 0..<0x20: throw refusal("a control character in text is not escaped")
            default: text.append(byte)
            }
        }
        throw refusal("text is not closed")
    }

    private mutating func escape() throws(JSONSyntaxError) -> [UInt8] {
        guard let byte = current else { throw refusal("text is not closed") }
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return try unicodeEscape()
        default: throw refusal("there is no such escape")
        }
    }

    private mutating func unicodeEscape() throws(JSONSyntaxError) -> [UInt8] {
        let high = try hexadecimal()
        var code = high
        if (0xD800..<0xDC00).contains(high) {
            guard current == UInt8(ascii: "\\"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "u") else {
                throw refusal("half of a surrogate pair is missing")
            }
            index += 2
            let low = try hexadecimal()
            guard (0xDC00..<0xE000).contains(low) else { throw refusal("half of a surrogate pair is missing") }
            code = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)
        }
        guard code != 0, let scalar = Unicode.Scalar(code) else { throw refusal("text holds a character that cannot be kept") }
        return Array(String(Character(scalar)).utf8)
    }

    private mutating func hexadecimal() throws(JSONSyntaxError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw refusal("an escape needs four hexadecimal digits")
            }
            value = value << 4 | UInt32(digit)
            index += 1
        }
        return value
    }
}

extension JSONValue {
    /// Reads a JSON document strictly: UTF-8, no name twice in an object, at most 64 levels.
    public init(parsing text: String) throws(JSONSyntaxError) { self = try JSONParser.parse(Array(text.utf8)) }

    /// Reads a JSON document strictly: UTF-8, no name twice in an object, at most 64 levels.
    public init(parsing bytes: [UInt8]) throws(JSONSyntaxError) { self = try JSONParser.parse(bytes) }
}
