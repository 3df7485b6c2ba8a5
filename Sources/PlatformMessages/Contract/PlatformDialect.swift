/// How one platform is spoken to: bytes for facts and questions, and what its bytes mean. It opens no connection, reads no clock and
/// keeps no state, so that every message is a function that a golden file can hold.
public protocol PlatformDialect: Sendable {
    var description: PlatformDescription { get }
    /// Whether the platform can be asked this.
    func asks(_ kind: PlatformQuestionKind) -> Bool
    /// A body as it may be kept and shown: it tells of no patient who that is.
    func shown(_ body: [UInt8]) -> [UInt8]
    /// Whether every try needs a ``PlatformStamp/serial``.
    var numbersMessages: Bool { get }

    /// The request for an access token; `nil` when the platform has none.
    func tokenRequest(stamped stamp: PlatformStamp) throws(PlatformUntellable) -> PlatformRequest?
    func token(in answer: PlatformAnswer) -> PlatformTokenReply

    func request(telling fact: PlatformFact, stamped stamp: PlatformStamp) throws(PlatformUntellable) -> PlatformRequest
    /// - Parameter stamp: of the request that is answered.
    func reply(in answer: PlatformAnswer, to fact: PlatformFact, stamped stamp: PlatformStamp) -> PlatformReply

    /// How to find out what became of a fact whose answer was lost.
    func recovery(of fact: PlatformFact) -> PlatformRecovery
    /// What a page of the question's answer shows.
    ///
    /// - Parameter pages: every page so far, the last one last.
    func finding(in pages: [PlatformPage], about fact: PlatformFact) -> PlatformReply

    /// - Parameter cursor: from the page before; `nil` for the first.
    func request(
        asking question: PlatformQuestion, after cursor: String?, stamped stamp: PlatformStamp
    ) throws(PlatformUntellable) -> PlatformRequest
    func page(in answer: PlatformAnswer, to question: PlatformQuestion, after cursor: String?, stamped stamp: PlatformStamp)
        -> PlatformPageReply
}

/// How to find out what became of a fact.
public enum PlatformRecovery: Sendable, Hashable {
    /// The question to ask, page by page until the last.
    case ask(PlatformQuestion)
    /// It can be told again without asking, because of this: a draft binds nobody, or the platform recognises our key.
    case tellAgain(because: String)
    /// The platform offers no way. A person has to look.
    case none
}
