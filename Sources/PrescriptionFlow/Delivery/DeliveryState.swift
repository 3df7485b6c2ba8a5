import Postgres
public import Primitives

/// Where a delivery is.
public enum DeliveryState: String, StoredText, Codable, CaseIterable {
    case planned
    /// Somebody is on the way with it.
    case out
    /// Nobody could take it; it is tried again or goes back.
    case failed
    case delivered
    /// Back at the pharmacy.
    case returned
    /// Not needed after all, before it left.
    case cancelled

    /// What may happen to a delivery.
    public enum Event: String, Sendable, Codable, CaseIterable {
        case depart, deliver, fail
        case comeBack = "come-back"
        case cancel
    }

    /// The state after `event`: planned → out → delivered, or failed → out again or returned; planned → cancelled.
    ///
    /// - Throws: ``PrescriptionFlowRefusal`` `prescription-flow.delivery-wrong-state` for every transition not named here.
    public func after(_ event: Event) throws(PrescriptionFlowRefusal) -> DeliveryState {
        switch (self, event) {
        case (.planned, .depart), (.failed, .depart): .out
        case (.out, .deliver): .delivered
        case (.out, .fail): .failed
        case (.failed, .comeBack): .returned
        case (.planned, .cancel): .cancelled
        default: throw PrescriptionFlowRefusal(.deliveryWrongState, "\(event.rawValue) does not follow \(rawValue)")
        }
    }
}
