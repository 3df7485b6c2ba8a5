public import Primitives

/// A CSV file (RFC 4180) in UTF-8, with or without a byte order mark, its lines ended by LF or CRLF, read whole.
///
/// Quoted fields may hold commas, doubled quotes and line breaks. Each record remembers the line it begins on.
public struct CatalogFile: Sendable {
    public struct Record: Sendable, Hashable {
        /// From 1, as an editor shows it.
        public let line: Int
        public let fields: [String]
    }

    /// The longest file that is read: 32 MiB.
    public static let bytesMax = 32 << 20

    /// The names in the first record, without surrounding blanks.
    public let header: [String]
    /// The records after the header; empty lines are left out.
    public let records: [Record]

    /// - Throws: ``FormularyRefusal``: too large; not UTF-8, a quote that does not close or stands inside a field, each
    ///   with its line; no row after the header.
    public init(_ bytes: [UInt8]) throws(FormularyRefusal) {
        guard bytes.count <= Self.bytesMax else {
            throw FormularyRefusal(.catalogTooLarge, "\(bytes.count) bytes, at most \(Self.bytesMax)")
        }
        var reader = CSVReader(bytes)
        var records: [Record] = []
        while let record = try reader.next() {
            if record.fields != [""] { records.append(record) }
        }
        guard records.count > 1 else { throw FormularyRefusal(.catalogEmpty, "\(records.count) lines") }
        header = records[0].fields.map { $0.trimmingBlanks() }
        self.records = Array(records.dropFirst())
    }
}

/// Cuts the bytes of a CSV file into records.
private struct CSVReader {
    private let bytes: [UInt8]
    private var index = 0
    private var line = 1

    private static let quote = UInt8(ascii: "\"")
    private static let comma = UInt8(ascii: ",")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    }

    /// The next record; `nil` at the end of the file.
    mutating func next() throws(FormularyRefusal) -> CatalogFile.Record? {
        guard index < bytes.count else { return nil }
        let start = line
        var fields: [String] = []
        while true {
            fields.append(index < bytes.count && bytes[index] == Self.quote ? try quoted() : try plain())
            guard index < bytes.count else { break }
            let ending = bytes[index]
            index += 1
            if ending == Self.comma { continue }
            if ending == Self.carriageReturn { index += 1 }
            line += 1
            break
        }
        return CatalogFile.Record(line: start, fields: fields)
    }

    /// A field without quotes; stops before the comma or line end.
    private mutating func plain() throws(FormularyRefusal) -> String {
        let start = index
        while index < bytes.count, bytes[index] != Self.comma, !isAtLineEnd {
            guard bytes[index] != Self.quote else {
                throw FormularyRefusal(.catalogQuoteMisplaced, "line \(line): a field with a quote is quoted whole")
            }
            index += 1
        }
        return try text(bytes[start..<index], beginningOn: line)
    }

    /// A quoted field; stops after its closing quote, before the comma or line end.
    private mutating func quoted() throws(FormularyRefusal) -> String {
        let start = line
        var content: [UInt8] = []
        index += 1
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == Self.lineFeed { line += 1 }
            guard byte == Self.quote else {
                content.append(byte)
                continue
            }
            if index < bytes.count, bytes[index] == Self.quote {
                content.append(Self.quote)
                index += 1
                continue
            }
            guard index == bytes.count || bytes[index] == Self.comma || isAtLineEnd else {
                throw FormularyRefusal(.catalogQuoteMisplaced, "line \(line): text follows a closing quote")
            }
            return try text(content[...], beginningOn: start)
        }
        throw FormularyRefusal(.catalogQuoteOpen, "line \(start): the quoted field does not end")
    }

    private var isAtLineEnd: Bool {
        switch bytes[index] {
        case Self.lineFeed: true
        case Self.carriageReturn: index + 1 < bytes.count && bytes[index + 1] == Self.lineFeed
        default: false
        }
    }

    private func text(_ content: ArraySlice<UInt8>, beginningOn start: Int) throws(FormularyRefusal) -> String {
        if let text = String(validating: content, as: UTF8.self) { return text }
        // The line of the first part that is not UTF-8, for fields of several lines.
        let sound = content.split(separator: Self.lineFeed, omittingEmptySubsequences: false)
            .prefix { String(validating: $0, as: UTF8.self) != nil }
        throw FormularyRefusal(.catalogNotUTF8, "line \(start + sound.count)")
    }
}

extension StringProtocol {
    /// Without blanks, line breaks and ideographic blanks at either end.
    func trimmingBlanks() -> String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
