import Postgres
public import Primitives

/// Where a sharing request is between the store that asks and the store that has.
public enum SharingState: String, StoredText, Codable, CaseIterable {
    case requested
    /// The other store will send it.
    case agreed
    /// The other store will not.
    case declined
    /// The asking store wants it no more.
    case withdrawn
    /// On its way.
    case shipped
    case received

    /// What may happen to a sharing request.
    public enum Event: String, Sendable, CaseIterable {
        case agree, decline, withdraw, ship, receive
    }

    /// The state after `event`. What was agreed may still be declined or withdrawn until it is on its way.
    ///
    /// - Throws: ``PrescriptionFlowRefusal`` `prescription-flow.sharing-wrong-state` for every transition not named here.
    public func after(_ event: Event) throws(PrescriptionFlowRefusal) -> SharingState {
        switch (self, event) {
        case (.requested, .agree): .agreed
        case (.requested, .decline), (.agreed, .decline): .declined
        case (.requested, .withdraw), (.agreed, .withdraw): .withdrawn
        case (.agreed, .ship): .shipped
        case (.shipped, .receive): .received
        default: throw PrescriptionFlowRefusal(.sharingWrongState, "\(event.rawValue) does not follow \(rawValue)")
        }
    }
}
