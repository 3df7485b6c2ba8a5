import Audit
import Identity
public import Postgres
public import Primitives

/// Takes a shortage report one step on: bought, delivered, collected, or out by a side exit.
public struct AdvanceShortage: Sendable {
    public var shortageID: ShortageID
    public var transition: ShortageTransition
    /// A side exit needs one.
    public var reason: String?

    public init(shortageID: ShortageID, transition: ShortageTransition, reason: String? = nil) {
        self.shortageID = shortageID
        self.transition = transition
        self.reason = reason
    }

    /// - Throws: ``IdentityRefusal`` for a person who may not; ``RequisitionsRefusal`` `requisitions.shortage-unknown`,
    ///   `requisitions.shortage-wrong-state`, `requisitions.reason-missing`.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> ShortageReport {
        try principal.require(oneOf: [.storekeeper, .pharmacist, .dispenser, .procurementOfficer, .supervisor])
        let store = ShortagesStore(transaction, principal.consortium)
        var report = try store.report(shortageID, locking: true)
        try principal.requireFacility(report.facility)
        try report.apply(transition, reason: reason, at: now)
        try store.save(report)
        try AuditTrail(transaction).append(
            "requisitions.advance-shortage", subject: "shortage \(report.id)", by: principal, at: now,
            detail: ["transition": transition.rawValue, "state": report.state.rawValue])
        return report
    }
}
