import Audit
import Identity
public import Postgres
public import Primitives

/// A line of which the supplier will not deliver everything.
public struct LineConfirmation: Sendable, Hashable, Codable {
    public let line: Int
    /// From none to all that was ordered.
    public let packs: Int64
    /// Why it is less than ordered.
    public let reason: String

    public init(line: Int, packs: Int64, reason: String) {
        self.line = line
        self.packs = packs
        self.reason = reason
    }
}

/// The supplier says what it will deliver, and by when. Lines that are not named are confirmed whole; what is not
/// confirmed is cancelled, and an order of which nothing is confirmed is cancelled altogether.
public struct ConfirmOrder: Sendable {
    public var order: OrderID
    public var lines: [LineConfirmation]
    /// The day of delivery that is promised.
    public var expectedOn: CalendarDate?

    public init(order: OrderID, lines: [LineConfirmation] = [], expectedOn: CalendarDate? = nil) {
        self.order = order
        self.lines = lines
        self.expectedOn = expectedOn
    }

    /// - Throws: ``PooledProcurementRefusal``: no such order of this supplier, not sent, an unknown or repeated line,
    ///   more than ordered, less without a reason.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> OrderDetail {
        try principal.require(oneOf: [.supplier])
        let store = OrdersStore(transaction, principal.consortium)
        let found = try store.order(order, isLocked: true)
        guard principal.company == found.company, found.state.isKnownToSupplier else {
            throw PooledProcurementRefusal(.orderUnknown, "order \(order)")
        }
        try found.requireTakes(.confirm)
        let ordered = try store.lines(of: order)
        let packs = try confirmedPacks(of: ordered)
        for line in ordered {
            let reason = lines.first { $0.line == line.number }?.reason ?? ""
            let confirmed = packs[line.number] ?? line.packsOrdered
            try store.confirm(confirmed, of: line, in: order, reason: confirmed < line.packsOrdered ? reason : line.reason)
        }
        let total = packs.values.reduce(0, +)
        if total == 0 {
            try store.move(found, by: .cancel, reason: lines.map(\.reason).joined(separator: "; "), at: now)
        } else {
            try store.move(found, by: .confirm, expectedOn: expectedOn, at: now)
        }
        try AuditTrail(transaction).append(
            "pooled-procurement.confirm-order", subject: found.subject, by: principal, at: now,
            detail: Dictionary(uniqueKeysWithValues: lines.map { ("line \($0.line)", "\($0.packs): \($0.reason)") }))
        return try store.detail(of: order)
    }

    /// How many packs of each line are confirmed.
    func confirmedPacks(of ordered: [PurchaseOrderLine]) throws(PooledProcurementRefusal) -> [Int: Int64] {
        var packs: [Int: Int64] = [:]
        for line in ordered { packs[line.number] = line.packsOrdered }
        for (index, confirmation) in lines.enumerated() {
            let field = "lines[\(index)]"
            guard let line = ordered.first(where: { $0.number == confirmation.line }),
                !lines[..<index].contains(where: { $0.line == confirmation.line })
            else { throw PooledProcurementRefusal(.lineUnknown, "line \(confirmation.line)", field: "\(field).line") }
            guard (0...line.packsOrdered).contains(confirmation.packs) else {
                throw PooledProcurementRefusal(
                    .moreThanOrdered, "line \(line.number): \(confirmation.packs) of \(line.packsOrdered)",
                    field: "\(field).packs")
            }
            guard confirmation.packs == line.packsOrdered || confirmation.reason.saysSomething else {
                throw PooledProcurementRefusal(
                    .reasonMissing, "line \(line.number): \(confirmation.packs) of \(line.packsOrdered)", field: "\(field).reason"
                )
            }
            packs[line.number] = confirmation.packs
        }
        return packs
    }
}
