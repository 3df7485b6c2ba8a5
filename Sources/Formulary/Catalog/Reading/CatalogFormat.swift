import Crypto
import Foundation
import Postgres
public import Primitives

/// In which encoding a catalogue file is written.
public enum CatalogEncoding: String, StoredText, Codable, CaseIterable {
    case utf8 = "UTF-8"
    case gb18030 = "GB 18030"
}

/// How a catalogue file is written, found by looking at all of it once before it is read.
///
/// - Encoding: UTF-8 when every byte is; otherwise GB 18030 when more of what is not ASCII breaks the rules of UTF-8 than
///   keeps them. A file in UTF-8 with a few damaged bytes therefore stays UTF-8, and is refused at their line.
/// - Line ends: carriage returns alone when there is no line feed; otherwise line feeds, each after a carriage return or
///   not.
/// - Separator: the comma, unless the first line holds none but tabs or semicolons.
struct CatalogFormat {
    private(set) var encoding = CatalogEncoding.utf8
    private(set) var hasByteOrderMark = false
    private(set) var endsLinesWithReturns = false
    private(set) var separator = UInt8(ascii: ",")
    private(set) var bytes = 0
    /// Of the whole file, lower-case hex.
    private(set) var sha256 = ""

    /// - Parameter stated: the encoding the sender says it is in; `nil` to find out.
    /// - Throws: ``FormularyRefusal``: unreadable, too large, a spreadsheet's own file, UTF-16.
    init(of source: CatalogSource, stated: CatalogEncoding?) throws(FormularyRefusal) {
        let input = try source.open()
        var digest = SHA256()
        var sequences = UTF8Sequences()
        var firstLine = FirstLine()
        var (hasLineFeed, hasReturn) = (false, false)
        while let part = try input.next() {
            if bytes == 0 {
                try Self.refuseOtherFiles(part)
                hasByteOrderMark = part.starts(with: [0xEF, 0xBB, 0xBF])
            }
            bytes += part.count
            guard bytes <= CatalogSource.bytesMax else {
                throw FormularyRefusal(.catalogTooLarge, "more than \(CatalogSource.bytesMax) bytes")
            }
            digest.update(data: part)
            sequences.take(part)
            if !firstLine.isWhole { try firstLine.take(part) }
            hasLineFeed = hasLineFeed || part.contains(UInt8(ascii: "\n"))
            hasReturn = hasReturn || part.contains(UInt8(ascii: "\r"))
        }
        sequences.finish()
        sha256 = digest.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        endsLinesWithReturns = hasReturn && !hasLineFeed
        separator = firstLine.separator
        encoding = stated ?? (hasByteOrderMark || sequences.illFormed <= sequences.wellFormed ? .utf8 : .gb18030)
    }

    /// Refuses what begins like a workbook or like UTF-16.
    private static func refuseOtherFiles(_ part: [UInt8]) throws(FormularyRefusal) {
        if part.starts(with: [0x50, 0x4B, 0x03, 0x04]) || part.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
            throw FormularyRefusal(.catalogSpreadsheet, "save the sheet as CSV (UTF-8) and send that")
        }
        if part.starts(with: [0xFF, 0xFE]) || part.starts(with: [0xFE, 0xFF]) { throw utf16 }
    }

    static let utf16 = FormularyRefusal(.catalogNotUTF8, "line 1: the file is UTF-16; save it as CSV UTF-8")
}

/// The first line, as far as it tells what parts the fields.
private struct FirstLine {
    private var counts: [UInt8: Int] = [:]
    private var isQuoted = false
    private(set) var isWhole = false

    mutating func take(_ part: [UInt8]) throws(FormularyRefusal) {
        for byte in part {
            switch byte {
            case 0: throw CatalogFormat.utf16
            case UInt8(ascii: "\""): isQuoted.toggle()
            case _ where isQuoted: break
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                isWhole = true
                return
            case UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: ";"): counts[byte, default: 0] += 1
            default: break
            }
        }
    }

    var separator: UInt8 {
        let (comma, tab, semicolon) = (UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: ";"))
        if counts[comma] != nil { return comma }
        let (tabs, semicolons) = (counts[tab] ?? 0, counts[semicolon] ?? 0)
        return tabs + semicolons == 0 ? comma : tabs >= semicolons ? tab : semicolon
    }
}

/// Counts the sequences of more than one byte that keep the rules of UTF-8 (RFC 3629, section 4), and the places that
/// break them.
private struct UTF8Sequences {
    private(set) var wellFormed = 0
    private(set) var illFormed = 0
    /// Continuation bytes that are still to come, and what the next of them may be.
    private var awaited = 0
    private var permitted: ClosedRange<UInt8> = 0x80...0xBF

    mutating func take(_ part: [UInt8]) {
        part.withUnsafeBufferPointer { bytes in
            for byte in bytes {
                if awaited == 0 {
                    if byte >= 0x80 { begin(byte) }
                } else if permitted.contains(byte) {
                    awaited -= 1
                    permitted = 0x80...0xBF
                    if awaited == 0 { wellFormed += 1 }
                } else {
                    illFormed += 1
                    awaited = 0
                    permitted = 0x80...0xBF
                    if byte >= 0x80 { begin(byte) }
                }
            }
        }
    }

    /// A sequence that the end cuts off is ill-formed.
    mutating func finish() {
        if awaited > 0 { illFormed += 1 }
        awaited = 0
    }

    private mutating func begin(_ byte: UInt8) {
        switch byte {
        case 0xC2...0xDF: awaited = 1
        case 0xE0: (awaited, permitted) = (2, 0xA0...0xBF)
        case 0xED: (awaited, permitted) = (2, 0x80...0x9F)
        case 0xE1...0xEF: awaited = 2
        case 0xF0: (awaited, permitted) = (3, 0x90...0xBF)
        case 0xF4: (awaited, permitted) = (3, 0x80...0x8F)
        case 0xF1...0xF3: awaited = 3
        default: illFormed += 1
        }
    }
}
