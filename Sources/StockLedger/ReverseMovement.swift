import Audit
public import Foundation
public import Postgres
public import Primitives

/// Undoes a movement by a second one with the opposite entries; both stay on record.
///
/// Transfers are not reversed: what has arrived is sent back. Nor is what a document of another module has moved: a
/// goods receipt, a dispensing and a patient's return know what became of their goods, what is set aside for an instalment
/// is released there, and what a stocktake has posted is corrected by another count.
public struct ReverseMovement: Sendable {
    /// How the documents begin whose modules keep count of what they moved.
    private static let documentsThatDecide = [
        "goods-receipt ", "supplier-return ", "dispensing ", "patient-return ", "stocktake ", "instalment ",
    ]

    public var movement: MovementID
    public var reason: String
    public var requestID: UUID
    /// The day it counts for, not before the day of what it reverses; `nil` is today, so that what was reported of earlier
    /// days stays true.
    public var occurredOn: CalendarDate?

    public init(movement: MovementID, reason: String, requestID: UUID, occurredOn: CalendarDate? = nil) {
        self.movement = movement
        self.reason = reason
        self.requestID = requestID
        self.occurredOn = occurredOn
    }

    /// - Throws: ``StockLedgerRefusal``: no reason, unknown movement, a kind or a document that is not reversed, a day that is
    ///   not open or before the movement's, reversed already, or the stock has moved on.
    @discardableResult
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> MovementID {
        guard !reason.allSatisfy(\.isWhitespace) else { throw StockLedgerRefusal(.reasonMissing, "reversal", field: "reason") }
        let readings = MovementReadings(transaction, principal.consortium)
        let original = try readings.movement(movement)
        switch original.kind {
        case .reversal, .transferIn, .transferOut:
            throw StockLedgerRefusal(.notReversible, "movement \(movement) is a \(original.kind.rawValue)")
        default: break
        }
        guard !Self.documentsThatDecide.contains(where: original.document.hasPrefix) else {
            throw StockLedgerRefusal(.documentDecides, original.document)
        }
        let entries = try readings.entries(of: movement).map(\.reversed)
        let stores = Set(entries.compactMap(\.place.store)).sorted()
        let ledger = StockLedgerStore(transaction, principal.consortium)
        let day = try ledger.day(occurredOn, in: stores, reason: reason, today: now.businessDay)
        guard day >= original.occurredOn else {
            throw StockLedgerRefusal(.dayTooEarly, "the movement counts for \(original.occurredOn)", field: "occurredOn")
        }
        let shelves = try ledger.hold(entries.map(\.product), in: stores, on: day)
        guard try !readings.isReversed(movement) else { throw StockLedgerRefusal(.alreadyReversed, "movement \(movement)") }
        let reversal = try ledger.record(
            MovementDraft(
                kind: .reversal, entries: entries, document: original.document, reason: reason, reverses: movement,
                requestID: requestID),
            holding: shelves, by: principal, at: now)
        try AuditTrail(transaction).append(
            "stock-ledger.reverse", subject: "movement \(movement)", by: principal, at: now, detail: ["reason": reason])
        return reversal
    }
}

extension Entry {
    var reversed: Entry {
        Entry(place: place, batch: batch, product: product, expiresOn: expiresOn, quantity: -quantity)
    }
}
