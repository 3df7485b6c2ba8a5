public import Foundation
import Parties
public import Postgres
public import Primitives

/// Sets usable stock of a store aside, first expired first out. All lines are served or none.
///
/// What is reserved is issued to nobody else until it is released. Batches that expire on the last day of use of a line, or
/// before it, are passed over, as ``IssueStock`` does.
public struct ReserveStock: Sendable {
    public var store: StoreID
    public var lines: [ProductQuantity]
    public var document: String
    public var requestID: UUID

    public init(store: StoreID, lines: [ProductQuantity], document: String, requestID: UUID) {
        self.store = store
        self.lines = lines
        self.document = document
        self.requestID = requestID
    }

    /// - Returns: the picks of each line, in the order of the lines.
    /// - Throws: ``PartiesRefusal`` for an unknown store, then ``StockLedgerRefusal``: a bad line, too little usable stock,
    ///   stock held still, recorded already. Nothing was written then, so the transaction may go on.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> IssuedStock {
        let store = try PartiesStore(transaction).store(store, of: principal.consortium)
        let ledger = StockLedgerStore(transaction, principal.consortium)
        let shelves = try ledger.hold(lines.map(\.product), in: [store.id], on: now.businessDay)
        let picks = try pick(lines, in: store.id, ledger, holding: shelves)
        let movement = try ledger.record(
            MovementDraft(
                kind: .reservation,
                entries: MovementDraft.entries(
                    picks.flatMap { $0 }, from: .inside(store.id, .available), to: .inside(store.id, .reserved)),
                document: document, requestID: requestID),
            holding: shelves, by: principal, at: now)
        return IssuedStock(movement: movement, picksOfLine: picks)
    }
}

/// Makes what was set aside usable by anybody again.
public struct ReleaseReserved: Sendable {
    public var store: StoreID
    /// The batches and quantities as they were reserved.
    public var picks: [Pick]
    public var document: String
    public var reason: String
    public var requestID: UUID

    public init(store: StoreID, picks: [Pick], document: String, reason: String = "", requestID: UUID) {
        self.store = store
        self.picks = picks
        self.document = document
        self.reason = reason
        self.requestID = requestID
    }

    /// - Throws: ``PartiesRefusal`` for an unknown store, then ``StockLedgerRefusal``: no line, more than is reserved, stock held
    ///   still, recorded already.
    @discardableResult
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> MovementID {
        let store = try PartiesStore(transaction).store(store, of: principal.consortium)
        guard !picks.isEmpty else { throw StockLedgerRefusal(.nothingToMove, document) }
        let ledger = StockLedgerStore(transaction, principal.consortium)
        let shelves = try ledger.hold(picks.map(\.product), in: [store.id], on: now.businessDay)
        return try ledger.record(
            MovementDraft(
                kind: .reservationRelease,
                entries: MovementDraft.entries(picks, from: .inside(store.id, .reserved), to: .inside(store.id, .available)),
                document: document, reason: reason, requestID: requestID),
            holding: shelves, by: principal, at: now)
    }
}

/// Locks products of stores until the transaction ends: for a transaction that makes several movements, so that two such
/// never wait for each other in a circle.
public struct HoldShelves: Sendable {
    public var stores: [StoreID]
    public var products: [ProductID]

    public init(stores: [StoreID], products: [ProductID]) {
        self.stores = stores
        self.products = products
    }

    public func run(in transaction: Transaction, of consortium: ConsortiumID, at now: Instant) throws {
        guard !stores.isEmpty, !products.isEmpty else { return }
        _ = try StockLedgerStore(transaction, consortium).hold(products, in: stores, on: now.businessDay)
    }
}
