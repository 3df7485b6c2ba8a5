/// How messages are wrapped, signed and unwrapped. It knows no platform's fields.
protocol PlatformWire: Sendable {
    /// Whether requests need an access token.
    var needsToken: Bool { get }

    /// What an answer gives back to show what it answers, if it does.
    var echo: NeutralName { get }

    func request(_ message: WireMessage, stamped stamp: PlatformStamp) throws(PlatformUntellable) -> WireRequest

    /// Reads the body of an answer of status 200.
    func read(_ body: [UInt8], at place: MessagePlace) throws(AnswerDefect) -> WireAnswer

    /// Where the page that is asked for ends and another begins.
    func next(after cursor: String?, in node: WireNode, rows: [WireNode], by paging: RowMap.Paging) throws(AnswerDefect) -> String?
}

/// What is to be wrapped.
struct WireMessage: Sendable {
    var operation: String
    var place = MessagePlace()
    var content: WireContent
    /// The same with a mask for every secret.
    var shown: WireContent
    var record: Record
}

struct WireRequest: Sendable, Hashable {
    var path: String
    var headers: [PlatformRequest.Header]
    var body: [UInt8]
    /// The body without its secrets; `nil` when it has none.
    var shownBody: [UInt8]?
}
