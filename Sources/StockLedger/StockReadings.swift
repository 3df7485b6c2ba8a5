public import Postgres
public import Primitives

/// What the ledger tells about stock: on hand now and as of a day, on its way, used.
public struct StockReadings {
    let transaction: Transaction

    public init(_ transaction: Transaction) { self.transaction = transaction }

    /// What each product has in a store that may be issued on `today`: available, not expired, of no held batch.
    public func available(in store: StoreID, of consortium: ConsortiumID, today: CalendarDate) throws -> [ProductID: BaseUnits] {
        try sums(
            """
            SELECT product_id, sum(quantity)::bigint AS quantity FROM stock_ledger.balance
             WHERE consortium_id = \(consortium) AND store_id = \(store) AND state = 'available' AND quantity > 0
               AND expires_on > \(today) AND \(notHeld(of: consortium))
             GROUP BY product_id
            """)
    }

    /// What an issue would choose from: the batches of some products that may be issued on `today`, with what is there.
    public func pickable(
        _ products: [ProductID], in store: StoreID, of consortium: ConsortiumID, today: CalendarDate
    ) throws -> [Pick] {
        try transaction.query(
            """
            SELECT balance.batch_id, batch.article_id, balance.product_id, batch.batch_number, batch.expires_on,
                   balance.quantity
              FROM stock_ledger.balance
              JOIN stock_ledger.batch USING (consortium_id, batch_id)
             WHERE balance.consortium_id = \(consortium) AND balance.store_id = \(store)
               AND balance.product_id = ANY(\(products)) AND balance.state = 'available' AND balance.quantity > 0
               AND balance.expires_on > \(today) AND \(notHeld(of: consortium))
             ORDER BY balance.product_id, batch.expires_on, balance.batch_id
            """, Pick.init)
    }

    /// What a store has on the shelf of some batches, whether or not it may be issued or is set aside.
    public func onShelf(of batches: [BatchID], in store: StoreID, of consortium: ConsortiumID) throws -> [BatchID: BaseUnits] {
        let rows = try transaction.query(
            """
            SELECT batch_id, balance.quantity
              FROM stock_ledger.batch
              JOIN stock_ledger.balance USING (consortium_id, batch_id, product_id)
             WHERE consortium_id = \(consortium) AND batch_id = ANY(\(batches)) AND store_id = \(store)
               AND state IN ('available', 'reserved')
            """
        ) { row in (try row["batch_id"] as BatchID, try row["quantity"] as BaseUnits) }
        return Dictionary(rows, uniquingKeysWith: +)
    }

    /// The articles of some batches; a number that is not the consortium's is missing from the answer.
    public func articles(of batches: [BatchID], of consortium: ConsortiumID) throws -> [BatchID: ArticleID] {
        let rows = try transaction.query(
            """
            SELECT batch_id, article_id FROM stock_ledger.batch
             WHERE consortium_id = \(consortium) AND batch_id = ANY(\(batches))
            """
        ) { row in (try row["batch_id"] as BatchID, try row["article_id"] as ArticleID) }
        return Dictionary(rows, uniquingKeysWith: { first, _ in first })
    }

    func notHeld(of consortium: ConsortiumID) -> SQL {
        """
        balance.batch_id NOT IN (SELECT batch_id FROM stock_ledger.batch_hold
                                  WHERE consortium_id = \(consortium) AND lifted_at IS NULL)
        """
    }

    /// What is on its way to a store from other stores of the consortium.
    public func inTransit(to store: StoreID, of consortium: ConsortiumID) throws -> [ProductID: BaseUnits] {
        try sums(
            """
            SELECT product_id, sum(quantity)::bigint AS quantity FROM stock_ledger.balance
             WHERE consortium_id = \(consortium) AND store_id = \(store) AND state = 'in-transit' AND quantity > 0
             GROUP BY product_id
            """)
    }

    /// The batches of some products that are on their way to a store from other stores of the consortium.
    public func arriving(_ products: [ProductID], in store: StoreID, of consortium: ConsortiumID) throws -> [Pick] {
        try transaction.query(
            """
            SELECT balance.batch_id, batch.article_id, balance.product_id, batch.batch_number, batch.expires_on,
                   balance.quantity
              FROM stock_ledger.balance
              JOIN stock_ledger.batch USING (consortium_id, batch_id)
             WHERE balance.consortium_id = \(consortium) AND balance.store_id = \(store)
               AND balance.product_id = ANY(\(products)) AND balance.state = 'in-transit' AND balance.quantity > 0
               AND \(notHeld(of: consortium))
             ORDER BY balance.product_id, batch.expires_on, balance.batch_id
            """, Pick.init)
    }

    private func sums(_ sql: SQL) throws -> [ProductID: BaseUnits] {
        let rows = try transaction.query(sql) { row in
            (try row["product_id"] as ProductID, try row["quantity"] as BaseUnits)
        }
        return Dictionary(rows, uniquingKeysWith: +)
    }

    /// Stock by product, batch and state of a store at the end of `day` (today for what is there now), in the order of
    /// product, expiry and batch, after one of the products.
    ///
    /// What was recorded later for `day` or an earlier one counts: it is what was there, not what was known to be there.
    ///
    /// - Parameters:
    ///   - product: only this one.
    ///   - limit: how many products, not how many batches.
    public func stock(
        in store: StoreID, of consortium: ConsortiumID, asOf day: CalendarDate, product: ProductID? = nil,
        after: ProductID? = nil, limit: Int = 200
    ) throws -> [StockLine] {
        try transaction.query(
            """
            WITH held AS (
                SELECT balance.product_id, balance.batch_id, balance.state,
                       balance.quantity - coalesce(later.quantity, 0) AS quantity
                  FROM stock_ledger.balance
                  LEFT JOIN (SELECT batch_id, state, sum(quantity)::bigint AS quantity FROM stock_ledger.entry
                              WHERE consortium_id = \(consortium) AND store_id = \(store) AND occurred_on > \(day)
                                AND (\(product)::bigint IS NULL OR product_id = \(product))
                              GROUP BY batch_id, state) AS later
                    ON later.batch_id = balance.batch_id AND later.state = balance.state
                 WHERE balance.consortium_id = \(consortium) AND balance.store_id = \(store)
                   AND balance.product_id > \(after ?? ProductID(0))
                   AND (\(product)::bigint IS NULL OR balance.product_id = \(product))
            ), chosen AS (
                SELECT DISTINCT product_id FROM held WHERE quantity <> 0 ORDER BY product_id LIMIT \(limit)
            )
            SELECT held.product_id, product.code, product.generic_name, product.strength, product.base_unit,
                   held.batch_id, batch.article_id, batch.batch_number, batch.expires_on, held.state, held.quantity
              FROM held
              JOIN chosen USING (product_id)
              JOIN formulary.product USING (product_id)
              JOIN stock_ledger.batch ON batch.consortium_id = \(consortium) AND batch.batch_id = held.batch_id
             WHERE held.quantity <> 0
             ORDER BY held.product_id, batch.expires_on, held.batch_id, held.state
            """, StockLine.init)
    }

    /// Batches of the whole consortium that have expired or will within some days, first expiry first.
    public func atRisk(of consortium: ConsortiumID, through day: CalendarDate, limit: Int) throws -> [StockAtRisk] {
        try transaction.query(
            """
            SELECT balance.store_id, store.name AS store_name, product.generic_name, product.strength, product.base_unit,
                   batch.batch_number, balance.expires_on, balance.state, balance.quantity
              FROM stock_ledger.balance
              JOIN stock_ledger.batch USING (consortium_id, batch_id)
              JOIN parties.store USING (consortium_id, store_id)
              JOIN formulary.product ON product.product_id = balance.product_id
             WHERE balance.consortium_id = \(consortium) AND balance.quantity > 0 AND balance.expires_on <= \(day)
             ORDER BY balance.expires_on, balance.store_id, balance.batch_id LIMIT \(limit)
            """
        ) { row in
            StockAtRisk(
                store: try row["store_id"], storeName: try row["store_name"], genericName: try row["generic_name"],
                strength: try row["strength"], baseUnit: try row["base_unit"], batchNumber: try row["batch_number"],
                expiresOn: try row["expires_on"], state: try row["state"], quantity: try row["quantity"])
        }
    }
}

/// A batch of a product in a store, in one state.
public struct StockLine: Sendable, Hashable, Codable {
    public let product: ProductID
    public let code: String
    public let genericName: String
    public let strength: String
    public let baseUnit: String
    public let batch: BatchID
    public let article: ArticleID
    public let batchNumber: String
    public let expiresOn: CalendarDate
    public let state: InsideState
    public let quantity: BaseUnits
}

/// A batch that has expired or soon will.
public struct StockAtRisk: Sendable, Hashable, Codable {
    public let store: StoreID
    public let storeName: String
    public let genericName: String
    public let strength: String
    public let baseUnit: String
    public let batchNumber: String
    public let expiresOn: CalendarDate
    public let state: InsideState
    public let quantity: BaseUnits
}

extension StockLine {
    init(_ row: Row) throws {
        self.init(
            product: try row["product_id"], code: try row["code"], genericName: try row["generic_name"],
            strength: try row["strength"], baseUnit: try row["base_unit"], batch: try row["batch_id"],
            article: try row["article_id"], batchNumber: try row["batch_number"], expiresOn: try row["expires_on"],
            state: try row["state"], quantity: try row["quantity"])
    }
}
