public import Foundation
import Parties
public import Postgres
public import Primitives

/// Takes a quantity of one batch out of a store, back to its supplier: first what is held back there, then what is usable.
public struct SendBackStock: Sendable {
    public var store: StoreID
    public var batch: BatchKey
    public var quantity: BaseUnits
    public var reason: String
    public var document: String
    public var requestID: UUID

    public init(store: StoreID, batch: BatchKey, quantity: BaseUnits, reason: String, document: String, requestID: UUID) {
        self.store = store
        self.batch = batch
        self.quantity = quantity
        self.reason = reason
        self.document = document
        self.requestID = requestID
    }

    /// - Throws: ``PartiesRefusal`` for an unknown store, then ``StockLedgerRefusal``: a quantity out of bounds, an unknown batch, less
    ///   there than goes back, stock held still, recorded already.
    @discardableResult
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> MovementID {
        let store = try PartiesStore(transaction).store(store, of: principal.consortium)
        guard quantity.isEnterable else { throw StockLedgerRefusal(.quantityNotPositive, "\(quantity)", field: "packs") }
        let ledger = StockLedgerStore(transaction, principal.consortium)
        let shelves = try ledger.hold([batch.product], in: [store.id], on: now.businessDay)
        guard let id = try ledger.batches([batch])[batch] else { throw StockLedgerRefusal(.batchUnknown, batch.batchNumber) }
        let places = [InsideState.quarantined, .available].map { ShelvedBatch(product: batch.product, batch: id, state: $0) }
        let held = try StockReadings(transaction).lockedQuantities(of: places, in: store.id, of: principal.consortium)
        var (rest, entries): (BaseUnits, [Entry]) = (quantity, [])
        for place in places {
            let taken = min(rest, held[place] ?? .zero)
            guard taken > .zero else { continue }
            rest -= taken
            let pick = Pick(
                batch: id, article: batch.article, product: batch.product, batchNumber: batch.batchNumber,
                expiresOn: batch.expiresOn, quantity: taken)
            entries += MovementDraft.entries([pick], from: .inside(store.id, place.state), to: .outside(.supplier))
        }
        guard rest == .zero else {
            throw StockLedgerRefusal(.insufficientStock, "batch \(batch.batchNumber): short of \(rest)", field: "packs")
        }
        return try ledger.record(
            MovementDraft(kind: .supplierReturn, entries: entries, document: document, reason: reason, requestID: requestID),
            holding: shelves, by: principal, at: now)
    }
}
