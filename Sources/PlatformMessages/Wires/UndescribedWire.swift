/// The wire of a platform of which nothing is known: nothing can be told or asked.
struct UndescribedWire: PlatformWire {
    var needsToken: Bool { false }
    var echo: NeutralName { .message }

    func request(_ message: WireMessage, stamped stamp: PlatformStamp) throws(PlatformUntellable) -> WireRequest {
        throw PlatformUntellable(reason: "nothing is known of how the platform is spoken to")
    }

    func read(_ body: [UInt8], at place: MessagePlace) throws(AnswerDefect) -> WireAnswer {
        throw AnswerDefect("nothing is known of how the platform answers")
    }

    func next(after cursor: String?, in node: WireNode, rows: [WireNode], by paging: RowMap.Paging) -> String? { nil }
}
