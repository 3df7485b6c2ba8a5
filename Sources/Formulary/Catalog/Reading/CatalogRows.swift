import Primitives

/// The rows of a catalogue file, one after the other, rid of what spreadsheets and page breaks leave in them.
///
/// - A line that repeats the header, and a line that is a total (合计, 总计, 小计), are passed over with a warning.
/// - Lines without any value are passed over, and so are empty fields beyond the header's last.
/// - A blank in a column that is filled down takes the value above it: merged cells are written that way.
struct CatalogRows {
    let kind: CatalogKind
    private(set) var problems = CatalogProblems()
    /// How many rows have been handed out.
    private(set) var count = 0
    private var reader: CatalogReader
    private let header: [String]
    private let columns: [String: Int]
    private let filledDown: [Int]
    private var above: [String]

    /// - Parameter fillingDown: the names of columns.
    /// - Throws: ``FormularyRefusal``: as ``CatalogFile``; the columns are those of no catalogue, or not all, or others too;
    ///   a column to be filled down that is none.
    init(
        _ source: CatalogSource, encoding: CatalogEncoding? = nil, fillingDown: Set<String> = []
    ) throws(FormularyRefusal) {
        reader = try CatalogReader(source, encoding: encoding)
        guard let header = reader.header else { throw FormularyRefusal(.catalogEmpty, "0 lines") }
        self.header = header
        kind = try CatalogKind(header: header)
        columns = Dictionary(header.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
        let unknown = fillingDown.subtracting(header).sorted()
        guard unknown.isEmpty else {
            throw FormularyRefusal(.catalogColumnsUnknown, unknown.joined(separator: ", "), field: "fillDown")
        }
        filledDown = header.indices.filter { fillingDown.contains(header[$0]) }
        above = [String](repeating: "", count: header.count)
    }

    var format: CatalogFormat { reader.format }

    /// The next row; `nil` at the end.
    ///
    /// - Throws: ``FormularyRefusal``, as ``CatalogFile``; also when the file has no row at all.
    mutating func next() throws(FormularyRefusal) -> CatalogRow? {
        while let record = try reader.next() {
            let fields = withoutEmptyEnd(record.fields)
            if fields.allSatisfy(\.isBlank) || isPassedOver(fields, line: record.line) { continue }
            count += 1
            return row(of: fields, line: record.line)
        }
        guard count > 0 else { throw FormularyRefusal(.catalogEmpty, "1 lines") }
        return nil
    }

    private func withoutEmptyEnd(_ fields: [String]) -> [String] {
        guard fields.count > header.count, fields[header.count...].allSatisfy(\.isBlank) else { return fields }
        return Array(fields[..<header.count])
    }

    private mutating func isPassedOver(_ fields: [String], line: Int) -> Bool {
        if fields.count >= header.count, zip(fields, header).allSatisfy({ $0.trimmingBlanks() == $1 }) {
            problems.note(CatalogProblem(line: line, field: "", value: header[0], reason: .headerRepeated))
            return true
        }
        guard let words = fields.totalsWord else { return false }
        problems.note(CatalogProblem(line: line, field: "", value: words, reason: .totalsLine))
        return true
    }

    private mutating func row(of fields: [String], line: Int) -> CatalogRow {
        var fields = fields
        for index in filledDown where index < fields.count && fields[index].isBlank { fields[index] = above[index] }
        let row = CatalogRow(line: line, fields: fields, above: above, columns: columns)
        if fields.count == above.count {
            for index in fields.indices where !fields[index].isBlank { above[index] = fields[index] }
        }
        return row
    }
}

extension String {
    /// Whether there is nothing in it but blanks.
    fileprivate var isBlank: Bool { unicodeScalars.allSatisfy(\.isBlank) }
}

extension [String] {
    /// What stands first in a line of totals; `nil` in any other line: besides that word there are at most three values,
    /// all of them numbers.
    fileprivate var totalsWord: String? {
        guard let first = first(where: { !$0.isBlank }),
            let initial = first.unicodeScalars.first(where: { !$0.isBlank }),
            "合总小共T".unicodeScalars.contains(initial)
        else { return nil }
        let word = first.filter { !$0.isWhitespace && !":：".contains($0) }
        guard ["合计", "总计", "小计", "共计", "总合计", "Total", "TOTAL"].contains(word) else { return nil }
        let others = filter { !$0.isBlank }.dropFirst()
        let areNumbers = others.allSatisfy { $0.halfWidth.allSatisfy { $0.isNumber || " ,.".contains($0) } }
        return others.count <= 3 && areNumbers ? first : nil
    }
}
