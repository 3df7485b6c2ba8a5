public import Primitives

/// A CSV file (RFC 4180), read whole: in UTF-8 or GB 18030, with or without a byte order mark, its fields parted by commas,
/// tabs or semicolons, its lines ended by LF, CRLF or CR.
///
/// Quoted fields may hold separators, doubled quotes and line breaks. Each record remembers the line it begins on.
public struct CatalogFile: Sendable {
    public struct Record: Sendable, Hashable {
        /// From 1, as an editor shows it.
        public let line: Int
        public let fields: [String]
    }

    /// The longest file that is read whole: 32 MiB.
    public static let bytesMax = 32 << 20

    /// The names in the first record, without surrounding blanks and without empty ones at the end.
    public let header: [String]
    /// The records after the header; empty lines are left out.
    public let records: [Record]

    /// - Throws: ``FormularyRefusal``: too large; a spreadsheet's own file; in neither encoding, a quote that does not close
    ///   or stands inside a field, a row that is too long, each with its line; no row after the header.
    public init(_ bytes: [UInt8]) throws(FormularyRefusal) {
        guard bytes.count <= Self.bytesMax else {
            throw FormularyRefusal(.catalogTooLarge, "\(bytes.count) bytes, at most \(Self.bytesMax)")
        }
        var reader = try CatalogReader(.bytes(bytes), encoding: nil)
        var records: [Record] = []
        while let record = try reader.next() { records.append(record) }
        guard !records.isEmpty else { throw FormularyRefusal(.catalogEmpty, reader.header == nil ? "0 lines" : "1 lines") }
        header = reader.header ?? []
        self.records = records
    }
}

/// Reads a catalogue file record by record, holding one part of it at a time.
struct CatalogReader {
    let format: CatalogFormat
    /// As ``CatalogFile/header``; `nil` when the file is empty.
    let header: [String]?
    private var csv: CSVReader

    /// - Throws: ``FormularyRefusal``, as ``CatalogFile``, for what the first record and a look at the whole tell.
    init(_ source: CatalogSource, encoding: CatalogEncoding?) throws(FormularyRefusal) {
        format = try CatalogFormat(of: source, stated: encoding)
        csv = CSVReader(try CatalogText(source, format), format)
        header = try csv.nextNotEmpty().map { Self.names(in: $0.fields) }
    }

    /// The next record that is no empty line.
    mutating func next() throws(FormularyRefusal) -> CatalogFile.Record? { try csv.nextNotEmpty() }

    private static func names(in fields: [String]) -> [String] {
        var names = fields.map { $0.trimmingBlanks() }
        while names.count > 1, names.last == "" { names.removeLast() }
        return names
    }
}

extension CSVReader {
    fileprivate mutating func nextNotEmpty() throws(FormularyRefusal) -> CatalogFile.Record? {
        while let record = try next() {
            if record.fields != [""] { return record }
        }
        return nil
    }
}

extension StringProtocol {
    /// Without blanks, line breaks and ideographic blanks at either end.
    func trimmingBlanks() -> String {
        let scalars = unicodeScalars
        if let first = scalars.first, let last = scalars.last, !first.isBlank, !last.isBlank { return String(self) }
        guard let first = scalars.firstIndex(where: { !$0.isBlank }), let last = scalars.lastIndex(where: { !$0.isBlank })
        else { return "" }
        return String(self[first...last])
    }
}

extension Unicode.Scalar {
    /// Whether it is white space of any kind, also the ideographic blank. What most fields are made of is told at once.
    var isBlank: Bool {
        switch value {
        case 0x21...0x7E, 0x3400...0x9FFF: false
        default: properties.isWhitespace
        }
    }
}
