// Pages by number: `current` and `size` are asked for, `currentPageNumber`, `totalPageCount` and `totalRecordCount` answered.
extension SignedJSONWire {
    func next(after cursor: String?, in node: WireNode, rows: [WireNode], by paging: RowMap.Paging) throws(AnswerDefect) -> String?
    {
        guard case .numbered(let mustBeSteady) = paging else { return nil }
        let asked = PageCursor(cursor)
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

/// Which page comes next, and how many rows there were when the one before was read, where that matters: `2`, `2/345`.
struct PageCursor {
    var page: Int64
    var total: Int64?

    init(page: Int64, total: Int64?) { (self.page, self.total) = (page, total) }

    /// The first page, when there is no cursor.
    init(_ text: String?) {
        let parts = (text ?? "").split(separator: "/")
        page = parts.first.flatMap { Int64($0) } ?? 1
        total = parts.count == 2 ? Int64(parts[1]) : nil
    }

    var text: String { total.map { "\(page)/\($0)" } ?? "\(page)" }
}

extension WireNode {
    fileprivate func number(_ name: String) -> Int64? { values[name].flatMap { Int64($0) } }
}
