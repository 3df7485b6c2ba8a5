import Audit
import Identity
public import Postgres
public import Primitives

/// Gives a requisition up, until it is pooled. Its facility may until it is approved, a supervisor or procurement
/// officer also afterwards.
public struct CancelRequisition: Sendable {
    public var requisitionID: RequisitionID
    /// The version the caller has read; `nil` takes what there is.
    public var version: Int64?
    public var reason: String

    public init(requisitionID: RequisitionID, version: Int64? = nil, reason: String) {
        self.requisitionID = requisitionID
        self.version = version
        self.reason = reason
    }

    /// - Throws: ``IdentityRefusal`` for a person who may not; ``RequisitionsRefusal`` `requisitions.reason-missing`,
    ///   `requisitions.requisition-unknown`, `requisitions.changed-meanwhile`, `requisitions.wrong-state`.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Requisition {
        try principal.require(oneOf: [.storekeeper, .supervisor, .procurementOfficer])
        let reason = try required(reason: reason, for: "a cancellation")
        let requisitions = RequisitionsStore(transaction, principal.consortium)
        var requisition = try requisitions.lock(requisitionID)
        try principal.requireFacility(requisition.facility)
        if requisition.state == .approved { try principal.require(oneOf: [.supervisor, .procurementOfficer]) }
        try requisition.apply(.cancel, version: version)
        requisition.reason = reason
        try requisitions.save(&requisition)
        try AuditTrail(transaction).append(
            "requisitions.cancel", subject: requisition.subject, by: principal, at: now, detail: ["reason": reason])
        return requisition
    }
}
