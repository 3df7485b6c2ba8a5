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

    /// The record with whose it is, where the fact says so.
    func of(_ institution: PlatformInstitution?) -> Record {
        var record = self
        record[.institution] = .of(institution?.code)
        record[.institutionName] = .of(institution?.name)
        return record
    }

    /// The line with everything around it; what the line says itself counts.
    func around(_ line: Record) -> Record {
        Record(values.merging(line.values) { _, inner in inner }, lists: line.lists)
    }

    /// The record with what belongs to the try and not to the fact. A fact may name an institution of its own: a consortium has one
    /// account for many.
    func stamped(_ stamp: PlatformStamp, by account: PlatformAccount) -> Record {
        var record = self
        let isOwn = self[.institution] ?? .absent != .absent
        if !isOwn {
            record[.institution] = .of(account.institution)
            record[.institutionName] = .of(account.settings["institution-name"])
        }
        record[.institutionName] = record[.institutionName] ?? .absent
        if self[.insuredDivision] ?? .absent == .absent { record[.insuredDivision] = .of(account.settings["division"]) }
        record[.message] = .of(stamp.message)
        record[.messageID] = MessageID.of(record[.institution]?.text ?? "", stamp)
        record[.sentAt] = .moment(stamp.at)
        record[.token] = .of(stamp.token)
        record[.operation] = .absent
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
