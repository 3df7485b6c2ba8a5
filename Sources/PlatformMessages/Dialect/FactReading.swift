/// What an answer means for the fact that it answers, once the whole is judged.
struct FactReading {
    let map: FactMap
    /// Of lines.
    let rules: [CodeRule]
    let record: Record
    let document: NeutralName

    private var matching: LineMatching? { map.lines.map { LineMatching(map: $0, rules: rules, fact: record) } }

    /// - Parameter isNamed: the answer has been found to be to this message.
    func taken(_ node: WireNode, isNamed: Bool) throws(AnswerDefect) -> PlatformReply {
        let answer = try AnswerReader(ours: record).record(of: node, by: map.answer)
        let lines = try matching?.replies(in: node) ?? []
        let isOneRefused = lines.contains { $0.complaint != nil }
        if isOneRefused, map.lines?.areRefusedSingly != true {
            throw AnswerDefect("the answer says yes as a whole and no to a line")
        }
        guard !lines.contains(where: { $0.complaint != nil && $0.platformLine != nil }) else {
            throw AnswerDefect("the answer refuses a line and gives it a number")
        }
        if map.answerNamesNothing, !isNamed { return .unclear("the platform says yes and not to what") }
        let number = answer[document]?.text
        guard number?.isEmpty == false || record[document] ?? .absent != .absent || !document.isOfOrder else {
            throw AnswerDefect("the answer gives no number of the order")
        }
        return .done(PlatformAcknowledgement(document: number, lines: lines))
    }

    /// Numbers of what was done before are those that the fact has.
    ///
    /// - Parameter isNamed: as above. One that names nothing may be another's, as that of a token that is still good.
    func alreadyDone(_ node: WireNode, isNamed: Bool) throws(AnswerDefect) -> PlatformReply {
        guard isNamed || isEchoed(in: node) else { return .unclear("the platform says that it was done before, and not what") }
        let answer = try AnswerReader(ours: record).record(of: node, by: map.answer.filter(\.isEcho))
        let number = answer[document]?.text ?? record[document]?.text
        guard number?.isEmpty == false || !document.isOfOrder else { throw AnswerDefect("the answer gives no number of the order") }
        return .done(PlatformAcknowledgement(document: number))
    }

    func linesRefused(_ node: WireNode, _ complaint: PlatformComplaint, isNamed: Bool) throws(AnswerDefect) -> PlatformReply {
        guard let matching else { throw AnswerDefect("the answer refuses lines and there are none") }
        let lines = try matching.replies(in: node)
        guard lines.contains(where: { $0.complaint != nil }) else { throw AnswerDefect("the answer refuses lines and names none") }
        if matching.map.areRefusedSingly { return try taken(node, isNamed: isNamed) }
        guard !namesNewDocument(node) else { throw AnswerDefect("the answer refuses lines and gives a number") }
        return .refused(complaint, lines: lines.map(Self.withoutNumber))
    }

    /// Numbers of lines that the platform does not have would only mislead.
    private static func withoutNumber(_ line: PlatformLineReply) -> PlatformLineReply {
        PlatformLineReply(line: line.line, complaint: line.complaint)
    }

    /// - Parameter isNamed: the answer has been found to be to this message.
    func refused(_ node: WireNode, _ complaint: PlatformComplaint, isNamed: Bool) throws(AnswerDefect) -> PlatformReply {
        guard isNamed || map.bindsNobody || isEchoed(in: node) else {
            return .unclear("the platform says no (\(complaint.code): \(complaint.text)) and not to what")
        }
        _ = try untouched(node, .needsToken)
        let hasLines = map.lines.map { node.lists[$0.list]?.isEmpty == false } ?? false
        let lines = hasLines ? try matching?.replies(in: node) ?? [] : []
        return .refused(complaint, lines: lines.map(Self.withoutNumber))
    }

    /// The reply, when nothing in the answer says that something was taken after all.
    func untouched(_ node: WireNode, _ reply: PlatformReply) throws(AnswerDefect) -> PlatformReply {
        if namesNewDocument(node) || matching?.hasTakenLine(in: node) == true {
            throw AnswerDefect("the answer says no as a whole and yes inside")
        }
        return reply
    }

    /// Whether it has a number for a document that has had none.
    private func namesNewDocument(_ node: WireNode) -> Bool {
        guard record[document] ?? .absent == .absent else { return false }
        return map.answer.contains { field in field.target == document && field.names.contains { node.values[$0] != nil } }
    }

    private func isEchoed(in node: WireNode) -> Bool {
        let echoes = map.answer.filter { field in field.isEcho && field.names.contains { node.values[$0] != nil } }
        return !echoes.isEmpty && (try? AnswerReader(ours: record).record(of: node, by: echoes)) != nil
    }
}

extension NeutralName {
    /// Whether every later message about the thing goes by this number.
    fileprivate var isOfOrder: Bool { self == .platformOrder }
}
