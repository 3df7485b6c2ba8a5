import Postgres
public import Primitives

/// Where a purchase order stands.
public enum OrderState: String, StoredText, Codable, CaseIterable {
    /// Made, and waiting for a supervisor.
    case draft
    case approved
    /// The supplier has it.
    case sent
    /// The supplier has said how much of it will come.
    case confirmed
    case partlyReceived = "partly-received"
    /// Nothing is open any more.
    case received
    /// Ended after it was sent; what was open is cancelled.
    case closed
    case cancelled

    /// The state after `step`; `nil` when an order in this state does not take it.
    public func after(_ step: OrderStep) -> OrderState? {
        switch (self, step) {
        case (.draft, .approve): .approved
        case (.approved, .send): .sent
        case (.sent, .confirm): .confirmed
        case (.draft, .revise), (.approved, .revise): .draft
        case (.sent, .agree), (.confirmed, .agree), (.partlyReceived, .agree): self
        case (.sent, .receiveSome), (.confirmed, .receiveSome), (.partlyReceived, .receiveSome): .partlyReceived
        case (.sent, .receiveAll), (.confirmed, .receiveAll), (.partlyReceived, .receiveAll): .received
        case (.draft, .cancel), (.approved, .cancel), (.sent, .cancel), (.confirmed, .cancel), (.partlyReceived, .cancel):
            .cancelled
        case (.sent, .close), (.confirmed, .close), (.partlyReceived, .close), (.received, .close): .closed
        default: nil
        }
    }

    /// Whether goods may still come, or the order is on its way to the supplier.
    public var isLive: Bool {
        switch self {
        case .draft, .approved, .sent, .confirmed, .partlyReceived: true
        case .received, .closed, .cancelled: false
        }
    }

    /// Whether the supplier may see it.
    public var isKnownToSupplier: Bool { self != .draft && self != .approved }
}

/// What is done to a purchase order as a whole.
public enum OrderStep: String, Sendable, CaseIterable {
    case approve, send, confirm
    /// Changed before it was sent, so that it must be approved again.
    case revise
    /// Changed after it was sent, as agreed with the supplier.
    case agree
    case receiveSome, receiveAll, cancel, close
}
