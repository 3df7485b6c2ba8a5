extension CatalogueDialect {
    func page(
        in answer: PlatformAnswer, to question: PlatformQuestion, after cursor: String?, stamped stamp: PlatformStamp
    ) -> PlatformPageReply {
        guard let map = catalogue.questions[question.kind] else {
            return .unclear("the platform has no message for \(question.kind.rawValue)")
        }
        switch verdict(on: answer, to: stamp.message, isQuestion: true) {
        case .taken(let node):
            do {
                return .page(try page(in: node, of: map.rows, to: question, after: cursor))
            } catch {
                return .unclear(error.reason)
            }
        case .notFound(_, let complaint): return .unknown(complaint)
        case .refused(_, let complaint), .linesRefused(_, let complaint): return .refused(complaint)
        case .notNow(_, let complaint, let pause): return .notNow(complaint, after: pause)
        case .needsToken: return .needsToken
        case .alreadyDone: return .unclear("the platform says that a question was done already")
        case .unclear(let reason): return .unclear(reason)
        }
    }

    private func page(
        in node: WireNode, of map: RowMap, to question: PlatformQuestion, after cursor: String?
    ) throws(AnswerDefect) -> PlatformPage {
        let rows: [WireNode]
        switch map.place {
        case .single: rows = [node]
        case .list(let name): rows = node.lists[name] ?? []
        }
        let next = try wire.next(after: cursor, in: node, rows: rows, by: map.paging)
        let reader = AnswerReader(ours: Record(question))
        var page = PlatformPage(rows: [], next: next)
        for row in rows {
            let record = try reader.record(of: row, by: map.fields)
            var state: String?
            if !map.states.isEmpty {
                guard let rule = map.states.first(where: { $0.fits(row) }) else {
                    throw AnswerDefect("a row is in a state that is not known")
                }
                guard let known = rule.state else { continue }
                state = known
            }
            page.rows.append(try RowMaking(question: question, row: record, state: state).made())
        }
        return page
    }
}
