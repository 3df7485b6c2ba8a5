import Audit
import Parties
public import Postgres
public import Primitives

/// Closes the days of a store (月结): nothing is recorded for them any more. It is not undone.
public struct CloseDays: Sendable {
    public var store: StoreID
    /// The last day that is closed; it is over.
    public var through: CalendarDate

    public init(store: StoreID, through: CalendarDate) {
        self.store = store
        self.through = through
    }

    /// - Throws: ``PartiesRefusal`` for an unknown store, then ``StockLedgerRefusal``: the day is not over, or closed already.
    @discardableResult
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Closing {
        let store = try PartiesStore(transaction).store(store, of: principal.consortium)
        guard through < now.businessDay else {
            throw StockLedgerRefusal(.dayNotOver, "\(through)", field: "through")
        }
        let closings = ClosingStore(transaction, principal.consortium)
        try closings.lockAlone(store.id)
        if let closed = try closings.closedThrough([store.id]), closed >= through {
            throw StockLedgerRefusal(.dayClosed, "\(through): closed through \(closed)", field: "through")
        }
        let closing = Closing(store: store.id, closedThrough: through, closedAt: now, person: principal.person)
        try closings.add(closing)
        try AuditTrail(transaction).append(
            "stock-ledger.close-days", subject: "store \(store.id)", by: principal, at: now, detail: ["through": "\(through)"])
        return closing
    }
}

/// That the days of a store through one of them are closed, by whom and when.
public struct Closing: Sendable, Hashable, Codable {
    public let store: StoreID
    public let closedThrough: CalendarDate
    public let closedAt: Instant
    public let person: PersonID
}
