import Audit
import Foundation
import Identity
public import Postgres
import Prices
public import Primitives
public import Tendering

/// What came of ordering from awards.
public struct OrderingResult: Sendable, Hashable, Codable {
    public struct Unserved: Sendable, Hashable, Codable {
        public let product: ProductID
        public let share: PoolShare
    }

    /// The drafts that were made, in the order of suppliers and stores.
    public let orders: [PurchaseOrder]
    /// What was asked for and not awarded to anybody; to be tendered again or ordered directly.
    public let unserved: [Unserved]
}

/// Makes purchase orders from the awards of a tender: one for each supplier and store, at the awarded price, article and
/// pack. Every line keeps which requisition lines it serves.
public struct OrderFromAwards: Sendable {
    public var pool: PoolID
    public var tender: TenderID

    public init(pool: PoolID, tender: TenderID) {
        self.pool = pool
        self.tender = tender
    }

    /// - Throws: ``PooledProcurementRefusal``: no such pool, closed, no lines of it in the tender, ordered already, no
    ///   awards at all, an awarded price that does not hold today or is above the ceiling; `TenderingRefusal`: no such
    ///   tender, not awarded.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> OrderingResult {
        try principal.require(oneOf: [.procurementOfficer])
        let pools = PoolsStore(transaction, principal.consortium)
        let found = try pools.pool(pool, isLocked: true)
        let awarded = try TenderReadings(transaction).awards(of: tender, in: principal.consortium)
        guard found.state.after(.order) != nil else {
            throw PooledProcurementRefusal(.poolWrongState, "\(found.number) is \(found.state.rawValue)")
        }
        guard try pools.isTendered(by: tender, pool: pool) else {
            throw PooledProcurementRefusal(
                .nothingAwarded, "tender \(tender) asks for nothing of \(found.number)", field: "tender")
        }
        let packages = try pools.unorderedPackages(of: tender, from: pool)
        guard !packages.isEmpty else { throw PooledProcurementRefusal(.alreadyOrdered, "tender \(tender)", field: "tender") }
        let awards = Dictionary(grouping: awarded.awards, by: \.package)
        guard packages.keys.contains(where: { awards[$0] != nil }) else {
            throw PooledProcurementRefusal(.nothingAwarded, "tender \(tender)", field: "tender")
        }
        var parts: [(product: ProductID, part: OrderPart)] = []
        var unserved: [OrderingResult.Unserved] = []
        for (number, product) in packages.sorted(by: { $0.key < $1.key }) {
            let divided = divide(try pools.shares(of: product, in: pool), over: awards[number] ?? [])
            parts += divided.parts.map { (product, $0) }
            unserved += divided.unserved.map { OrderingResult.Unserved(product: product, share: $0) }
        }
        let orders = Self.orders(from: parts, pool: pool, tender: tender, at: now)
        let book = try PriceBook.held(
            of: orders.flatMap { $0.lines.map(\.article) }, for: principal.consortium, in: transaction)
        for order in orders {
            for line in order.lines {
                try book.require(line, from: order.company, tender: tender, on: now.businessDay, field: "tender")
            }
        }
        let store = OrdersStore(transaction, principal.consortium)
        try store.insert(orders, by: principal.person, at: now)
        try pools.markOrdered(Array(packages.keys), of: tender, at: now)
        try pools.move(found, by: .order)
        let audit = AuditTrail(transaction)
        for order in orders {
            try audit.append(
                "pooled-procurement.order-from-awards", subject: "order \(order.id)", by: principal, at: now,
                detail: ["pool": pool.description, "tender": tender.description])
        }
        return OrderingResult(orders: try orders.map { try store.order($0.id) }, unserved: unserved)
    }

    /// One order for each supplier and store, a line for each award it has a part of.
    static func orders(
        from parts: [(product: ProductID, part: OrderPart)], pool: PoolID, tender: TenderID, at now: Instant
    ) -> [NewOrder] {
        struct Destination: Hashable, Comparable {
            let company: CompanyID
            let store: StoreID

            static func < (left: Self, right: Self) -> Bool {
                (left.company, left.store) < (right.company, right.store)
            }
        }
        let byDestination = Dictionary(grouping: parts) { Destination(company: $0.part.award.company, store: $0.part.store) }
        return byDestination.sorted { $0.key < $1.key }.compactMap { destination, parts in
            guard let facility = parts.first?.part.facility else { return nil }
            let lines = parts.enumerated().map { index, part in
                PurchaseOrderLine(
                    number: index + 1, product: part.product, article: part.part.award.article,
                    packSize: part.part.award.packSize, packPrice: part.part.award.packPrice, packsOrdered: part.part.packs,
                    route: .awarded)
            }
            return NewOrder(
                id: OrderID(UUID.version7(at: now)), company: destination.company, facility: facility, store: destination.store,
                pool: pool, tender: tender, reason: "", lines: lines,
                served: Dictionary(uniqueKeysWithValues: parts.enumerated().map { ($0.offset + 1, $0.element.part.served) }))
        }
    }
}
