public import Postgres
public import Primitives

/// A line of a live order of which packs are still to come.
public struct OpenOrderLine: Sendable, Hashable {
    public let order: OrderID
    public let line: Int
    public let product: ProductID
    /// Base units in one pack.
    public let packSize: BaseUnits
    /// Neither received nor cancelled, more than 0.
    public let packs: Int64
    /// When the supplier got the order; `nil` for a draft and for one that is approved only.
    public let sentAt: Instant?
    /// The day the supplier promised.
    public let expectedOn: CalendarDate?

    public init(
        order: OrderID, line: Int, product: ProductID, packSize: BaseUnits, packs: Int64, sentAt: Instant?,
        expectedOn: CalendarDate?
    ) {
        self.order = order
        self.line = line
        self.product = product
        self.packSize = packSize
        self.packs = packs
        self.sentAt = sentAt
        self.expectedOn = expectedOn
    }
}

/// What is still to come to a store.
public struct OnOrder {
    private let transaction: Transaction

    public init(_ transaction: Transaction) { self.transaction = transaction }

    /// Base units by product: what is open on every live order for the store, drafts included, and what was pooled for it
    /// in a pool that is not closed and not ordered yet. Products with nothing to come are left out.
    public func quantities(for store: StoreID, of consortium: ConsortiumID) throws -> [ProductID: BaseUnits] {
        try OrdersStore(transaction, consortium).openQuantities(for: store)
    }

    /// The part of ``quantities(for:of:)`` that is ordered: the open lines of live orders, oldest order first.
    public func lines(for store: StoreID, of consortium: ConsortiumID) throws -> [OpenOrderLine] {
        try OrdersStore(transaction, consortium).openLines(for: store)
    }

    /// The part of ``quantities(for:of:)`` that is pooled and not ordered yet.
    public func pooled(for store: StoreID, of consortium: ConsortiumID) throws -> [ProductID: BaseUnits] {
        try OrdersStore(transaction, consortium).pooledQuantities(for: store)
    }
}
