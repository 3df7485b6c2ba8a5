import Audit
import Formulary
import Identity
import Parties
public import Postgres
import Prices
public import Primitives
import Tendering

/// A supervisor's yes to a draft.
public struct ApproveOrder: Sendable {
    public var order: OrderID
    /// The version that was read; `nil` does not ask.
    public var version: Int64?

    public init(order: OrderID, version: Int64? = nil) {
        self.order = order
        self.version = version
    }

    /// - Throws: ``PooledProcurementRefusal``: no such order, changed meanwhile, no draft.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> OrderDetail {
        try principal.require(oneOf: [.supervisor])
        let store = OrdersStore(transaction, principal.consortium)
        let found = try store.order(order, isLocked: true)
        try found.requireVersion(version)
        try store.move(found, by: .approve, at: now)
        try AuditTrail(transaction).append("pooled-procurement.approve-order", subject: found.subject, by: principal, at: now)
        return try store.detail(of: order)
    }
}

/// Sends an approved order to its supplier, who sees it from now on.
public struct SendOrder: Sendable {
    public var order: OrderID

    public init(order: OrderID) { self.order = order }

    /// The supplier's licences are checked on the day, and every line's price: an order is sent at the prices that rule on
    /// the day on which the supplier gets it. Source: Drug Administration Law (2019), art. 55; rule R-VB-10.
    ///
    /// - Throws: ``PooledProcurementRefusal``: no such order, not approved, no valid licence for a product of it, a price
    ///   above the ceiling, another price that rules, no price on record.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> OrderDetail {
        try principal.require(oneOf: [.procurementOfficer, .supervisor])
        let store = OrdersStore(transaction, principal.consortium)
        let found = try store.order(order, isLocked: true)
        try found.requireTakes(.send)
        let lines = try store.lines(of: order)
        let products = try ProductsStore(transaction).products(lines.map(\.product))
        let licences = try PartiesStore(transaction).licences(of: found.company)
        for line in lines {
            guard let kind = products[line.product]?.kind, licences.allowSupply(of: kind, on: now.businessDay) else {
                throw PooledProcurementRefusal(
                    .licenceMissing, "company \(found.company) for product \(line.product) on \(now.businessDay)")
            }
        }
        let book = try PriceBook.held(of: lines.map(\.article), for: principal.consortium, in: transaction)
        for line in lines {
            try book.require(line, from: found.company, tender: found.tender, on: now.businessDay, field: "order")
        }
        try store.move(found, by: .send, at: now)
        try AuditTrail(transaction).append("pooled-procurement.send-order", subject: found.subject, by: principal, at: now)
        return try store.detail(of: order)
    }
}
