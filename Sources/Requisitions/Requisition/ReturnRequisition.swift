import Audit
import Identity
public import Postgres
public import Primitives

/// Sends a submitted requisition back to its facility, to be changed and submitted again.
public struct ReturnRequisition: Sendable {
    public var requisitionID: RequisitionID
    /// The version the caller has read; `nil` takes what there is.
    public var version: Int64?
    public var reason: String

    public init(requisitionID: RequisitionID, version: Int64? = nil, reason: String) {
        self.requisitionID = requisitionID
        self.version = version
        self.reason = reason
    }

    /// - Throws: ``IdentityRefusal`` for anyone but a supervisor or procurement officer; ``RequisitionsRefusal``
    ///   `requisitions.reason-missing`, `requisitions.requisition-unknown`, `requisitions.changed-meanwhile`,
    ///   `requisitions.wrong-state`.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Requisition {
        try principal.require(oneOf: [.supervisor, .procurementOfficer])
        let reason = try required(reason: reason, for: "a return")
        let requisitions = RequisitionsStore(transaction, principal.consortium)
        var requisition = try requisitions.lock(requisitionID)
        try requisition.apply(.return, version: version)
        requisition.decide(by: principal, at: now, reason: reason)
        try requisitions.save(&requisition)
        try AuditTrail(transaction).append(
            "requisitions.return", subject: requisition.subject, by: principal, at: now, detail: ["reason": reason])
        return requisition
    }
}
