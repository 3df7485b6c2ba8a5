import Primitives

/// Cuts the text of a catalogue file into records, holding one record and one part of the file at a time.
struct CSVReader {
    /// The longest record: 1 MiB. A quote that is never closed is found there and not at the end of the file.
    static let recordBytesMax = 1 << 20

    private enum Place { case fieldStart, plain, quoted, afterQuote }

    private let input: CatalogText
    private let separator: UInt8
    private let lineEnd: UInt8
    private let endsLinesWithReturns: Bool
    private var part: [UInt8] = []
    private var index = 0
    private var line = 1
    /// The fields of the record under way, one after the other, and where each ends.
    private var content: [UInt8] = []
    private var ends: [Int] = []

    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    init(_ input: CatalogText, _ format: CatalogFormat) {
        self.input = input
        separator = format.separator
        endsLinesWithReturns = format.endsLinesWithReturns
        lineEnd = endsLinesWithReturns ? Self.carriageReturn : Self.lineFeed
    }

    /// The next record; `nil` at the end of the file.
    ///
    /// - Throws: ``FormularyRefusal``, each with its line: no UTF-8, a quote that does not close or stands where none may,
    ///   a record that is too long.
    mutating func next() throws(FormularyRefusal) -> CatalogFile.Record? {
        guard try has(1) else { return nil }
        let start = line
        content.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        var place = Place.fieldStart
        var quotedSince = line
        var isWhole = false
        while !isWhole, try has(1) {
            guard content.count <= Self.recordBytesMax else {
                throw FormularyRefusal(.catalogRowTooLong, "line \(start): more than \(Self.recordBytesMax) bytes")
            }
            switch place {
            case .fieldStart:
                if part[index] == Self.quote {
                    index += 1
                    (place, quotedSince) = (.quoted, line)
                } else {
                    place = .plain
                }
            case .plain:
                takePlain()
                if try has(1) { isWhole = try endField(&place) }
            case .quoted: try takeQuoted(&place)
            case .afterQuote: isWhole = try endField(&place)
            }
        }
        if place == .quoted {
            throw FormularyRefusal(.catalogQuoteOpen, "line \(quotedSince): the quoted field does not end")
        }
        if !isWhole { ends.append(content.count) }
        return CatalogFile.Record(line: start, fields: try fields(of: start))
    }

    // MARK: - Bytes

    /// Whether `count` more bytes are at hand, after reading on where they are not.
    private mutating func has(_ count: Int) throws(FormularyRefusal) -> Bool {
        while part.count - index < count {
            guard let more = try input.next() else { return false }
            part = index < part.count ? Array(part[index...]) + more : more
            index = 0
        }
        return true
    }

    /// Takes what stands before the next byte that may end a field, or may not stand in one without quotes.
    private mutating func takePlain() {
        var end = index
        part.withUnsafeBufferPointer { bytes in
            while end < bytes.count {
                let byte = bytes[end]
                if byte == separator || byte == Self.lineFeed || byte == Self.carriageReturn || byte == Self.quote { break }
                end += 1
            }
        }
        content.append(contentsOf: part[index..<end])
        index = end
    }

    private mutating func takeQuoted(_ place: inout Place) throws(FormularyRefusal) {
        let byte = part[index]
        if byte == Self.quote {
            if try has(2), part[index + 1] == Self.quote {
                content.append(Self.quote)
                index += 2
            } else {
                index += 1
                place = .afterQuote
            }
            return
        }
        if byte == lineEnd { line += 1 }
        content.append(byte)
        index += 1
    }

    /// Ends the field, or goes on with it: at a byte that is not plain, or after a closing quote.
    ///
    /// - Returns: whether the record has ended too.
    private mutating func endField(_ place: inout Place) throws(FormularyRefusal) -> Bool {
        let byte = part[index]
        if byte == separator {
            index += 1
            ends.append(content.count)
            place = .fieldStart
            return false
        }
        if try isAtLineEnd() {
            index += byte == lineEnd ? 1 : 2
            line += 1
            ends.append(content.count)
            return true
        }
        if place == .afterQuote {
            throw FormularyRefusal(.catalogQuoteMisplaced, "line \(line): text follows a closing quote")
        }
        guard byte != Self.quote else {
            throw FormularyRefusal(.catalogQuoteMisplaced, "line \(line): a field with a quote is quoted whole")
        }
        // The part was used up, or this is a carriage return within a line.
        if byte == Self.carriageReturn || byte == Self.lineFeed {
            content.append(byte)
            index += 1
        }
        return false
    }

    private mutating func isAtLineEnd() throws(FormularyRefusal) -> Bool {
        if part[index] == lineEnd { return true }
        guard part[index] == Self.carriageReturn, try has(2) else { return false }
        return part[index + 1] == Self.lineFeed
    }

    // MARK: - Text

    private func fields(of start: Int) throws(FormularyRefusal) -> [String] {
        var fields: [String] = []
        fields.reserveCapacity(ends.count)
        var begin = 0
        for end in ends {
            guard let text = String(validating: content[begin..<end], as: UTF8.self) else {
                throw FormularyRefusal(.catalogNotUTF8, "line \(lineOfDamage(from: begin, to: end, start))")
            }
            fields.append(text)
            begin = end
        }
        return fields
    }

    /// The line of the first part of a field that is not UTF-8, for records of several lines.
    private func lineOfDamage(from begin: Int, to end: Int, _ start: Int) -> Int {
        let sound = content[begin..<end].split(separator: lineEnd, omittingEmptySubsequences: false)
            .prefix { String(validating: $0, as: UTF8.self) != nil }
        return start + content[..<begin].count { $0 == lineEnd } + sound.count
    }
}
