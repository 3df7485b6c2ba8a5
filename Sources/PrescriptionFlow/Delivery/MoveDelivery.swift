import Audit
import Identity
import Parties
public import Postgres
public import Primitives

/// Takes a delivery one step on: it leaves, could not be handed over, came back, or is not needed.
public struct MoveDelivery: Sendable {
    public enum Step: Sendable, Hashable {
        case depart
        case fail(reason: String)
        /// What has come back is kept for the patient, or taken back by a return of the dispensing.
        case comeBack
        case cancel(reason: String)

        var event: DeliveryState.Event {
            switch self {
            case .depart: .depart
            case .fail: .fail
            case .comeBack: .comeBack
            case .cancel: .cancel
            }
        }
    }

    public var delivery: DeliveryID
    public var step: Step

    public init(delivery: DeliveryID, step: Step) {
        self.delivery = delivery
        self.step = step
    }

    /// - Throws: ``PrescriptionFlowRefusal`` for an unknown delivery; `IdentityRefusal` for anyone but a pharmacist, dispenser
    ///   or storekeeper of its facility; ``PrescriptionFlowRefusal``: a state that does not allow the step, no reason.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Delivery {
        let store = DeliveryStore(transaction, principal.consortium)
        let current = try store.locked(delivery, for: principal)
        let next = try current.state.after(step.event)
        switch step {
        case .depart: try store.depart(delivery, next, carrier: principal.person, at: now)
        case .fail(let reason): try store.fail(delivery, next, why: try reason.asReason(for: "failing"))
        case .comeBack: try store.end(delivery, next, why: current.reason, at: now)
        case .cancel(let reason): try store.end(delivery, next, why: try reason.asReason(for: "cancelling"), at: now)
        }
        try AuditTrail(transaction).append(
            "prescription-flow.move-delivery", subject: "delivery \(delivery)", by: principal, at: now,
            detail: ["state": next.rawValue])
        return try store.delivery(delivery)
    }
}
