import Identity
import Postgres
import Primitives

/// Every SQL statement that writes stocktakes, but for their lines.
struct StocktakesStore {
    private let transaction: Transaction
    private let consortium: ConsortiumID

    private static let columns: SQL = """
        stocktake_id, stocktake.number, store_id, store.facility_id, stocktake.name, scope, manner, is_blind, recount_value,
        recount_per_mille, stocktake.state, round, stocktake.reason, opened_at, opened_by_id, submitted_at, submitted_by_id,
        decided_at, decided_by_id, movement_id, version
        """

    init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    func nextNumber(year: Int) throws -> String {
        try transaction.documentNumber("PD", year: year, from: "SELECT nextval('stocktakes.stocktake_number') AS number")
    }

    /// - Throws: ``StocktakesRefusal`` `stocktakes.stocktake-exists`, `stocktakes.store-is-being-counted`.
    func insert(_ stocktake: Stocktake, scope: StocktakeScope) throws {
        do throws(PostgresError) {
            try transaction.execute(
                """
                INSERT INTO stocktakes.stocktake
                       (consortium_id, stocktake_id, number, store_id, name, scope, scope_parameter, manner, is_blind,
                        recount_value, recount_per_mille, state, round, opened_at, opened_by_id, version)
                VALUES (\(consortium), \(stocktake.id), \(stocktake.number), \(stocktake.store), \(stocktake.name),
                        \(scope.kind), \(scope.parameter), \(stocktake.manner), \(stocktake.isBlind),
                        \(stocktake.rule.valueFrom), \(stocktake.rule.perMilleFrom), \(stocktake.state), \(stocktake.round),
                        \(stocktake.openedAt), \(stocktake.openedBy), \(stocktake.version))
                """)
        } catch {
            switch error.constraint {
            case "stocktake_is_opened_once":
                throw StocktakesRefusal(.stocktakeExists, "stocktake \(stocktake.id)", field: "stocktake")
            case "a_store_has_one_open_stocktake":
                throw StocktakesRefusal(.storeIsBeingCounted, "store \(stocktake.store)", field: "store")
            default: throw error
            }
        }
    }

    /// The stocktake, alone until the transaction ends: nobody counts and nobody decides meanwhile.
    ///
    /// - Throws: ``StocktakesRefusal`` `stocktakes.stocktake-unknown`.
    func lock(_ id: StocktakeID) throws -> Stocktake { try stocktake(id, "FOR UPDATE OF stocktake") }

    /// Locks a stocktake of somebody's facility and takes a transition; whoever asks saves it.
    ///
    /// - Throws: ``StocktakesRefusal`` `stocktakes.stocktake-unknown`; ``IdentityRefusal`` for a person of another facility;
    ///   then `stocktakes.changed-meanwhile`, `stocktakes.wrong-state`.
    func taken(
        _ id: StocktakeID, _ transition: StocktakeTransition, version: Int64?, by principal: Principal
    ) throws -> Stocktake {
        var stocktake = try lock(id)
        try principal.requireFacility(stocktake.facility)
        try stocktake.apply(transition, version: version)
        return stocktake
    }

    /// The stocktake, together with others who count until the transaction ends; nobody decides meanwhile.
    ///
    /// - Throws: ``StocktakesRefusal`` `stocktakes.stocktake-unknown`.
    func lockForCounting(_ id: StocktakeID) throws -> Stocktake { try stocktake(id, "FOR SHARE OF stocktake") }

    private func stocktake(_ id: StocktakeID, _ locking: SQL) throws -> Stocktake {
        let found = try transaction.first(
            """
            SELECT \(Self.columns)
              FROM stocktakes.stocktake
              JOIN parties.store USING (consortium_id, store_id)
             WHERE consortium_id = \(consortium) AND stocktake_id = \(id)
            \(locking)
            """, Stocktake.init)
        guard let found else { throw StocktakesRefusal(.stocktakeUnknown, "stocktake \(id)") }
        return found
    }

    /// Writes what can change, as the next version.
    func save(_ stocktake: inout Stocktake) throws {
        stocktake.version += 1
        try transaction.execute(
            """
            UPDATE stocktakes.stocktake
               SET state = \(stocktake.state), round = \(stocktake.round), reason = \(stocktake.reason),
                   submitted_at = \(stocktake.submittedAt), submitted_by_id = \(stocktake.submittedBy),
                   decided_at = \(stocktake.decidedAt), decided_by_id = \(stocktake.decidedBy),
                   movement_id = \(stocktake.movement), version = \(stocktake.version)
             WHERE consortium_id = \(consortium) AND stocktake_id = \(stocktake.id)
            """)
    }

    // MARK: - Scope

    /// Keeps what is counted, each product once.
    func add(products: [ProductID], to id: StocktakeID) throws {
        try transaction.insert(
            into: "stocktakes.scope_product (consortium_id, stocktake_id, product_id)",
            rows: products.map { [consortium, id, $0] })
    }

    /// Whether a stocktake counts a product.
    func counts(_ product: ProductID, in stocktake: Stocktake) throws -> Bool {
        guard stocktake.scope != .wholeStore else { return true }
        return try transaction.execute(
            """
            SELECT 1 FROM stocktakes.scope_product
             WHERE consortium_id = \(consortium) AND stocktake_id = \(stocktake.id) AND product_id = \(product)
            """) > 0
    }

    /// The products that a selection finds in a store, in the order of their numbers; `nil` for the whole store.
    func products(of scope: StocktakeScope, in store: StoreID, today: CalendarDate) throws -> [ProductID]? {
        let chosen: SQL
        switch scope {
        case .wholeStore: return nil
        case .products(let products): return Set(products).sorted()
        case .expiring(let days): chosen = "HAVING min(balance.expires_on) <= \(today.adding(days: days))"
        case .highValue(let value):
            chosen = """
                HAVING sum(balance.quantity * coalesce(article.reference_price, 0)::numeric / article.pack_size) >= \(value)
                """
        case .movedSinceCount:
            chosen = """
                HAVING EXISTS (
                       SELECT FROM stock_ledger.entry AS side
                         JOIN stock_ledger.movement USING (consortium_id, movement_id)
                        WHERE side.consortium_id = \(consortium) AND side.store_id = \(store)
                          AND side.product_id = balance.product_id AND movement.document NOT LIKE 'stocktake %'
                          AND movement.recorded_at > coalesce((
                              SELECT max(stocktake.submitted_at) FROM stocktakes.stocktake
                                JOIN stocktakes.line USING (consortium_id, stocktake_id)
                               WHERE stocktake.consortium_id = \(consortium) AND stocktake.store_id = \(store)
                                 AND stocktake.state = 'posted' AND line.product_id = balance.product_id), '-infinity'))
                """
        }
        return try transaction.query(
            """
            SELECT balance.product_id
              FROM stock_ledger.balance
              JOIN stock_ledger.batch USING (consortium_id, batch_id)
              JOIN formulary.article USING (article_id)
             WHERE balance.consortium_id = \(consortium) AND balance.store_id = \(store)
               AND balance.state IN ('available', 'quarantined') AND balance.quantity > 0
             GROUP BY balance.product_id
            \(chosen)
             ORDER BY balance.product_id
            """
        ) { try $0["product_id"] as ProductID }
    }
}

extension Stocktake {
    init(_ row: Row) throws {
        self.init(
            id: try row["stocktake_id"], number: try row["number"], store: try row["store_id"],
            facility: try row["facility_id"], name: try row["name"], scope: try row["scope"], manner: try row["manner"],
            isBlind: try row["is_blind"],
            rule: RecountRule(valueFrom: try row["recount_value"], perMilleFrom: try row["recount_per_mille"]),
            state: try row["state"], round: try row["round"], reason: try row["reason"], openedAt: try row["opened_at"],
            openedBy: try row["opened_by_id"], submittedAt: try row["submitted_at"], submittedBy: try row["submitted_by_id"],
            decidedAt: try row["decided_at"], decidedBy: try row["decided_by_id"], movement: try row["movement_id"],
            version: try row["version"])
    }
}
