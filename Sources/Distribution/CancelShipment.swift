import Audit
import Identity
public import Postgres
public import Primitives

/// Takes back a shipping notice before the goods are received; what it announced is open again.
public struct CancelShipment: Sendable {
    public var shipment: ShipmentID
    public var reason: String

    public init(shipment: ShipmentID, reason: String) {
        self.shipment = shipment
        self.reason = reason
    }

    /// - Throws: `IdentityRefusal` for anyone but the supplier's people; ``DistributionRefusal``: unknown, received or
    ///   cancelled already, no reason.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Shipment {
        try principal.require(oneOf: [.supplier])
        let store = ShipmentStore(transaction, principal.consortium)
        let current = try store.locked(shipment)
        guard current.isVisible(to: principal) else { throw DistributionRefusal(.shipmentUnknown, current.subject) }
        let next = try current.state.after(.cancel)
        guard (1...500).contains(reason.trimmed.count) else {
            throw DistributionRefusal(.reasonRequired, "say why it is cancelled", field: "reason")
        }
        try store.set(next, of: shipment, reason: reason.trimmed)
        try AuditTrail(transaction).append(
            "distribution.cancel-shipment", subject: current.subject, by: principal, at: now, detail: ["reason": reason.trimmed])
        return try store.shipment(shipment)
    }
}

extension Shipment {
    /// A supplier sees its own shipments, a facility's people those that are delivered to it.
    func isVisible(to principal: Principal) -> Bool {
        if let company = principal.company { return company == self.company }
        return principal.seesWholeConsortium || principal.facility == facility
    }
}
