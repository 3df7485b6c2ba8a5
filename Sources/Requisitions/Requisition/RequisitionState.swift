import Postgres
public import Primitives

/// Where a requisition stands.
public enum RequisitionState: String, StoredText, Codable, CaseIterable {
    /// Being filled in by its facility.
    case draft
    /// Waiting for a decision.
    case submitted
    /// Sent back to be changed.
    case returned
    /// To be pooled.
    case approved
    /// Part of the consortium's demand.
    case pooled
    /// Given up.
    case cancelled
}

/// What can happen to a requisition.
public enum RequisitionTransition: String, Sendable, CaseIterable {
    case change, submit, approve, `return`, pool, cancel

    /// What has happened once it did, for people.
    var participle: String {
        switch self {
        case .change: "changed"
        case .submit: "submitted"
        case .approve: "approved"
        case .return: "returned"
        case .pool: "pooled"
        case .cancel: "cancelled"
        }
    }
}

extension RequisitionState {
    /// Where the requisition stands after a transition; `nil` when it cannot happen here.
    ///
    /// ```
    /// draft ─submit→ submitted ─approve→ approved ─pool→ pooled
    ///   ↻ change        │ ↑                 │
    ///   │            return submit        cancel
    ///   │               ↓ │                 │
    ///   └─cancel→    returned ─cancel→ cancelled
    /// ```
    /// A submitted requisition can be cancelled too; a pooled one cannot.
    public func after(_ transition: RequisitionTransition) -> RequisitionState? {
        switch (self, transition) {
        case (.draft, .change), (.returned, .change): self
        case (.draft, .submit), (.returned, .submit): .submitted
        case (.submitted, .approve): .approved
        case (.submitted, .return): .returned
        case (.approved, .pool): .pooled
        case (.draft, .cancel), (.submitted, .cancel), (.returned, .cancel), (.approved, .cancel): .cancelled
        default: nil
        }
    }

    /// - Throws: ``RequisitionsRefusal`` `requisitions.wrong-state`.
    public func applying(_ transition: RequisitionTransition) throws(RequisitionsRefusal) -> RequisitionState {
        guard let state = after(transition) else {
            throw RequisitionsRefusal(.wrongState, "a requisition that is \(rawValue) cannot be \(transition.participle)")
        }
        return state
    }
}
