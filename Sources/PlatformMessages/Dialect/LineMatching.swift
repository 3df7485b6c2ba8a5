import Primitives

/// What an answer says of the lines of a fact, each exactly once.
struct LineMatching {
    let map: LineMap
    let rules: [CodeRule]
    let fact: Record

    /// - Throws: when a line of ours is not answered, answered twice, or an answer is to a line that is not ours.
    func replies(in node: WireNode) throws(AnswerDefect) -> [PlatformLineReply] {
        guard let key = map.fields.first(where: \.isKey) else { return [] }
        let rows = try node.rows(map.list)
        if rows.isEmpty, !map.isMandatory { return [] }
        var open = try lines(by: key.target)
        var replies: [PlatformLineReply] = []
        for row in rows {
            // The key first, then everything against the line that it names.
            let named = try AnswerReader(ours: Record()).record(of: row, by: [key])
            guard let value = named[key.target], value != .absent else {
                throw AnswerDefect("a line is answered without \(key.names[0])")
            }
            guard let line = open.removeValue(forKey: value) else {
                throw AnswerDefect("a line is answered twice, or is not ours, by its \(key.names[0])")
            }
            replies.append(try reply(to: line, by: AnswerReader(ours: line.record).record(of: row, by: map.fields)))
        }
        guard open.isEmpty else { throw AnswerDefect("\(open.count) of our lines are not answered") }
        return replies.sorted { $0.line < $1.line }
    }

    /// - Throws: when answers to two lines could not be told apart.
    func check() throws(AnswerDefect) {
        if let key = map.fields.first(where: \.isKey) { _ = try lines(by: key.target) }
    }

    /// Whether any line is said to be taken.
    func hasTakenLine(in node: WireNode) -> Bool {
        guard let code = map.fields.first(where: { $0.target == .complaintCode }) else {
            return node.lists[map.list]?.isEmpty == false
        }
        return (node.lists[map.list] ?? []).contains { row in
            code.names.compactMap { row.values[$0] }.contains {
                CodeRules.meaning(of: PlatformComplaint(code: $0, text: ""), at: .line, by: rules) == .taken
            }
        }
    }

    private struct Line {
        var number: Int
        var record: Record
    }

    /// Our lines by their keys. Where some have none, the platform does not have them: it took the others without them.
    private func lines(by key: NeutralName) throws(AnswerDefect) -> [NeutralValue: Line] {
        var lines: [NeutralValue: Line] = [:]
        for (index, line) in (fact.lists[.lines] ?? []).enumerated() {
            guard let value = line[key] ?? fact[key], value != .absent else { continue }
            let number = line[.lineNumber]?.integer ?? Int64(index + 1)
            let known = lines.updateValue(Line(number: Int(number), record: fact.around(line)), forKey: value)
            guard known == nil else { throw AnswerDefect("two of our lines have the same \(key.rawValue)") }
        }
        return lines
    }

    private func reply(to line: Line, by row: Record) throws(AnswerDefect) -> PlatformLineReply {
        let given = row[.orderLine]?.text ?? row[.platformLine]?.text
        guard map.fields.contains(where: { $0.target == .complaintCode }) else {
            return PlatformLineReply(line: line.number, platformLine: given)
        }
        guard let code = row[.complaintCode]?.text else { throw AnswerDefect("line \(line.number) is answered without a code") }
        let complaint = PlatformComplaint(saying: code, row[.complaintText]?.text)
        switch CodeRules.meaning(of: complaint, at: .line, by: rules) {
        case .taken, .alreadyDone: return PlatformLineReply(line: line.number, platformLine: given)
        case .refused: return PlatformLineReply(line: line.number, platformLine: given, complaint: complaint)
        default: throw AnswerDefect("line \(line.number) is answered with \(complaint.code)")
        }
    }
}
