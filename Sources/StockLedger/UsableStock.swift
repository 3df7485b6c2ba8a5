import Postgres
public import Primitives

/// A product, and the last day on which it will be used; batches that expire on it or before do not serve.
public struct StockNeed: Sendable, Hashable {
    public let product: ProductID
    public let usedThrough: CalendarDate

    public init(product: ProductID, usedThrough: CalendarDate) {
        self.product = product
        self.usedThrough = usedThrough
    }
}

/// What of a product would serve in a store: available, of no held batch, and still good on the last day on which it will be
/// used.
public struct UsableStock: Sendable, Hashable {
    public let quantity: BaseUnits
    /// Whether it is being counted and held still, so that nothing of it leaves for now.
    public let isFrozen: Bool

    public static let none = UsableStock(quantity: .zero, isFrozen: false)

    public init(quantity: BaseUnits, isFrozen: Bool) {
        self.quantity = quantity
        self.isFrozen = isFrozen
    }
}

extension StockReadings {
    /// What would serve each need in each store of a consortium, or in one of them, in one statement.
    ///
    /// - Returns: only stores and needs for which there is something or which are held still.
    public func usable(
        _ needs: Set<StockNeed>, of consortium: ConsortiumID, in store: StoreID? = nil
    ) throws -> [StoreID: [StockNeed: UsableStock]] {
        let wanted = Array(needs)
        let rows = try transaction.query(
            """
            SELECT store.store_id, wanted.product_id, wanted.used_through, coalesce(held.quantity, 0)::bigint AS quantity,
                   EXISTS (SELECT FROM stock_ledger.freeze AS hold
                            WHERE hold.consortium_id = store.consortium_id AND hold.store_id = store.store_id
                              AND (hold.product_id IS NULL OR hold.product_id = wanted.product_id)) AS is_frozen
              FROM parties.store
             CROSS JOIN unnest(\(wanted.map(\.product)), \(wanted.map(\.usedThrough))) AS wanted (product_id, used_through)
              LEFT JOIN LATERAL (
                   SELECT sum(balance.quantity) AS quantity FROM stock_ledger.balance
                    WHERE balance.consortium_id = store.consortium_id AND balance.store_id = store.store_id
                      AND balance.product_id = wanted.product_id AND balance.state = 'available' AND balance.quantity > 0
                      AND balance.expires_on > wanted.used_through AND \(notHeld(of: consortium))) AS held ON TRUE
             WHERE store.consortium_id = \(consortium) AND (\(store)::bigint IS NULL OR store.store_id = \(store))
            """
        ) { row in
            (
                store: try row["store_id"] as StoreID,
                need: StockNeed(product: try row["product_id"], usedThrough: try row["used_through"]),
                stock: UsableStock(quantity: try row["quantity"], isFrozen: try row["is_frozen"])
            )
        }
        return rows.reduce(into: [:]) { stores, row in
            if row.stock != .none { stores[row.store, default: [:]][row.need] = row.stock }
        }
    }

    /// What each store of a consortium used of some products from one day through another, both counted; base units to
    /// patients and wards, less what they returned.
    public func consumed(
        _ products: [ProductID], of consortium: ConsortiumID, from: CalendarDate, through: CalendarDate
    ) throws -> [StoreID: [ProductID: BaseUnits]] {
        let rows = try transaction.query(
            """
            SELECT store.store_id, wanted.product_id, used.quantity::bigint AS quantity
              FROM parties.store
             CROSS JOIN unnest(\(products)) AS wanted (product_id)
             CROSS JOIN LATERAL (
                   SELECT sum(product_day.consumed) AS quantity FROM stock_ledger.product_day
                    WHERE product_day.consortium_id = store.consortium_id AND product_day.store_id = store.store_id
                      AND product_day.product_id = wanted.product_id
                      AND product_day.occurred_on BETWEEN \(from) AND \(through)) AS used
             WHERE store.consortium_id = \(consortium) AND used.quantity <> 0
            """
        ) { row in
            (try row["store_id"] as StoreID, try row["product_id"] as ProductID, try row["quantity"] as BaseUnits)
        }
        return rows.reduce(into: [:]) { $0[$1.0, default: [:]][$1.1] = $1.2 }
    }
}
