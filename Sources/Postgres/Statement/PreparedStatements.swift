/// The statements that a connection keeps prepared, the least recently used of which give way to new ones.
struct PreparedStatements {
    struct Key: Hashable {
        let text: String
        let types: [SQLType]
    }

    /// One statement on the server.
    final class Entry {
        let key: Key
        /// What the server calls it.
        let name: String
        fileprivate(set) var lastUse = 0
        /// The columns of its result, known after its first use.
        var columns: Columns?

        fileprivate init(key: Key, name: String) {
            self.key = key
            self.name = name
        }

        /// Whether its result is asked for in binary form.
        var isBinary: Bool { columns?.isBinaryWorthwhile ?? false }
    }

    static let countMax = 500

    private var entries: [Key: Entry] = [:]
    private var uses = 0
    private var made = 0

    /// The statement, if it is prepared.
    mutating func use(_ key: Key) -> Entry? {
        guard let entry = entries[key] else { return nil }
        uses += 1
        entry.lastUse = uses
        return entry
    }

    /// Takes in a new statement.
    ///
    /// - Returns: the statement, and the one that has to be forgotten for it.
    mutating func add(_ key: Key) -> (entry: Entry, evicted: Entry?) {
        let evicted = entries.count < Self.countMax ? nil : entries.values.min { $0.lastUse < $1.lastUse }
        if let evicted { entries[evicted.key] = nil }
        made += 1
        uses += 1
        // Names are not used again, so that what the server still has under an old one does no harm.
        let entry = Entry(key: key, name: "s\(made)")
        entry.lastUse = uses
        entries[key] = entry
        return (entry, evicted)
    }

    /// Takes back what ``add(_:)`` did, because the server did not do it.
    mutating func remove(_ entry: Entry) { entries[entry.key] = nil }

    mutating func restore(_ entry: Entry) { entries[entry.key] = entry }

    mutating func removeAll() { entries = [:] }
}
