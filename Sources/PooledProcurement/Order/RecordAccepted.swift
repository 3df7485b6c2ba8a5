import Audit
import Identity
public import Postgres
public import Primitives

/// Counts packs that were delivered and accepted against an order line; for the module that receives goods, in its own
/// transaction. Never more than is open, however many deliveries arrive at once.
public struct RecordAccepted: Sendable {
    public var order: OrderID
    public var line: Int
    public var packs: Int64

    public init(order: OrderID, line: Int, packs: Int64) {
        self.order = order
        self.line = line
        self.packs = packs
    }

    /// - Returns: the line as it is now.
    /// - Throws: ``PooledProcurementRefusal``: no such order, not sent or ended, no packs, no such line, more than is
    ///   open; `IdentityRefusal` for a person of another facility.
    @discardableResult
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> PurchaseOrderLine {
        let store = OrdersStore(transaction, principal.consortium)
        let found = try store.order(order, isLocked: true)
        try principal.requireFacility(found.facility)
        try found.requireTakes(.receiveSome)
        guard packs > 0 else { throw PooledProcurementRefusal(.quantityInvalid, "\(packs) packs", field: "packs") }
        let lines = try store.lines(of: order)
        guard let ordered = lines.first(where: { $0.number == line }) else {
            throw PooledProcurementRefusal(.lineUnknown, "line \(line) of \(found.number)", field: "line")
        }
        guard try store.receive(packs, of: line, in: order) else {
            throw PooledProcurementRefusal(
                .overDelivery, "line \(line) of \(found.number): \(packs) packs, \(ordered.packsOpen) open", field: "packs")
        }
        let open = lines.map(\.packsOpen).reduce(0, +) - packs
        try store.move(found, by: open == 0 ? .receiveAll : .receiveSome, at: now)
        try AuditTrail(transaction).append(
            "pooled-procurement.record-accepted", subject: found.subject, by: principal, at: now,
            detail: ["line": String(line), "packs": String(packs)])
        return PurchaseOrderLine(
            number: ordered.number, product: ordered.product, article: ordered.article, packSize: ordered.packSize,
            packPrice: ordered.packPrice, packsOrdered: ordered.packsOrdered, packsConfirmed: ordered.packsConfirmed,
            packsReceived: ordered.packsReceived + packs, packsCancelled: ordered.packsCancelled, route: ordered.route,
            externalCode: ordered.externalCode, reason: ordered.reason)
    }
}
