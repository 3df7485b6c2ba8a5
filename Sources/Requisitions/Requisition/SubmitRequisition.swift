import Audit
import Identity
public import Postgres
public import Primitives

/// Hands a draft or a returned requisition in for approval.
public struct SubmitRequisition: Sendable {
    public var requisitionID: RequisitionID
    /// The version the caller has read; `nil` takes what there is.
    public var version: Int64?

    public init(requisitionID: RequisitionID, version: Int64? = nil) {
        self.requisitionID = requisitionID
        self.version = version
    }

    /// - Throws: ``IdentityRefusal`` for anyone but a storekeeper of the facility; ``RequisitionsRefusal``
    ///   `requisitions.requisition-unknown`, `requisitions.changed-meanwhile`, `requisitions.wrong-state`,
    ///   `requisitions.cycle-closed`, `requisitions.nothing-requested`, `requisitions.deviation-needs-reason`.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Requisition {
        try principal.require(oneOf: [.storekeeper])
        let requisitions = RequisitionsStore(transaction, principal.consortium)
        var requisition = try requisitions.lock(requisitionID)
        try principal.requireFacility(requisition.facility)
        try requisition.apply(.submit, version: version)
        if let cycle = requisition.cycle {
            try CyclesStore(transaction, principal.consortium).cycle(cycle).requireOpen(on: now.businessDay)
        }
        let lines = try RequisitionLinesStore(transaction, principal.consortium).lines(of: requisition.id)
        try Self.check(lines)
        requisition.submittedAt = now
        try requisitions.save(&requisition)
        try AuditTrail(transaction).append(
            "requisitions.submit", subject: requisition.subject, by: principal, at: now,
            detail: ["requestedLines": "\(lines.count { $0.requested > 0 })"])
        return requisition
    }

    /// Whether the lines, in their order, may be handed in.
    ///
    /// - Throws: ``RequisitionsRefusal`` `requisitions.nothing-requested`, `requisitions.deviation-needs-reason`.
    static func check(_ lines: [RequisitionLine]) throws(RequisitionsRefusal) {
        guard lines.contains(where: { $0.requested > 0 }) else {
            throw RequisitionsRefusal(.nothingRequested, "0 on each of \(lines.count) lines", field: "lines")
        }
        let unexplained = lines.filter {
            isLargeDeviation(suggested: $0.suggestion.quantity, requested: $0.requested) && $0.reason.isEmpty
        }
        guard let first = unexplained.first else { return }
        throw RequisitionsRefusal(
            .deviationNeedsReason,
            "line \(first.number) (product \(first.product)): \(first.requested) requested, \(first.suggestion.quantity) suggested;"
                + " \(unexplained.count) line(s) need a reason",
            field: "lines[\(first.number - 1)].reason")
    }
}
