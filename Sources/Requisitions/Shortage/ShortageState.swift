import Postgres
public import Primitives

/// Where a shortage report stands. Source: rules of the consortium, shortage registration (缺药登记).
public enum ShortageState: String, StoredText, Codable, CaseIterable {
    case registered, purchasing, delivered, collected
    /// Delivered, and nobody came for it.
    case noShow = "no-show"
    case cancelled
}

/// What can happen to a shortage report.
public enum ShortageTransition: String, Sendable, Codable, CaseIterable {
    /// It is being bought.
    case purchase
    /// It has arrived at the facility.
    case deliver
    /// It was handed out.
    case collect
    /// Nobody came for it.
    case missCollection = "miss-collection"
    /// It is no longer wanted.
    case cancel
}

extension ShortageState {
    /// Where the report stands after a transition; `nil` when it cannot happen here.
    ///
    /// registered → purchasing → delivered → collected; side exits: delivered → no-show; until collected → cancelled.
    public func after(_ transition: ShortageTransition) -> ShortageState? {
        switch (self, transition) {
        case (.registered, .purchase): .purchasing
        case (.purchasing, .deliver): .delivered
        case (.delivered, .collect): .collected
        case (.delivered, .missCollection): .noShow
        case (.registered, .cancel), (.purchasing, .cancel), (.delivered, .cancel): .cancelled
        default: nil
        }
    }

    /// - Throws: ``RequisitionsRefusal`` `requisitions.shortage-wrong-state`.
    public func applying(_ transition: ShortageTransition) throws(RequisitionsRefusal) -> ShortageState {
        guard let state = after(transition) else {
            throw RequisitionsRefusal(
                .shortageWrongState, "\(transition.rawValue) does not follow \(rawValue)", field: "transition")
        }
        return state
    }
}
