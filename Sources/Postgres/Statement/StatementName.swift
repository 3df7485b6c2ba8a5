/// What a statement is called in errors and metrics, in place of its text: the line of code that runs it, or the name
/// given by ``SQL/named(_:)``.
struct StatementName: Hashable, Sendable, CustomStringConvertible {
    /// `Module/File.swift`, or a given name.
    let place: String
    /// 0 for a given name.
    let line: Int

    /// Lines tell nearly all statements apart, and are quicker than names of files.
    func hash(into hasher: inout Hasher) {
        hasher.combine(line)
        if line == 0 { hasher.combine(place) }
    }

    var description: String { line == 0 ? place : "\(place):\(line)" }
}

/// A statement as errors tell of it.
struct StatementLabel {
    let text: String
    var name: StatementName?

    init(_ text: String, _ name: StatementName? = nil) {
        self.text = text
        self.name = name
    }
}
