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

    public init(
        store: StoreID, lines: [ProductQuantity], to destination: Outside = .patient, document: String, requestID: UUID,
        part: Int = 1
    ) {
        self.store = store
        self.lines = lines
        self.destination = destination
        self.document = document
        self.requestID = requestID
        self.part = part
    }

    /// - Returns: the picks of each line, in the order of the lines.
    /// - Throws: ``PartiesRefusal`` for an unknown store, then ``StockLedgerRefusal``.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> IssuedStock {
        let store = try PartiesStore(transaction).store(store, of: principal.consortium)
        let ledger = StockLedgerStore(transaction, principal.consortium)
        let picks = try pick(lines, in: store.id, ledger, today: now.businessDay)
        let movement = try ledger.record(
            MovementDraft(
                kind: .issue,
                entries: MovementDraft.entries(picks.flatMap { $0 }, from: .inside(store.id, .available), to: .outside(destination)),
                document: document, requestID: requestID, part: part, occurredOn: now.businessDay),
            by: principal, at: now)
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

/// Locks the stock of the lines' products and allocates every line; two lines of one product share what there is.
func pick(
    _ lines: [ProductQuantity], in store: StoreID, _ ledger: StockLedgerStore, today: CalendarDate
) throws -> [[Pick]] {
    guard !lines.isEmpty else { throw StockLedgerRefusal(.nothingToMove, "no line") }
    for (number, line) in lines.enumerated() where !line.quantity.isEnterable {
        throw StockLedgerRefusal(.quantityNotPositive, "\(line.quantity)", field: "lines[\(number)].quantity")
    }
    var stock = Dictionary(
        grouping: try ledger.lockedStock(of: Array(Set(lines.map(\.product))), in: store, .available), by: \.product)
    return try lines.enumerated().map { number, line in
        let picks: [Pick]
        do throws(StockLedgerRefusal) {
            picks = try allocate(
                line.quantity, from: stock[line.product] ?? [], today: max(today, line.usedThrough ?? today))
        } catch {
            throw StockLedgerRefusal(error.code, "product \(line.product): \(error.detail)", field: "lines[\(number)].quantity")
        }
        let taken = Dictionary(picks.map { ($0.batch, $0.quantity) }, uniquingKeysWith: +)
        stock[line.product] = stock[line.product]?.map { $0.with($0.quantity - (taken[$0.batch] ?? 0)) }
        return picks
    }
}
