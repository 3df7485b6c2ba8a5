import Audit
import Identity
public import Postgres
public import Primitives

/// Gives an order up. What has been received stays; everything open is cancelled.
public struct CancelOrder: Sendable {
    public var order: OrderID
    public var reason: String

    public init(order: OrderID, reason: String) {
        self.order = order
        self.reason = reason
    }

    /// - Throws: ``PooledProcurementRefusal``: no such order, no reason, received, closed or cancelled already.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> OrderDetail {
        try principal.require(oneOf: [.procurementOfficer, .supervisor])
        let store = OrdersStore(transaction, principal.consortium)
        let found = try store.order(order, isLocked: true)
        guard reason.saysSomething else { throw PooledProcurementRefusal(.reasonMissing, found.number, field: "reason") }
        try found.requireTakes(.cancel)
        try store.cancelOpen(of: order, reason: reason)
        try store.move(found, by: .cancel, reason: reason, at: now)
        try AuditTrail(transaction).append(
            "pooled-procurement.cancel-order", subject: found.subject, by: principal, at: now, detail: ["reason": reason])
        return try store.detail(of: order)
    }
}

/// Ends an order that was sent. An open remainder is cancelled, for which there is a reason.
public struct CloseOrder: Sendable {
    public var order: OrderID
    /// Needed when something is open; otherwise it may be empty.
    public var reason: String

    public init(order: OrderID, reason: String = "") {
        self.order = order
        self.reason = reason
    }

    /// - Throws: ``PooledProcurementRefusal``: no such order, not sent or ended already, open packs without a reason.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> OrderDetail {
        try principal.require(oneOf: [.procurementOfficer, .supervisor])
        let store = OrdersStore(transaction, principal.consortium)
        let found = try store.order(order, isLocked: true)
        try found.requireTakes(.close)
        let open = try store.lines(of: order).map(\.packsOpen).reduce(0, +)
        guard open == 0 || reason.saysSomething else {
            throw PooledProcurementRefusal(.reasonMissing, "\(open) packs of \(found.number) are open", field: "reason")
        }
        if open > 0 { try store.cancelOpen(of: order, reason: reason) }
        try store.move(found, by: .close, reason: reason.saysSomething ? reason : nil, at: now)
        try AuditTrail(transaction).append(
            "pooled-procurement.close-order", subject: found.subject, by: principal, at: now,
            detail: ["reason": reason, "packsCancelled": String(open)])
        return try store.detail(of: order)
    }
}
