import PlatformMessages
import Testing

extension PlatformReply {
    /// What kind of reply it is.
    var kind: String {
        switch self {
        case .done: "done"
        case .refused: "refused"
        case .doubtful: "doubtful"
        case .notDone: "not done"
        case .needsToken: "needs token"
        case .unclear: "unclear"
        }
    }
}

extension PlatformPageReply {
    var kind: String {
        switch self {
        case .page: "page"
        case .unknown: "unknown"
        case .refused: "refused"
        case .notNow: "not now"
        case .needsToken: "needs token"
        case .unclear: "unclear"
        }
    }
}

/// An answer and what kind of reply is read in it.
struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var answer: PlatformAnswer
    var kind: String

    init(_ name: String, _ answer: PlatformAnswer, _ kind: String) { (self.name, self.answer, self.kind) = (name, answer, kind) }

    var testDescription: String { "\(name): \(kind)" }
}
