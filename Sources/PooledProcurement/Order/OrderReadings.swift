import Identity
public import Postgres
public import Primitives
public import Requisitions

/// An order with its lines and what they come to.
public struct OrderDetail: Sendable, Hashable, Codable {
    public let order: PurchaseOrder
    public let lines: [PurchaseOrderLine]
    /// Yuan for what was ordered and not cancelled.
    public let amount: Money
    /// Yuan for what was received.
    public let amountReceived: Money
}

/// An order in a list.
public struct OrderSummary: Sendable, Hashable, Codable {
    public let order: PurchaseOrder
    public let lineCount: Int
    /// Yuan for what was ordered and not cancelled.
    public let amount: Money
    public let packsOpen: Int64
}

/// Which requisition line an order line serves, and how much of it.
public struct OrderLineShare: Sendable, Hashable, Codable {
    public let line: Int
    public let requisition: RequisitionID
    public let requisitionLine: Int
    /// Base units.
    public let quantity: BaseUnits
}

/// One change of a line that was made after the order.
public struct OrderChange: Sendable, Hashable, Codable {
    /// The order's version after the change.
    public let version: Int64
    public let line: Int
    public let packsBefore: Int64
    public let packsAfter: Int64
    public let priceBefore: Money
    public let priceAfter: Money
    public let reason: String
    /// Who agreed for the supplier; empty before the order was sent.
    public let agreedWith: String
    public let changedAt: Instant
}

/// Which orders a list shows; `nil` does not ask.
public struct OrderFilter: Sendable, Hashable {
    public var state: OrderState?
    public var company: CompanyID?
    public var facility: FacilityID?
    public var store: StoreID?
    public var pool: PoolID?

    public init(
        state: OrderState? = nil, company: CompanyID? = nil, facility: FacilityID? = nil, store: StoreID? = nil,
        pool: PoolID? = nil
    ) {
        self.state = state
        self.company = company
        self.facility = facility
        self.store = store
        self.pool = pool
    }
}

/// What pages and other modules ask about purchase orders. A supplier sees its own orders once they are sent; a
/// facility's people see the orders that are delivered to it.
public struct OrderReadings {
    private let transaction: Transaction

    public init(_ transaction: Transaction) { self.transaction = transaction }

    /// Orders, newest first, `limit` at most, after the one with `serial`.
    public func orders(_ filter: OrderFilter, after serial: Int64? = nil, limit: Int, for principal: Principal) throws
        -> [OrderSummary]
    {
        try OrdersStore(transaction, principal.consortium).summaries(filter, visibleTo: principal, after: serial, limit: limit)
    }

    /// How many orders there are in each state that has some.
    public func counts(for principal: Principal) throws -> [OrderState: Int] {
        try OrdersStore(transaction, principal.consortium).counts(visibleTo: principal)
    }

    /// - Throws: ``PooledProcurementRefusal`` when there is no such order, or it is not for the principal to see.
    public func order(_ id: OrderID, for principal: Principal) throws -> OrderDetail {
        let detail = try OrdersStore(transaction, principal.consortium).detail(of: id)
        guard detail.order.isVisible(to: principal) else { throw PooledProcurementRefusal(.orderUnknown, "order \(id)") }
        return detail
    }

    /// An order for another module, whoever asks.
    ///
    /// - Throws: ``PooledProcurementRefusal`` when there is no such order.
    public func order(_ id: OrderID, of consortium: ConsortiumID) throws -> OrderDetail {
        try OrdersStore(transaction, consortium).detail(of: id)
    }

    /// Which requisition lines the order serves, in the order of lines.
    ///
    /// - Throws: as ``order(_:for:)``.
    public func shares(of id: OrderID, for principal: Principal) throws -> [OrderLineShare] {
        _ = try order(id, for: principal)
        return try OrdersStore(transaction, principal.consortium).shares(of: id)
    }

    /// What was changed since the order was made, oldest first.
    ///
    /// - Throws: as ``order(_:for:)``.
    public func changes(of id: OrderID, for principal: Principal) throws -> [OrderChange] {
        _ = try order(id, for: principal)
        return try OrdersStore(transaction, principal.consortium).changes(of: id)
    }
}

extension PurchaseOrder {
    func isVisible(to principal: Principal) -> Bool {
        if principal.seesWholeConsortium { return true }
        if let company = principal.company { return company == self.company && state.isKnownToSupplier }
        return principal.facility == facility
    }
}
