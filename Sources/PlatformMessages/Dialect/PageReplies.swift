extension CatalogueDialect {
    func page(
        in answer: PlatformAnswer, to question: PlatformQuestion, after cursor: String?, stamped stamp: PlatformStamp
    ) -> PlatformPageReply {
        guard let map = catalogue.questions[question.kind] else {
            return .unclear("the platform has no message for \(question.kind.rawValue)")
        }
        let echo = Record(question).stamped(stamp, by: account)[wire.echo]?.text ?? ""
        switch judgement(on: answer, at: map.place, to: echo, isQuestion: true, needsBusiness: !map.rows.isMandatory).verdict {
        case .taken(let node):
            do {
                return .page(try page(in: node, of: map, to: question, after: cursor))
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
        in node: WireNode, of map: QuestionMap, to question: PlatformQuestion, after cursor: String?
    ) throws(AnswerDefect) -> PlatformPage {
        let rows: [WireNode]
        switch map.rows.place {
        case .single: rows = [node]
        case .list(let name):
            rows = try node.rows(name)
            if map.rows.isMandatory, node.lists[name] == nil { throw AnswerDefect("the answer has no \(name)") }
        }
        let next = try wire.next(after: cursor, in: node, rows: rows, by: map.rows.paging)
        let reader = AnswerReader(ours: Record(question))
        var page = PlatformPage(rows: [], next: next)
        for row in rows {
            do {
                guard let state = try state(of: row, by: map.rows.states) else { continue }
                let record = try reader.record(of: row, by: map.rows.fields)
                let made = try RowMaking(question: question, row: record, state: state.word).made()
                if !map.holdsOthers || question.isAbout(made) { page.rows.append(made) }
            } catch {
                // What is asked about one thing is answered whole or not at all.
                guard let key = question.kind.rowKey else { throw error }
                page.unreadable.append(PlatformUnreadableRow(name: map.rows.text(of: key, in: row), reason: error.reason))
            }
        }
        return page
    }

    /// What state the row is in, if rows are in states; `nil` for one that is passed over.
    private func state(of row: WireNode, by rules: [StateRule]) throws(AnswerDefect) -> RowState? {
        guard !rules.isEmpty else { return RowState(word: nil) }
        guard let rule = rules.first(where: { $0.fits(row) }) else { throw AnswerDefect("a row is in a state that is not known") }
        return rule.state.map { RowState(word: $0) }
    }
}

private struct RowState {
    /// `nil` where rows are in no states.
    var word: String?
}

extension RowMap {
    /// What a row says as the field's text, whether or not it can be read; cut to what one looks at.
    fileprivate func text(of name: NeutralName, in row: WireNode) -> String {
        let names = fields.filter { $0.target == name }.flatMap(\.names)
        return String((names.compactMap { row.values[$0] }.first ?? "").prefix(100))
    }
}

extension PlatformQuestionKind {
    /// The number of each thing that the rows are about; `nil` where all rows are about one thing.
    fileprivate var rowKey: NeutralName? {
        switch self {
        case .deliveryLines: .deliveryLine
        case .invoiceLines: .invoiceLine
        case .invoices: .platformInvoice
        case .returns: .platformReturn
        case .deliveryNotes: .platformNote
        case .orders: .platformLine
        case .catalogue, .listings, .emergencyListings: .product
        default: nil
        }
    }
}

extension PlatformQuestion {
    /// Whether the row names the thing that was asked for: by the platform's number of it, or by ours.
    fileprivate func isAbout(_ row: PlatformRow) -> Bool {
        switch (self, row) {
        case (.orderLines(let order), .orderLine(let state)):
            order.lines.contains { $0.platformLine == state.platformLine || order.key(of: $0) == state.lineKey }
        case (.deliveryLine(let receipt), .deliveryLine(let line)): line.deliveryLine == receipt.deliveryLine
        case (.returnState(let returned), .returned(let state)): state.isOf(returned)
        default: true
        }
    }
}
