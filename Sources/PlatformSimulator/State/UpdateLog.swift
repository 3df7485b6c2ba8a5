import Primitives

/// What changed when, so that one can ask for what changed in a span of time. A thing is found at its newest change only.
struct UpdateLog {
    struct Entry {
        let at: Instant
        let item: Int
        /// Compared with what the item says is its newest.
        let number: Int
    }

    private var entries: [Entry] = []
    private var outdated = 0

    mutating func append(_ entry: Entry) { entries.append(entry) }

    /// Says that an entry is no longer its item's newest.
    mutating func outdate(isNewest: (Entry) -> Bool) {
        outdated += 1
        guard outdated > 64, outdated * 2 > entries.count else { return }
        entries.removeAll { !isNewest($0) }
        outdated = 0
    }

    /// What changed last from `start` to `end`, both included, in the order of the changes.
    func items(from start: Instant?, to end: Instant?, isNewest: (Entry) -> Bool) -> [Int] {
        let first = start.map { start in entries.start { $0.at >= start } } ?? 0
        let last = end.map { end in entries.start { $0.at > end } } ?? entries.count
        guard first < last else { return [] }
        return entries[first..<last].compactMap { isNewest($0) ? $0.item : nil }
    }
}
