import Audit
import Identity
public import Postgres
public import Primitives

/// Approves a submitted requisition as requested, but for the lines that are changed with a reason.
public struct ApproveRequisition: Sendable {
    public struct Change: Sendable, Hashable {
        public var product: ProductID
        /// Base units in whole packs; 0 refuses the line.
        public var approved: BaseUnits
        /// Why it is not the requested quantity.
        public var reason: String

        public init(product: ProductID, approved: BaseUnits, reason: String) {
            self.product = product
            self.approved = approved
            self.reason = reason
        }
    }

    public var requisitionID: RequisitionID
    /// The version the caller has read; `nil` takes what there is.
    public var version: Int64?
    public var changes: [Change]
    /// About the whole, may be empty.
    public var reason: String

    public init(requisitionID: RequisitionID, version: Int64? = nil, changes: [Change] = [], reason: String = "") {
        self.requisitionID = requisitionID
        self.version = version
        self.changes = changes
        self.reason = reason
    }

    /// - Throws: ``IdentityRefusal`` for anyone but a supervisor or procurement officer; ``RequisitionsRefusal``
    ///   `requisitions.requisition-unknown`, `requisitions.changed-meanwhile`, `requisitions.wrong-state`, then change by
    ///   change `requisitions.line-unknown`, the packs, `requisitions.change-needs-reason`, `requisitions.line-repeated`.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Requisition {
        try principal.require(oneOf: [.supervisor, .procurementOfficer])
        let requisitions = RequisitionsStore(transaction, principal.consortium)
        var requisition = try requisitions.lock(requisitionID)
        try requisition.apply(.approve, version: version)
        let linesStore = RequisitionLinesStore(transaction, principal.consortium)
        let changed = try Self.apply(changes, to: try linesStore.lines(of: requisition.id, products: changes.map(\.product)))
        try linesStore.approve(changed, of: requisition.id)
        requisition.decide(by: principal, at: now, reason: trimmed(reason) ?? "")
        try requisitions.save(&requisition)
        try AuditTrail(transaction).append(
            "requisitions.approve", subject: requisition.subject, by: principal, at: now,
            detail: ["changedLines": "\(changed.count)", "reason": requisition.reason])
        return requisition
    }

    /// The changed lines, in the order of the line numbers.
    ///
    /// - Throws: ``RequisitionsRefusal`` for the first change at fault.
    static func apply(
        _ changes: [Change], to lines: [ProductID: RequisitionLine]
    ) throws(RequisitionsRefusal) -> [RequisitionLine] {
        var changed: [ProductID: RequisitionLine] = [:]
        for (index, change) in changes.enumerated() {
            guard var line = lines[change.product] else {
                throw RequisitionsRefusal(.lineUnknown, "product \(change.product)", field: "changes[\(index)].product")
            }
            try check(change.approved, inPacksOf: line.packSize, field: "changes[\(index)].approved")
            line.approved = change.approved
            line.approvalReason = trimmed(change.reason) ?? ""
            if change.approved != line.requested, line.approvalReason.isEmpty {
                throw RequisitionsRefusal(
                    .changeNeedsReason, "\(change.approved) approved, \(line.requested) requested",
                    field: "changes[\(index)].reason")
            }
            guard changed.updateValue(line, forKey: change.product) == nil else {
                throw RequisitionsRefusal(.lineRepeated, "product \(change.product)", field: "changes[\(index)].product")
            }
        }
        return changed.values.sorted { $0.number < $1.number }
    }
}
