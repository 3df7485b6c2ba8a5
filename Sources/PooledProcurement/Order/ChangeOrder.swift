import Audit
import Identity
public import Postgres
import Prices
public import Primitives

/// A line's new number of packs, and its new price where that is free.
public struct LineChange: Sendable, Hashable, Codable {
    public let line: Int
    /// All that is to be ordered, what has been received and cancelled included.
    public let packs: Int64
    /// `nil` keeps the price.
    public let packPrice: Money?

    public init(line: Int, packs: Int64, packPrice: Money? = nil) {
        self.line = line
        self.packs = packs
        self.packPrice = packPrice
    }
}

/// Changes lines of an order. Before it was sent the order becomes a draft again; afterwards the supplier must have
/// agreed. What was changed is kept.
public struct ChangeOrder: Sendable {
    public var order: OrderID
    /// The version that was read; `nil` does not ask.
    public var version: Int64?
    public var changes: [LineChange]
    public var reason: String
    /// Who agreed for the supplier, and how; needed once the order was sent.
    public var agreedWith: String?

    public init(order: OrderID, version: Int64? = nil, changes: [LineChange], reason: String, agreedWith: String? = nil) {
        self.order = order
        self.version = version
        self.changes = changes
        self.reason = reason
        self.agreedWith = agreedWith
    }

    /// - Throws: ``PooledProcurementRefusal``: no such order, changed meanwhile, a state in which it is not changed, no
    ///   agreement, no reason, no changes or an unknown or repeated line, a price that was awarded, a quantity or price
    ///   out of bounds, less than was received and cancelled; for a line that gets another price or more packs, a price
    ///   above the ceiling, another price that rules today, no price on record; nothing left to deliver.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> OrderDetail {
        try principal.require(oneOf: [.procurementOfficer])
        let store = OrdersStore(transaction, principal.consortium)
        let found = try store.order(order, isLocked: true)
        try found.requireVersion(version)
        let step: OrderStep = found.state.isKnownToSupplier ? .agree : .revise
        try found.requireTakes(step)
        if step == .agree, !(agreedWith ?? "").saysSomething {
            throw PooledProcurementRefusal(.agreementMissing, "\(found.number) is \(found.state.rawValue)", field: "agreedWith")
        }
        guard reason.saysSomething else { throw PooledProcurementRefusal(.reasonMissing, found.number, field: "reason") }
        let lines = try store.lines(of: order)
        let wanted = try check(against: lines, isAwarded: found.tender != nil)
        let book = try PriceBook.held(of: wanted.map(\.line.article), for: principal.consortium, in: transaction)
        for (index, change) in wanted.enumerated() where change.packs > change.line.packsOrdered || change.price != change.line.packPrice {
            try book.require(
                change.line, at: change.price, from: found.company, tender: found.tender, on: now.businessDay,
                field: "changes[\(index)]")
        }
        for (line, packs, price) in wanted where line.packsOrdered != packs || line.packPrice != price {
            try store.change(
                line, of: found, toPacks: packs, price: price, reason: reason, agreedWith: agreedWith ?? "",
                by: principal.person, at: now)
        }
        let changed = try store.lines(of: order)
        guard changed.contains(where: { $0.packsOpen > 0 }) else {
            throw PooledProcurementRefusal(
                .linesInvalid, "nothing is left to deliver: close or cancel the order", field: "changes")
        }
        try store.move(found, by: step, at: now)
        try AuditTrail(transaction).append(
            "pooled-procurement.change-order", subject: found.subject, by: principal, at: now,
            detail: ["reason": reason, "agreedWith": agreedWith ?? ""])
        return try store.detail(of: order)
    }

    private func check(
        against lines: [PurchaseOrderLine], isAwarded: Bool
    ) throws(PooledProcurementRefusal) -> [(line: PurchaseOrderLine, packs: Int64, price: Money)] {
        guard !changes.isEmpty else { throw PooledProcurementRefusal(.linesInvalid, "no change", field: "changes") }
        var wanted: [(line: PurchaseOrderLine, packs: Int64, price: Money)] = []
        for (index, change) in changes.enumerated() {
            let field = "changes[\(index)]"
            guard let line = lines.first(where: { $0.number == change.line }),
                !changes[..<index].contains(where: { $0.line == change.line })
            else { throw PooledProcurementRefusal(.lineUnknown, "line \(change.line)", field: "\(field).line") }
            let price = change.packPrice ?? line.packPrice
            guard !isAwarded || price == line.packPrice else {
                throw PooledProcurementRefusal(
                    .priceIsAwarded, "line \(line.number): \(line.packPrice)", field: "\(field).packPrice")
            }
            try requireWithinBounds(packs: change.packs, of: line.packSize, price: price, field: field)
            guard change.packs >= line.packsReceived + line.packsCancelled else {
                throw PooledProcurementRefusal(
                    .lessThanReceived, "line \(line.number): \(line.packsReceived) received, \(line.packsCancelled) cancelled",
                    field: "\(field).packs")
            }
            wanted.append((line, change.packs, price))
        }
        return wanted
    }
}
