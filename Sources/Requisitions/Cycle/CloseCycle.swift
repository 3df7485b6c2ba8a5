import Audit
import Identity
public import Postgres
public import Primitives

/// Closes a cycle before or after its last day: nothing more is opened or submitted in it. What was submitted can
/// still be approved and pooled.
public struct CloseCycle: Sendable {
    public var cycleID: CycleID

    public init(cycleID: CycleID) { self.cycleID = cycleID }

    /// - Throws: ``IdentityRefusal`` for anyone but a procurement officer or supervisor; then ``RequisitionsRefusal``
    ///   `requisitions.cycle-unknown`, `requisitions.cycle-closed`.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Cycle {
        try principal.require(oneOf: [.procurementOfficer, .supervisor])
        let store = CyclesStore(transaction, principal.consortium)
        var cycle = try store.cycle(cycleID, locking: true)
        guard cycle.state == .open else { throw RequisitionsRefusal(.cycleClosed, "\(cycle.number) was closed before") }
        cycle.state = .closed
        cycle.closedAt = now
        try store.save(cycle)
        try AuditTrail(transaction).append("requisitions.close-cycle", subject: "cycle \(cycle.id)", by: principal, at: now)
        return cycle
    }
}
