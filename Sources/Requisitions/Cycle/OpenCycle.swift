import Audit
import Identity
public import Postgres
public import Primitives

/// Opens a cycle, in which every store of the consortium may ask once.
public struct OpenCycle: Sendable {
    /// Chosen by the caller.
    public var cycleID: CycleID
    public var name: String
    public var opensOn: CalendarDate
    public var closesOn: CalendarDate

    public init(cycleID: CycleID, name: String, opensOn: CalendarDate, closesOn: CalendarDate) {
        self.cycleID = cycleID
        self.name = name
        self.opensOn = opensOn
        self.closesOn = closesOn
    }

    /// - Throws: ``IdentityRefusal`` for anyone but a procurement officer or supervisor; then ``RequisitionsRefusal``
    ///   `requisitions.cycle-invalid`, `requisitions.cycle-exists`.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Cycle {
        try principal.require(oneOf: [.procurementOfficer, .supervisor])
        guard let name = trimmed(name) else { throw RequisitionsRefusal(.cycleInvalid, "the name is empty", field: "name") }
        guard opensOn <= closesOn else {
            throw RequisitionsRefusal(.cycleInvalid, "\(opensOn) through \(closesOn)", field: "closesOn")
        }
        let store = CyclesStore(transaction, principal.consortium)
        let cycle = Cycle(
            id: cycleID, number: try DocumentNumber.cycle.next(in: transaction, at: now), name: name, opensOn: opensOn,
            closesOn: closesOn, state: .open,
            openedAt: now, closedAt: nil)
        try store.insert(cycle)
        try AuditTrail(transaction).append(
            "requisitions.open-cycle", subject: "cycle \(cycle.id)", by: principal, at: now,
            detail: ["number": cycle.number, "opensOn": opensOn.description, "closesOn": closesOn.description])
        return cycle
    }
}
