import Audit
public import Foundation
public import Postgres
public import Primitives

/// Undoes a movement by a second one with the opposite entries; both stay on record.
///
/// Transfers are not reversed: what has arrived is sent back. Nor is what a document of another module has moved: a
/// goods receipt, a dispensing and a patient's return know what became of their goods, and what a stocktake has posted
/// is corrected by another count.
public struct ReverseMovement: Sendable {
    /// How the documents begin whose modules keep count of what they moved.
    private static let documentsThatDecide = ["goods-receipt ", "dispensing ", "patient-return ", "stocktake "]

    public var movement: MovementID
    public var reason: String
    public var requestID: UUID

    public init(movement: MovementID, reason: String, requestID: UUID) {
        self.movement = movement
        self.reason = reason
        self.requestID = requestID
    }

    /// - Throws: ``StockLedgerRefusal``: no reason, unknown movement, a kind or a document that is not reversed, reversed
    ///   already, or the stock has moved on.
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
        let reversal = try StockLedgerStore(transaction, principal.consortium).record(
            MovementDraft(
                kind: .reversal, entries: try readings.entries(of: movement).map(\.reversed), document: original.document,
                reason: reason, reverses: movement, requestID: requestID, occurredOn: now.businessDay),
            by: principal, at: now)
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
