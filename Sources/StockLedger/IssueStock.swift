public import Foundation
import Parties
public import Postgres
public import Primitives

/// Takes stock out of a store for a patient or a ward, first expired first out. All lines are served or none.
public struct IssueStock: Sendable {
    public var store: StoreID
    public var lines: [ProductQuantity]
    public var destination: Outside
    public var document: String
    public var requestID: UUID
    public var part: Int
    /// The day it counts for; `nil` is today. An earlier day needs a reason.
    public var occurredOn: CalendarDate?
    public var reason: String

    public init(
        store: StoreID, lines: [ProductQuantity], to destination: Outside = .patient, document: String, requestID: UUID,
        part: Int = 1, occurredOn: CalendarDate? = nil, reason: String = ""
    ) {
        self.store = store
        self.lines = lines
        self.destination = destination
        self.document = document
        self.requestID = requestID
        self.part = part
        self.occurredOn = occurredOn
        self.reason = reason
    }

    /// Of an earlier day it takes what was there then and usable, and has not been used since.
    ///
    /// - Returns: the picks of each line, in the order of the lines.
    /// - Throws: ``PartiesRefusal`` for an unknown store, then ``StockLedgerRefusal``: a day that is not open, a bad line, too
    ///   little stock on the day or on a later one.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> IssuedStock {
        let store = try PartiesStore(transaction).store(store, of: principal.consortium)
        let ledger = StockLedgerStore(transaction, principal.consortium)
        let day = try ledger.day(occurredOn, in: [store.id], reason: reason, today: now.businessDay)
        let shelves = try ledger.hold(lines.map(\.product), in: [store.id], on: day)
        let picks = try pick(lines, in: store.id, ledger, holding: shelves)
        let movement = try ledger.record(
            MovementDraft(
                kind: .issue,
                entries: MovementDraft.entries(picks.flatMap { $0 }, from: .inside(store.id, .available), to: .outside(destination)),
                document: document, reason: reason, requestID: requestID, part: part),
            holding: shelves, by: principal, at: now)
        return IssuedStock(movement: movement, picksOfLine: picks)
    }
}

/// What an issue took, by line.
public struct IssuedStock: Sendable, Hashable {
    public let movement: MovementID
    /// The picks of each line, in the order of the lines.
    public let picksOfLine: [[Pick]]

    public var picks: [Pick] { picksOfLine.flatMap { $0 } }
}
