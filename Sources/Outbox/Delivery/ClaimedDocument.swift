public import Primitives

/// A document lent to one teller for a while, with the message that is told next.
public struct ClaimedDocument: Sendable {
    public let document: OutboxDocument
    /// Which claim on the document it is. A later one makes it void.
    public let number: Int64
    public let message: OutboxMessage
}

/// Thrown when somebody else has claimed the document meanwhile, because the claim had run out.
public struct ClaimLost: Error, Sendable, CustomStringConvertible {
    public let document: OutboxDocument

    public init(document: OutboxDocument) { self.document = document }

    public var description: String { "the claim on a document at \(document.destination) has run out" }
}

/// What became of a try.
public enum TryOutcome: Sendable, Equatable {
    case accepted
    /// The destination says no, and why.
    case refused(reason: String)
    /// It certainly does not have it; the next try is at the given moment.
    case missed(nextAt: Instant)
    /// Nobody knows; it is asked at the given moment.
    case lost(nextAt: Instant)
    /// It has been tried as often as it may.
    case givenUp(reason: String)

    /// Why, for what waits for a person; empty otherwise.
    var reason: String {
        switch self {
        case .refused(let reason), .givenUp(let reason): reason.isEmpty ? "no reason was given" : reason
        case .accepted, .missed, .lost: ""
        }
    }

    var step: MessageStep {
        switch self {
        case .accepted: .accept
        case .refused: .refuse
        case .missed: .miss
        case .lost: .lose
        case .givenUp: .giveUp
        }
    }
}
