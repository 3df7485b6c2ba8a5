import Postgres
public import Primitives

/// Where a message stands.
public enum MessageState: String, StoredText, Codable, CaseIterable {
    /// Certainly not with the destination.
    case pending
    /// Handed to the network; what became of it is not written yet.
    case sending
    /// Sent, and nothing says what became of it: the destination is asked before it is sent again.
    case unknown
    case accepted
    /// The destination has said no.
    case refused
    /// Given up after as many tries as there may be.
    case dead
    /// Given up by a person.
    case discarded

    /// The state after `step`; `nil` when a message in this state does not take it.
    public func after(_ step: MessageStep) -> MessageState? {
        switch (self, step) {
        case (.pending, .send): .sending
        case (.sending, .lose), (.unknown, .lose): .unknown
        case (.sending, .accept), (.unknown, .accept): .accepted
        case (.sending, .refuse), (.unknown, .refuse): .refused
        case (.sending, .miss), (.unknown, .miss): .pending
        case (.sending, .giveUp), (.unknown, .giveUp): .dead
        case (.refused, .release): .pending
        // Nobody knows any more what became of its last try.
        case (.dead, .release): .unknown
        case (.refused, .discard), (.dead, .discard): .discarded
        default: nil
        }
    }

    /// Whether nothing more is done with it by itself or by a person.
    public var isSettled: Bool { self == .accepted || self == .discarded }

    /// Whether the destination must be asked before the message is sent.
    public var mustAsk: Bool { self == .sending || self == .unknown }
}

/// What happens to a message.
public enum MessageStep: String, Sendable, CaseIterable {
    case send
    /// The destination has it, and says so.
    case accept
    /// The destination says no.
    case refuse
    /// Nothing says whether the destination has it.
    case lose
    /// The destination certainly does not have it.
    case miss
    /// It was tried as often as it may.
    case giveUp = "give-up"
    /// A person lets it go out again, perhaps corrected.
    case release
    /// A person lets it go no more.
    case discard
}
