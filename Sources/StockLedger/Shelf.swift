import Postgres
import Primitives

/// A product of a store: what movements wait for each other on.
struct Shelf: Hashable, Comparable, Sendable {
    let store: StoreID
    let product: ProductID

    static func < (left: Shelf, right: Shelf) -> Bool { (left.store, left.product) < (right.store, right.product) }
}

/// Shelves that a transaction has locked, for a movement that counts for a day.
struct HeldShelves {
    let day: CalendarDate
    /// The last day on which each has an entry; ``day`` itself when it has none yet.
    private let lastDays: [Shelf: CalendarDate]

    fileprivate init(day: CalendarDate, lastDays: [Shelf: CalendarDate]) {
        self.day = day
        self.lastDays = lastDays
    }

    /// The last day with an entry that is later than ``day``; `nil` when no shelf has any, as is the rule.
    var entriesThrough: CalendarDate? { lastDays.values.max().flatMap { $0 > day ? $0 : nil } }

    func hold(_ shelf: Shelf) -> Bool { lastDays[shelf] != nil }
}

extension StockLedgerStore {
    /// Locks the shelves of some products in some stores until the transaction ends.
    ///
    /// Every movement begins with this one statement. It takes the rows in the order of store and product whether they
    /// exist or not, so that two movements never wait for each other in a circle; and what a movement reads after it is
    /// what it will change.
    func hold(_ products: some Sequence<ProductID>, in stores: [StoreID], on day: CalendarDate) throws -> HeldShelves {
        let distinct = Set(products)
        return try hold(Set(stores.flatMap { store in distinct.map { Shelf(store: store, product: $0) } }), on: day)
    }

    func hold(_ shelves: Set<Shelf>, on day: CalendarDate) throws -> HeldShelves {
        let sorted = shelves.sorted()
        let rows = try transaction.query(
            """
            INSERT INTO stock_ledger.shelf (consortium_id, store_id, product_id, last_on)
            SELECT \(consortium), wanted.store_id, wanted.product_id, \(day)
              FROM unnest(\(sorted.map(\.store)), \(sorted.map(\.product))) AS wanted (store_id, product_id)
             ORDER BY wanted.store_id, wanted.product_id
                ON CONFLICT (consortium_id, store_id, product_id)
                DO UPDATE SET last_on = greatest(shelf.last_on, excluded.last_on)
            RETURNING store_id, product_id, last_on
            """
        ) { row in
            (Shelf(store: try row["store_id"], product: try row["product_id"]), try row["last_on"] as CalendarDate)
        }
        return HeldShelves(day: day, lastDays: Dictionary(rows, uniquingKeysWith: { first, _ in first }))
    }
}
