import Primitives

/// A fact, a question or a line of an answer by neutral names. A record that is made of a fact has every name that the fact can have,
/// also where it has no value, so that a catalogue can be checked against it.
struct Record: Sendable, Hashable {
    private(set) var values: [NeutralName: NeutralValue]
    private(set) var lists: [NeutralList: [Record]]

    init(_ values: [NeutralName: NeutralValue] = [:], lists: [NeutralList: [Record]] = [:]) {
        self.values = values
        self.lists = lists
    }

    /// `nil` when the record does not know the name.
    subscript(_ name: NeutralName) -> NeutralValue? {
        get { values[name] }
        set { values[name] = newValue }
    }

    /// The line with everything around it; what the line says itself counts.
    func around(_ line: Record) -> Record {
        Record(values.merging(line.values) { _, inner in inner }, lists: line.lists)
    }

    /// The record with what belongs to the try and not to the fact.
    func stamped(_ stamp: PlatformStamp, by account: PlatformAccount) -> Record {
        var record = self
        record[.institution] = .of(account.institution)
        record[.message] = .of(stamp.message)
        record[.token] = .of(stamp.token)
        return record
    }

    /// The record with which page is asked for.
    func asking(for cursor: String?, rows: Int) -> Record {
        var record = self
        record[.cursor] = .of(cursor)
        record[.page] = .integer(PageCursor(cursor).page)
        record[.pageRows] = .integer(Int64(rows))
        return record
    }
}
