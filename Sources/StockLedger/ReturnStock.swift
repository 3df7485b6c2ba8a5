public import Foundation
import Parties
public import Postgres
public import Primitives

/// Takes back into a store what a patient or ward was given, as usable stock or held back in quarantine.
public struct ReturnStock: Sendable {
    public var store: StoreID
    /// The batches and quantities that come back; the caller has checked that no more comes back than was given.
    public var picks: [Pick]
    public var origin: Outside
    public var destination: InsideState
    public var reason: String
    public var document: String
    public var requestID: UUID
    public var part: Int

    public init(
        store: StoreID, picks: [Pick], from origin: Outside = .patient, into destination: InsideState = .quarantined,
        reason: String, document: String, requestID: UUID, part: Int = 1
    ) {
        self.store = store
        self.picks = picks
        self.origin = origin
        self.destination = destination
        self.reason = reason
        self.document = document
        self.requestID = requestID
        self.part = part
    }

    /// - Throws: ``PartiesRefusal`` for an unknown store, then ``StockLedgerRefusal``.
    @discardableResult
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> MovementID {
        let store = try PartiesStore(transaction).store(store, of: principal.consortium)
        guard !picks.isEmpty else { throw StockLedgerRefusal(.nothingToMove, document) }
        for (number, pick) in picks.enumerated() where !pick.quantity.isEnterable {
            throw StockLedgerRefusal(.quantityNotPositive, "\(pick.quantity)", field: "lines[\(number)].quantity")
        }
        let ledger = StockLedgerStore(transaction, principal.consortium)
        let shelves = try ledger.hold(picks.map(\.product), in: [store.id], on: now.businessDay)
        return try ledger.record(
            MovementDraft(
                kind: .patientReturn,
                entries: MovementDraft.entries(picks, from: .outside(origin), to: .inside(store.id, destination)),
                document: document, reason: reason, requestID: requestID, part: part),
            holding: shelves, by: principal, at: now)
    }
}
