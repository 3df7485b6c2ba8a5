import Audit
public import Foundation
import Formulary
import Parties
public import Postgres
public import Primitives

/// Goods on their way from one store of the consortium to another (调拨). It is not a sale.
public struct Transfer: Sendable, Hashable, Codable {
    public let id: TransferID
    /// `DB-2026-000012`.
    public let number: String
    public let from: StoreID
    public let to: StoreID
    public let state: TransferState
    public let reason: String
    public let shippedAt: Instant
    public let receivedAt: Instant?
}

public typealias TransferID = DocumentID<Transfer>

public enum TransferState: String, StoredText, Codable, CaseIterable {
    case inTransit = "in-transit"
    case received
}

/// Sends stock of a store to another store, first expired first out.
public struct ShipTransfer: Sendable {
    public var transfer: TransferID
    public var from: StoreID
    public var to: StoreID
    public var lines: [ProductQuantity]
    public var reason: String
    public var requestID: UUID
    /// The day it counts for; `nil` is today.
    public var occurredOn: CalendarDate?

    public init(
        transfer: TransferID, from: StoreID, to: StoreID, lines: [ProductQuantity], reason: String, requestID: UUID,
        occurredOn: CalendarDate? = nil
    ) {
        self.transfer = transfer
        self.from = from
        self.to = to
        self.lines = lines
        self.reason = reason
        self.requestID = requestID
        self.occurredOn = occurredOn
    }

    /// - Throws: ``PartiesRefusal`` for an unknown store, then ``StockLedgerRefusal``: the same store twice, no reason, a
    ///   drug that is not redistributed (rule R-CD-06), a day that is not open, a quantity out of bounds, too little stock on
    ///   the day or on a later one.
    @discardableResult
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> ShippedTransfer {
        let parties = PartiesStore(transaction)
        let origin = try parties.store(from, of: principal.consortium)
        let destination = try parties.store(to, of: principal.consortium)
        guard origin.id != destination.id else { throw StockLedgerRefusal(.sameStore, origin.name, field: "to") }
        guard !reason.allSatisfy(\.isWhitespace) else { throw StockLedgerRefusal(.reasonMissing, "transfer", field: "reason") }
        let products = try ProductsStore(transaction).products(lines.map(\.product))
        for (number, line) in lines.enumerated() {
            if let product = products[line.product], !product.specialControl.mayBeRedistributed {
                throw StockLedgerRefusal(.controlledTransfer, product.label, field: "lines[\(number)].product")
            }
        }
        let ledger = StockLedgerStore(transaction, principal.consortium)
        let stores = [origin.id, destination.id]
        let day = try ledger.day(occurredOn, in: stores, reason: reason, today: now.businessDay)
        let shelves = try ledger.hold(lines.map(\.product), in: stores, on: day)
        let picks = try pick(lines, in: origin.id, ledger, holding: shelves).flatMap { $0 }
        let movement = try ledger.record(
            MovementDraft(
                kind: .transferOut,
                entries: MovementDraft.entries(
                    picks, from: .inside(origin.id, .available), to: .inside(destination.id, .inTransit)),
                document: "transfer \(transfer)", reason: reason, requestID: requestID),
            holding: shelves, by: principal, at: now)
        let number = try TransferStore(transaction, principal.consortium).add(self, movement: movement, at: now)
        try AuditTrail(transaction).append(
            "stock-ledger.ship-transfer", subject: "transfer \(transfer)", by: principal, at: now, detail: ["number": number])
        return ShippedTransfer(number: number, picks: picks)
    }
}

/// What a transfer took along.
public struct ShippedTransfer: Sendable, Hashable, Codable {
    public let number: String
    public let picks: [Pick]
}

/// Takes in what a transfer brought; what is missing of it is lost on the way, with a reason.
public struct ReceiveTransfer: Sendable {
    public var transfer: TransferID
    /// What did not arrive, by batch; empty when all did.
    public var missing: [BatchLine]
    public var reason: String
    public var requestID: UUID
    /// The day it counts for; `nil` is today. An earlier day needs a reason.
    public var occurredOn: CalendarDate?

    public init(
        transfer: TransferID, missing: [BatchLine] = [], reason: String = "", requestID: UUID,
        occurredOn: CalendarDate? = nil
    ) {
        self.transfer = transfer
        self.missing = missing
        self.reason = reason
        self.requestID = requestID
        self.occurredOn = occurredOn
    }

    /// - Throws: ``StockLedgerRefusal``: unknown transfer, received already, missing without a reason, a day that is not open
    ///   or before the goods were sent, more missing than was shipped.
    @discardableResult
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> MovementID {
        let transfers = TransferStore(transaction, principal.consortium)
        let (document, shippedBy, shippedOn) = try transfers.locked(transfer)
        guard document.state == .inTransit else { throw StockLedgerRefusal(.transferReceived, document.number) }
        guard missing.isEmpty || !reason.allSatisfy(\.isWhitespace) else {
            throw StockLedgerRefusal(.reasonMissing, "goods are missing", field: "reason")
        }
        let ledger = StockLedgerStore(transaction, principal.consortium)
        let day = try ledger.day(occurredOn, in: [document.to], reason: reason, today: now.businessDay)
        guard day >= shippedOn else {
            throw StockLedgerRefusal(.dayTooEarly, "it was sent on \(shippedOn)", field: "occurredOn")
        }
        let shipped = try MovementReadings(transaction, principal.consortium).entries(of: shippedBy).filter { $0.quantity > 0 }
        var lost = Dictionary(missing.map { ($0.batch, $0.quantity) }, uniquingKeysWith: +)
        var entries: [Entry] = []
        for side in shipped {
            func entry(_ place: Place, _ quantity: BaseUnits) -> Entry {
                Entry(place: place, batch: side.batch, product: side.product, expiresOn: side.expiresOn, quantity: quantity)
            }
            let gone = lost.removeValue(forKey: side.batch) ?? 0
            guard gone >= 0, gone <= side.quantity else {
                throw StockLedgerRefusal(.moreThanShipped, "batch \(side.batch): \(side.quantity) shipped", field: "missing")
            }
            entries.append(entry(.inside(document.to, .inTransit), -side.quantity))
            if side.quantity > gone { entries.append(entry(.inside(document.to, .available), side.quantity - gone)) }
            if gone > 0 { entries.append(entry(.outside(.loss), gone)) }
        }
        guard lost.isEmpty else { throw StockLedgerRefusal(.moreThanShipped, "a batch that was not shipped", field: "missing") }
        let shelves = try ledger.hold(entries.map(\.product), in: [document.to], on: day)
        let movement = try ledger.record(
            MovementDraft(
                kind: .transferIn, entries: entries, document: "transfer \(transfer)", reason: reason, requestID: requestID),
            holding: shelves, by: principal, at: now)
        try transfers.markReceived(transfer, at: now)
        try AuditTrail(transaction).append(
            "stock-ledger.receive-transfer", subject: "transfer \(transfer)", by: principal, at: now)
        return movement
    }
}
