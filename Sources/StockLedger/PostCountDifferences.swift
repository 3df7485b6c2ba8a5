public import Foundation
import Parties
public import Postgres
public import Primitives

/// By how much a batch in a store, in one state, differs from what the ledger says.
public struct CountDifference: Sendable, Hashable {
    public let batch: BatchID
    public let state: InsideState
    /// Base units; positive when more is there (盘盈), negative when less is (盘损); not 0.
    public let quantity: BaseUnits

    public init(batch: BatchID, state: InsideState, quantity: BaseUnits) {
        self.batch = batch
        self.state = state
        self.quantity = quantity
    }
}

/// Brings the ledger to what was counted: gains and losses of a store in one movement.
///
/// What is set aside for patients stands on the same shelf as the rest of its batch, and stays promised. So what is more or
/// less of it is more or less of the batch's usable stock; when that is too little, reservations are released first.
public struct PostCountDifferences: Sendable {
    public var store: StoreID
    public var differences: [CountDifference]
    public var document: String
    public var reason: String
    public var requestID: UUID

    public init(store: StoreID, differences: [CountDifference], document: String, reason: String, requestID: UUID) {
        self.store = store
        self.differences = differences
        self.document = document
        self.reason = reason
        self.requestID = requestID
    }

    /// - Throws: ``PartiesRefusal`` for an unknown store, then ``StockLedgerRefusal``: no difference, no reason, a quantity out
    ///   of bounds, an unknown batch, frozen stock, recorded already, more lost than is there and not set aside.
    @discardableResult
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> MovementID {
        let store = try PartiesStore(transaction).store(store, of: principal.consortium)
        guard !differences.isEmpty else { throw StockLedgerRefusal(.nothingToMove, document) }
        guard !reason.allSatisfy(\.isWhitespace) else { throw StockLedgerRefusal(.reasonMissing, document, field: "reason") }
        let ledger = StockLedgerStore(transaction, principal.consortium)
        let day = try ledger.day(nil, in: [store.id], reason: reason, today: now.businessDay)
        let known = try ledger.batches(differences.map(\.batch))
        let entries = try differences.flatMap { difference in
            let size = difference.quantity < 0 ? -difference.quantity : difference.quantity
            guard size.isEnterable else { throw StockLedgerRefusal(.quantityNotPositive, "\(difference.quantity)") }
            guard let batch = known[difference.batch] else {
                throw StockLedgerRefusal(.batchUnknown, "batch \(difference.batch)")
            }
            let place = ShelvedBatch(product: batch.product, batch: batch.batch, state: difference.state).posted
            let shelf = Place.inside(store.id, place.state)
            let (origin, destination) =
                difference.quantity < 0 ? (shelf, Place.outside(.adjustment)) : (Place.outside(.adjustment), shelf)
            return MovementDraft.entries([batch.with(size)], from: origin, to: destination)
        }
        let shelves = try ledger.hold(entries.map(\.product), in: [store.id], on: day)
        return try ledger.record(
            MovementDraft(kind: .adjustment, entries: entries, document: document, reason: reason, requestID: requestID),
            holding: shelves, by: principal, at: now)
    }
}
