import Postgres
public import Primitives

/// Where a stocktake stands.
public enum StocktakeState: String, StoredText, Codable, CaseIterable {
    /// 初盘: every line of the sheet is being counted.
    case counting
    /// Every line is counted; differences are explained.
    case counted
    /// 复盘: some lines are being counted again, each by another person than before.
    case recounting
    /// Explained, waiting for a person who has not counted.
    case awaitingApproval = "awaiting-approval"
    /// Approved; the ledger says what was counted.
    case posted
    /// Given up; the ledger is as it was.
    case cancelled

    /// Whether it has ended, so that the store can be counted again.
    public var hasEnded: Bool { self == .posted || self == .cancelled }

    /// Whether lines are being counted, so that a blind count says nothing of the ledger.
    public var isCounting: Bool { self == .counting || self == .recounting }
}

/// What can happen to a stocktake.
public enum StocktakeTransition: String, Sendable, CaseIterable {
    case count, finish, recount, explain, submit, approve, reject, cancel

    /// What has happened once it did, for people.
    var participle: String {
        switch self {
        case .count: "counted"
        case .finish: "finished"
        case .recount: "recounted"
        case .explain: "explained"
        case .submit: "submitted"
        case .approve: "approved"
        case .reject: "rejected"
        case .cancel: "cancelled"
        }
    }
}

extension StocktakeState {
    /// Where the stocktake stands after a transition; `nil` when it cannot happen here.
    ///
    /// ```
    /// counting ─finish→ counted ─submit→ awaiting-approval ─approve→ posted
    ///  ↻ count     ┌──────┤ ↑ ↻ explain        │
    ///           recount finish               reject
    ///              ↓      │                    │
    ///            recounting ←──────────────────┘
    ///              ↻ count
    /// ```
    /// Until it is posted it can be cancelled.
    public func after(_ transition: StocktakeTransition) -> StocktakeState? {
        switch (self, transition) {
        case (.counting, .count), (.recounting, .count), (.counted, .explain): self
        case (.counting, .finish), (.recounting, .finish): .counted
        case (.counted, .recount), (.awaitingApproval, .reject): .recounting
        case (.counted, .submit): .awaitingApproval
        case (.awaitingApproval, .approve): .posted
        case (.counting, .cancel), (.counted, .cancel), (.recounting, .cancel), (.awaitingApproval, .cancel): .cancelled
        default: nil
        }
    }

    /// - Throws: ``StocktakesRefusal`` `stocktakes.wrong-state`.
    public func applying(_ transition: StocktakeTransition) throws(StocktakesRefusal) -> StocktakeState {
        guard let state = after(transition) else {
            throw StocktakesRefusal(.wrongState, "a stocktake that is \(rawValue) cannot be \(transition.participle)")
        }
        return state
    }
}
