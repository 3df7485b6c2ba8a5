import Postgres
public import Primitives

/// Where a tender stands.
public enum TenderState: String, StoredText, Codable, CaseIterable {
    /// Packages and invitations are being put together; no supplier sees it.
    case draft
    /// Invited suppliers see it and bid; nobody else sees a price.
    case published
    /// Bids are known and can be evaluated.
    case opened
    case awarded
    case cancelled

    /// The state after `step`; `nil` when a tender in this state does not take it.
    public func after(_ step: TenderStep) -> TenderState? {
        switch (self, step) {
        case (.draft, .publish): .published
        case (.published, .open): .opened
        case (.opened, .award): .awarded
        case (.draft, .cancel), (.published, .cancel), (.opened, .cancel): .cancelled
        default: nil
        }
    }
}

/// What is done to a tender as a whole.
public enum TenderStep: String, Sendable, CaseIterable {
    case publish, open, award, cancel
}

/// Where a bid stands.
public enum BidState: String, StoredText, Codable, CaseIterable {
    /// Submitted; only the bidder sees it.
    case sealed
    /// Opened and fit to be evaluated.
    case valid
    /// Opened and unfit, with a reason.
    case rejected
    /// Taken back or replaced by its bidder before bids closed.
    case withdrawn

    /// The state after `step`; `nil` when a bid in this state does not take it.
    public func after(_ step: BidStep) -> BidState? {
        switch (self, step) {
        case (.sealed, .accept): .valid
        case (.sealed, .reject): .rejected
        case (.sealed, .withdraw): .withdrawn
        default: nil
        }
    }
}

/// What is done to one bid.
public enum BidStep: String, Sendable, CaseIterable {
    case accept, reject, withdraw
}
