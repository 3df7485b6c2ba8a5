import Audit
import Parties
public import Postgres
public import Primitives

/// Holds products of a store still while they are counted: until the freeze is lifted, nothing of them comes onto or
/// leaves the shelf there. Goods may be sent on their way to the store; they are taken in afterwards.
///
/// No movement slips by: a movement of the store that has begun is recorded or given up before the freeze is there, and
/// one that begins later sees it. Both hold for the transaction that runs this verb, too.
public struct FreezeProducts: Sendable {
    public var store: StoreID
    /// `nil`: every product, also those that the store does not have yet.
    public var products: [ProductID]?
    /// What it is done for, `stocktake 0193…`; whoever is refused a movement is told.
    public var document: String

    public init(store: StoreID, products: [ProductID]?, document: String) {
        self.store = store
        self.products = products
        self.document = document
    }

    /// - Throws: ``PartiesRefusal`` for an unknown store; ``StockLedgerRefusal`` `stock-ledger.frozen` when another document
    ///   holds one of the products already.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws {
        let store = try PartiesStore(transaction).store(store, of: principal.consortium)
        try FreezeStore(transaction, principal.consortium).add(self, at: now)
        try AuditTrail(transaction).append(
            "stock-ledger.freeze", subject: "store \(store.id)", by: principal, at: now, detail: ["document": document])
    }
}

/// Lets move again what a document has held still. It is no refusal when there was no freeze.
public struct LiftFreeze: Sendable {
    public var store: StoreID
    public var document: String

    public init(store: StoreID, document: String) {
        self.store = store
        self.document = document
    }

    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws {
        guard try FreezeStore(transaction, principal.consortium).remove(document, from: store) > 0 else { return }
        try AuditTrail(transaction).append(
            "stock-ledger.lift-freeze", subject: "store \(store)", by: principal, at: now, detail: ["document": document])
    }
}
