import Primitives

/// Pages by cursor: the number of the last row that was seen, in the element of the same name.
struct ShanghaiPage {
    let rows: [Int]
    /// Whether nothing follows.
    let isLast: Bool

    /// - Parameters:
    ///   - items: with rising serials.
    ///   - cursor: empty at first. A number whose row is gone serves as well; a text that is no number does not.
    init(
        of items: some RandomAccessCollection<Int>, after cursor: String, serial: (Int) -> Int64, isWanted: (Int) -> Bool = { _ in true },
        _ call: ShanghaiCall, _ turn: inout Turn
    ) throws(ShanghaiRefusal) {
        var after: Int64 = 0
        if !cursor.isEmpty {
            guard let serial = PlatformID.serial(cursor, .shanghai) else { throw .format("分页条件不是平台编号") }
            after = serial
        }
        let start = items.start { serial($0) > after }
        var found: [Int] = []
        var isLast = true
        for item in items[start...] where isWanted(item) {
            guard found.count < call.options.pageRows else {
                isLast = false
                break
            }
            found.append(item)
        }
        if !cursor.isEmpty, found.count > 1, turn.meets(.movingCursor) {
            // The row appears only now, behind where this sweep is.
            let hidden = max(1, turn.details.movingRows)
            found.removeSubrange(0..<min(hidden, found.count - 1))
        }
        if !cursor.isEmpty, turn.meets(.repeatedPage) {
            let before = items[..<start].reversed().lazy.filter(isWanted).prefix(max(1, call.options.pageRows / 2))
            found = Array(before).reversed() + found
        }
        rows = found
        self.isLast = isLast
    }

    /// What `MAIN` says of it.
    var main: ShanghaiAnswer.Fields { [("JLS", String(rows.count)), ("SFWJ", isLast ? "1" : "0")] }
}
