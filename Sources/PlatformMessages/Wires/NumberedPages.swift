import Crypto
import ShangMi

/// A wire whose pages go by number: `current` and `size` are asked for, `currentPageNumber`, `totalPageCount` and `totalRecordCount`
/// answered.
protocol JSONWire: PlatformWire {}

extension JSONWire {
    func next(after cursor: String?, in node: WireNode, rows: [WireNode], by paging: RowMap.Paging) throws(AnswerDefect) -> String?
    {
        let asked = PageCursor(cursor)
        switch paging {
        case .numbered(let mustBeSteady): return try next(after: asked, in: node, rows: rows, mustBeSteady)
        case .untilEmpty(let mustBeSteady):
            let isNumbered = PageCursor.fields.contains { node.values[$0] != nil }
            return try isNumbered ? next(after: asked, in: node, rows: rows, mustBeSteady) : next(after: asked, rows: rows)
        case .whole, .lastRow, .answer: return nil
        }
    }

    /// The page without rows is the last. How many a platform puts on a page, it may decide by itself.
    private func next(after asked: PageCursor, rows: [WireNode]) throws(AnswerDefect) -> String? {
        guard !rows.isEmpty else { return nil }
        let content = rows.fingerprint
        guard content != asked.content else { throw AnswerDefect("page \(asked.page) is the one before") }
        return PageCursor(page: asked.page + 1, total: nil, content: content).text
    }

    private func next(
        after asked: PageCursor, in node: WireNode, rows: [WireNode], _ mustBeSteady: Bool
    ) throws(AnswerDefect) -> String? {
        guard let page = node.number("currentPageNumber"), let pages = node.number("totalPageCount"),
            let total = node.number("totalRecordCount")
        else { throw AnswerDefect("the page has no numbers of pages") }
        guard page == asked.page else { throw AnswerDefect("page \(page) answers the question for page \(asked.page)") }
        if let before = asked.total, before != total { throw AnswerDefect("the list had \(before) rows and has \(total)") }
        guard page >= pages else {
            guard !rows.isEmpty else { throw AnswerDefect("a page has no rows and is not the last") }
            return PageCursor(page: page + 1, total: mustBeSteady ? total : nil).text
        }
        let isPastEnd = page > 1 && rows.isEmpty && !mustBeSteady
        guard isPastEnd || rows.isEmpty == (total == 0) else {
            throw AnswerDefect("a page of \(rows.count) rows ends \(total) rows")
        }
        return nil
    }
}

/// Which page comes next, and how many rows there were when the one before was read, or what stood on it, where that matters: `2`,
/// `2/345`, `2/-/0a1b2c3d`.
struct PageCursor {
    static let fields = ["currentPageNumber", "totalPageCount", "totalRecordCount"]

    var page: Int64
    var total: Int64?
    var content: String?

    init(page: Int64, total: Int64?, content: String? = nil) { (self.page, self.total, self.content) = (page, total, content) }

    /// The first page, when there is no cursor.
    init(_ text: String?) {
        let parts = (text ?? "").split(separator: "/")
        page = parts.first.flatMap { Int64($0) } ?? 1
        total = parts.count == 2 ? Int64(parts[1]) : nil
        content = parts.count == 3 ? String(parts[2]) : nil
    }

    var text: String { content.map { "\(page)/-/\($0)" } ?? total.map { "\(page)/\($0)" } ?? "\(page)" }
}

extension [WireNode] {
    /// The same for the same rows.
    fileprivate var fingerprint: String {
        var digest = SHA256()
        for row in self {
            for (name, value) in row.values.sorted(by: { $0.key < $1.key }) {
                digest.update(data: [UInt8]("\(name)=\(value)\u{0}".utf8))
            }
            digest.update(data: [0x0A] as [UInt8])
        }
        return Hexadecimal.lowercase([UInt8](digest.finalize()).prefix(8))
    }
}

extension WireNode {
    fileprivate func number(_ name: String) -> Int64? { values[name].flatMap { Int64($0) } }
}
