import Postgres
import Primitives

/// Allocates every line from the stock of the lines' products; two lines of one product share what there is.
///
/// When the shelves have entries later than their day, only that counts as stock which was there at the end of the day and
/// of each day since. Held batches are passed over, whatever the day.
func pick(
    _ lines: [ProductQuantity], in store: StoreID, _ ledger: StockLedgerStore, holding shelves: HeldShelves
) throws -> [[Pick]] {
    guard !lines.isEmpty else { throw StockLedgerRefusal(.nothingToMove, "no line") }
    for (number, line) in lines.enumerated() where !line.quantity.isEnterable {
        throw StockLedgerRefusal(.quantityNotPositive, "\(line.quantity)", field: "lines[\(number)].quantity")
    }
    var shelf = try PickableStock(of: Array(Set(lines.map(\.product))), in: store, ledger, holding: shelves)
    return try lines.enumerated().map { number, line in
        do throws(StockLedgerRefusal) {
            return try shelf.take(line)
        } catch {
            throw StockLedgerRefusal(error.code, "product \(line.product): \(error.detail)", field: "lines[\(number)].quantity")
        }
    }
}

/// What may be picked for a day, less what has been picked.
private struct PickableStock {
    private let day: CalendarDate
    private var stock: [ProductID: [Pick]]
    /// How each batch went since the day, when later days matter.
    private var courses: [BatchID: BalanceCourse] = [:]
    private var taken: [ProductID: BaseUnits] = [:]

    init(
        of products: [ProductID], in store: StoreID, _ ledger: StockLedgerStore, holding shelves: HeldShelves
    ) throws {
        day = shelves.day
        let last = shelves.entriesThrough
        // What is used up by now is no stock, but the refusal tells on which day it was gone.
        let held = try BatchHoldStore(ledger.transaction, ledger.consortium).held(of: products)
        var batches = try ledger.stock(of: products, in: store, .available, includingEmpty: last != nil)
            .filter { !held.contains($0.batch) }
        if let last {
            let keys = batches.map { batch in
                BalanceKey(store: store, product: batch.product, batch: batch.batch, state: InsideState.available.rawValue)
            }
            let courses = try ledger.courses(of: keys, from: day, through: last)
            self.courses = Dictionary(courses.map { ($0.key.batch, $0.value) }, uniquingKeysWith: { first, _ in first })
            batches = zip(batches, keys).map { batch, key in batch.with(courses[key]?.lowest ?? batch.quantity) }
        }
        stock = Dictionary(grouping: batches, by: \.product)
    }

    /// - Throws: ``StockLedgerRefusal``: `insufficientStock`, or `wouldTurnNegative` when it was there on the day, but is not
    ///   on a later one.
    mutating func take(_ line: ProductQuantity) throws(StockLedgerRefusal) -> [Pick] {
        let batches = stock[line.product] ?? []
        let usedThrough = max(day, line.usedThrough ?? day)
        let picks: [Pick]
        do throws(StockLedgerRefusal) {
            picks = try allocate(line.quantity, from: batches, today: usedThrough)
        } catch {
            let usable = batches.filter { $0.expiresOn > usedThrough }.compactMap { courses[$0.batch] }
            let asked = line.quantity + (taken[line.product] ?? 0)
            guard let short = firstDayShort(of: asked, in: usable), short > day else { throw error }
            throw StockLedgerRefusal(
                .wouldTurnNegative, "\(error.detail); on \(day) it was there, at the end of \(short) it is not")
        }
        let parts = Dictionary(picks.map { ($0.batch, $0.quantity) }, uniquingKeysWith: +)
        stock[line.product] = batches.map { $0.with($0.quantity - (parts[$0.batch] ?? 0)) }
        taken[line.product, default: 0] += line.quantity
        return picks
    }
}
