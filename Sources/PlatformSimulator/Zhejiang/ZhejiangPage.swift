import Primitives

/// Pages by number. Source: `current` from 1 and `size`, as clients send them.
enum ZhejiangPage {
    static let fields: Set<String> = ["current", "size"]

    /// The page that is asked for of all that was found: its rows under `dataList`, and where it stands.
    static func of(
        _ found: [Int], _ fields: ZhejiangData, _ call: ZhejiangCall, _ platform: inout Platform, _ turn: inout Turn,
        row: (Platform, Int) -> [JSONValue.Member]
    ) throws(ZhejiangRefusal) -> ZhejiangAnswer {
        let current = Int(try fields.whole("current"))
        let size = Int(try fields.whole("size"))
        guard current >= 1, (1...call.options.pageRowsMax).contains(size) else {
            throw .business("current应从1开始，size应为1至\(call.options.pageRowsMax)")
        }
        let isFollowing = current > 1 && (current - 1) * size < found.count
        var inserted = current == 1 ? 0 : platform.books[call.book].inserted[call.operation] ?? 0
        if isFollowing, turn.meets(.movingCursor) { inserted += turn.details.movingRows }
        platform.change(call.book) { $0.inserted[call.operation] = inserted }
        let start = max(0, min(found.count, (current - 1) * size - inserted))
        let end = max(0, min(found.count, current * size - inserted))
        let repeated = isFollowing && turn.meets(.repeatedPage) ? min(start, max(1, size / 2)) : 0
        let total = found.count + inserted
        let state = platform
        let rows = found[(start - repeated)..<end].map { JSONValue.object(row(state, $0)) }
        return .done([
            .init("currentPageNumber", .number(String(current))),
            .init("totalPageCount", .number(String((total + size - 1) / size))),
            .init("totalRecordCount", .number(String(total))), .init("dataList", .array(rows)),
        ])
    }
}

extension JSONValue {
    /// An amount as a JSON number.
    static func number(_ money: Money) -> JSONValue { .number(money.description) }

    static func number(_ value: Int64) -> JSONValue { .number(String(value)) }

    /// Empty when there is none.
    static func string(_ instant: Instant?, _ turn: Turn) -> JSONValue { .string(instant.map { turn.told($0).spaced } ?? "") }
}
