import Audit
import Identity
public import Postgres
public import Primitives

/// Notes that approved requisitions have become part of the consortium's demand; for the module that pools them, in its
/// own transaction.
///
/// ```swift
/// let lines = try ApprovedLines(cycle: cycle).read(in: transaction, of: principal.consortium)
/// …
/// try MarkRequisitionsPooled(Set(lines.map(\.requisition))).run(in: transaction, by: principal, at: now)
/// ```
public struct MarkRequisitionsPooled: Sendable {
    public var requisitions: [RequisitionID]

    public init(_ requisitions: some Sequence<RequisitionID>) { self.requisitions = Array(requisitions) }

    /// All are marked or none.
    ///
    /// - Throws: ``IdentityRefusal`` for anyone but a procurement officer or supervisor; ``RequisitionsRefusal``
    ///   `requisitions.requisition-unknown` when one is missing, `requisitions.wrong-state` when one is not approved.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws {
        try principal.require(oneOf: [.procurementOfficer, .supervisor])
        let store = RequisitionsStore(transaction, principal.consortium)
        let found = try store.lock(requisitions)
        if let missing = Set(requisitions).subtracting(found.map(\.id)).first {
            throw RequisitionsRefusal(.requisitionUnknown, "requisition \(missing)")
        }
        for requisition in found where requisition.state.after(.pool) == nil {
            throw RequisitionsRefusal(.wrongState, "\(requisition.number) is \(requisition.state.rawValue), not approved")
        }
        try store.markPooled(found.map(\.id))
        let audit = AuditTrail(transaction)
        for requisition in found {
            try audit.append("requisitions.pool", subject: requisition.subject, by: principal, at: now)
        }
    }
}
