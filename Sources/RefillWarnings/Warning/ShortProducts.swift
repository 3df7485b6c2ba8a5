import Postgres
public import Primitives

/// How much of a product is missing for instalments, and where: what to buy, or to send from one store to another.
public struct ShortProduct: Sendable, Hashable, Codable {
    public let product: WarnedProduct
    /// Base units, of all stores.
    public let missing: BaseUnits
    /// How many instalments lack it.
    public let instalments: Int
    /// The first day on which one of them is due.
    public let firstDueOn: CalendarDate
    /// The first store first.
    public let stores: [ShortStore]
}

/// How much of a product is missing for the instalments of a store.
public struct ShortStore: Sendable, Hashable, Codable {
    public let store: StoreID
    public let storeName: String
    /// Base units.
    public let missing: BaseUnits
    public let instalments: Int
    public let firstDueOn: CalendarDate
    /// The first day from which on less is left than an instalment needs.
    public let runsOutOn: CalendarDate
    /// When the store's warnings were last brought up to date.
    public let reckonedAt: Instant
}

extension RefillWarningReadings {
    /// What is missing by product, the soonest due first, after one of the products.
    ///
    /// - Parameter after: first due day and product of the last one of the page before.
    public func byProduct(
        _ filter: RefillWarningFilter, after: (firstDueOn: CalendarDate, product: ProductID)? = nil, limit: Int
    ) throws -> [ShortProduct] {
        let later: SQL = after.map { "(min(warning.due_on), warning.product_id) > (\($0.firstDueOn), \($0.product))" } ?? "TRUE"
        let sums = try transaction.query(
            """
            SELECT short.*, product.code, product.generic_name, product.strength, product.base_unit
              FROM (SELECT warning.product_id, sum(warning.missing)::bigint AS missing, count(*) AS instalments,
                           min(warning.due_on) AS first_due_on
                      FROM refill_warnings.warning
                      JOIN parties.store USING (consortium_id, store_id)
                     WHERE \(visible(filter))
                     GROUP BY warning.product_id
                    HAVING \(later)
                     ORDER BY min(warning.due_on), warning.product_id LIMIT \(limit)) AS short
              JOIN formulary.product USING (product_id)
             ORDER BY short.first_due_on, short.product_id
            """
        ) { row in
            (
                product: try WarnedProduct(row), missing: try row["missing"] as BaseUnits,
                instalments: try row["instalments"] as Int, firstDueOn: try row["first_due_on"] as CalendarDate
            )
        }
        let stores = try stores(of: sums.map(\.product.id), filter)
        return sums.map { sum in
            ShortProduct(
                product: sum.product, missing: sum.missing, instalments: sum.instalments, firstDueOn: sum.firstDueOn,
                stores: stores[sum.product.id] ?? [])
        }
    }

    private func stores(of products: [ProductID], _ filter: RefillWarningFilter) throws -> [ProductID: [ShortStore]] {
        let rows = try transaction.query(
            """
            SELECT warning.product_id, warning.store_id, store.name, sum(warning.missing)::bigint AS missing,
                   count(*) AS instalments, min(warning.due_on) AS first_due_on, min(warning.runs_out_on) AS runs_out_on,
                   reckoning.reckoned_at
              FROM refill_warnings.warning
              JOIN parties.store USING (consortium_id, store_id)
              JOIN refill_warnings.reckoning USING (consortium_id, store_id)
             WHERE \(visible(filter)) AND warning.product_id = ANY(\(products))
             GROUP BY warning.product_id, warning.store_id, store.name, reckoning.reckoned_at
             ORDER BY warning.product_id, min(warning.due_on), warning.store_id
            """
        ) { row in
            (
                try row["product_id"] as ProductID,
                ShortStore(
                    store: try row["store_id"], storeName: try row["name"], missing: try row["missing"],
                    instalments: try row["instalments"], firstDueOn: try row["first_due_on"],
                    runsOutOn: try row["runs_out_on"], reckonedAt: try row["reckoned_at"])
            )
        }
        return Dictionary(grouping: rows, by: \.0).mapValues { $0.map(\.1) }
    }
}
