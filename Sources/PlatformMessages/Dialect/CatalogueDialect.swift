import Primitives

/// The one dialect: a catalogue's fields on a wire.
struct CatalogueDialect: PlatformDialect {
    let catalogue: PlatformCatalogue
    let account: PlatformAccount
    let wire: any PlatformWire

    var description: PlatformDescription { catalogue.description }
    var numbersMessages: Bool { if case .nationalEnvelope = catalogue.wire { true } else { false } }

    func tells(_ kind: PlatformFactKind) -> Bool { catalogue.facts[kind] != nil }
    func asks(_ kind: PlatformQuestionKind) -> Bool { catalogue.questions[kind] != nil }

    func request(telling fact: PlatformFact, stamped stamp: PlatformStamp) throws(PlatformUntellable) -> PlatformRequest {
        let record = Record(fact)
        guard let map = try catalogue.facts[fact.kind]?.fitting(record) else { throw lacking(fact.kind.rawValue) }
        do {
            try map.lines.map { LineMatching(map: $0, rules: [], fact: record) }?.check()
        } catch {
            throw PlatformUntellable(reason: error.reason)
        }
        return try request(map.operation, at: map.place, map.request, of: record, stamped: stamp, mayBeRepeated: false)
    }

    func request(
        asking question: PlatformQuestion, after cursor: String?, stamped stamp: PlatformStamp
    ) throws(PlatformUntellable) -> PlatformRequest {
        guard let map = catalogue.questions[question.kind] else { throw lacking(question.kind.rawValue) }
        let record = Record(question).asking(for: cursor, rows: description.limits.pageRows)
        return try request(map.operation, at: map.place, map.request, of: record, stamped: stamp, mayBeRepeated: true)
    }

    private func request(
        _ operation: String, at place: MessagePlace, _ fields: [RequestField], of record: Record, stamped stamp: PlatformStamp,
        mayBeRepeated: Bool
    ) throws(PlatformUntellable) -> PlatformRequest {
        let lines = record.lists[.lines]?.count ?? 0
        guard lines <= description.limits.linesMost else {
            throw PlatformUntellable(reason: "has \(lines) lines; the platform takes \(description.limits.linesMost)")
        }
        let message = try wireMessage(operation, at: place, fields, of: record, stamped: stamp)
        let request = try wire.request(message, stamped: stamp)
        return PlatformRequest(
            operation: operation, path: request.path, headers: request.headers, body: request.body,
            shownBody: shown(request.shownBody ?? request.body), mayBeRepeated: mayBeRepeated)
    }

    func shown(_ body: [UInt8]) -> [UInt8] { catalogue.personal.masked(body) }

    func wireMessage(
        _ operation: String, at place: MessagePlace, _ fields: [RequestField], of record: Record, stamped stamp: PlatformStamp
    ) throws(PlatformUntellable) -> WireMessage {
        let stamped = record.stamped(stamp, by: account)
        let masked = record.stamped(stamp.masked, by: account)
        return WireMessage(
            operation: operation, place: place, content: try ContentWriter(account: account).content(of: fields, from: stamped),
            shown: try ContentWriter(account: account.masked).content(of: fields, from: masked), record: stamped)
    }

    private func lacking(_ kind: String) -> PlatformUntellable {
        PlatformUntellable(
            reason:
                "the platform has no message for \(kind): \(catalogue.lacking[kind] ?? catalogue.lacking["*"] ?? "nothing is known of it")"
        )
    }
}
