/// A file of SQL statements parted by semicolons.
struct SQLScript {
    /// One statement and the comment lines directly before its first word.
    struct Statement: Equatable {
        var comment: String
        var text: String
    }

    let statements: [Statement]

    /// Parts `text` at semicolons outside of quotes, dollar quotes and comments.
    init(_ text: String) {
        var reader = StatementReader(text)
        statements = reader.statements()
    }
}

/// Goes through a script once, keeping its place.
private struct StatementReader {
    private let bytes: [UInt8]
    private var index = 0
    private var comment: [String] = []
    private var statement: [UInt8] = []

    init(_ text: String) { bytes = Array(text.utf8) }

    mutating func statements() -> [SQLScript.Statement] {
        var found: [SQLScript.Statement] = []
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "-") where starts(with: "--"):
                skipLineComment()
            case UInt8(ascii: "/") where starts(with: "/*"):
                skipBlockComment()
            case UInt8(ascii: "'"):
                take(through: "'", escapes: isEscapeString)
            case UInt8(ascii: "\""):
                take(through: "\"", escapes: false)
            case UInt8(ascii: "$"):
                takeDollarQuote()
            case UInt8(ascii: ";"):
                index += 1
                if let statement = finish() { found.append(statement) }
            default:
                take()
            }
        }
        if let statement = finish() { found.append(statement) }
        return found
    }

    private func starts(with text: StaticString, at place: Int? = nil) -> Bool {
        text.withUTF8Buffer { bytes[(place ?? index)...].starts(with: $0) }
    }

    /// Whether the quote at the present place opens `E'…'`, where a backslash escapes.
    private var isEscapeString: Bool {
        guard index > 0, bytes[index - 1] | 0x20 == UInt8(ascii: "e") else { return false }
        return index < 2 || !Self.isWord(bytes[index - 2])
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        byte >= 0x80 || byte == UInt8(ascii: "_") || (48...57).contains(byte) || (97...122).contains(byte | 0x20)
    }

    private mutating func take() {
        let isBlank = [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index])
        if !statement.isEmpty || !isBlank { statement.append(bytes[index]) }
        index += 1
    }

    private mutating func take(through quote: StaticString, escapes: Bool) {
        take()
        while index < bytes.count {
            if escapes, bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count {
                take()
                take()
            } else if starts(with: quote) {
                // A doubled quote opens again at once, which comes to the same.
                take()
                return
            } else {
                take()
            }
        }
    }

    private mutating func takeDollarQuote() {
        let rest = bytes[(index + 1)...]
        let name = rest.prefix(while: Self.isWord)
        let isTag = name.endIndex < bytes.count && bytes[name.endIndex] == UInt8(ascii: "$")
        let isInsideName = index > 0 && Self.isWord(bytes[index - 1])
        guard isTag, !isInsideName, name.first.map({ !(48...57).contains($0) }) ?? true else { return take() }
        let tag = Array(bytes[index...name.endIndex])
        for _ in tag { take() }
        while index < bytes.count {
            if bytes[index...].starts(with: tag) {
                for _ in tag { take() }
                return
            }
            take()
        }
    }

    private mutating func skipLineComment() {
        let line = bytes[index...].prefix { $0 != UInt8(ascii: "\n") }
        index = line.endIndex
        keep(String(decoding: line.dropFirst(2), as: UTF8.self))
    }

    private mutating func skipBlockComment() {
        let start = index + 2
        var depth = 0
        repeat {
            if starts(with: "/*") {
                depth += 1
                index += 2
            } else if starts(with: "*/") {
                depth -= 1
                index += 2
            } else {
                index += 1
            }
        } while depth > 0 && index < bytes.count
        let end = max(start, index - 2)
        keep(String(decoding: bytes[start..<min(end, bytes.count)], as: UTF8.self))
    }

    /// Keeps a comment that leads its statement; inside one, it parts words as a blank does.
    private mutating func keep(_ text: String) {
        if statement.isEmpty {
            comment.append(contentsOf: text.split(separator: "\n").map { Self.trimmed($0) }.filter { !$0.isEmpty })
        } else {
            statement.append(UInt8(ascii: " "))
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        let start = text.drop { $0.isWhitespace }
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...last])
    }

    private mutating func finish() -> SQLScript.Statement? {
        defer {
            comment = []
            statement = []
        }
        guard !statement.isEmpty else { return nil }
        let text = Self.trimmed(Substring(String(decoding: statement, as: UTF8.self)))
        return SQLScript.Statement(comment: comment.joined(separator: " "), text: text)
    }
}
