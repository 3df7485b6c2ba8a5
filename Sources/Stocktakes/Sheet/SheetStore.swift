import Postgres
import Primitives
import StockLedger

/// Every SQL statement that writes the lines of stocktakes and what was counted.
struct SheetStore {
    private let transaction: Transaction
    private let consortium: ConsortiumID

    init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    /// Lists what a store has of some products, or of all, in the order of a shelf: name, expiry, batch.
    ///
    /// - Returns: how many lines there are.
    func list(_ products: [ProductID]?, of stocktake: Stocktake) throws -> Int {
        try transaction.execute(
            """
            INSERT INTO stocktakes.line
                   (consortium_id, stocktake_id, line_number, product_id, batch_id, state, is_found, listed, pack_size,
                    reference_price, round)
            SELECT balance.consortium_id, \(stocktake.id),
                   row_number() OVER (ORDER BY product.pinyin, product.generic_name, product.strength, balance.product_id,
                                               balance.expires_on, balance.batch_id, balance.state),
                   balance.product_id, balance.batch_id, balance.state, false, balance.quantity, article.pack_size,
                   article.reference_price, \(stocktake.round)
              FROM stock_ledger.balance
              JOIN stock_ledger.batch USING (consortium_id, batch_id)
              JOIN formulary.article USING (article_id)
              JOIN formulary.product ON product.product_id = balance.product_id
             WHERE balance.consortium_id = \(consortium) AND balance.store_id = \(stocktake.store)
               AND balance.state IN ('available', 'quarantined') AND balance.quantity > 0
               AND (\(products == nil) OR balance.product_id = ANY(\(products ?? [])))
            """)
    }

    /// Adds a batch that was found, as the last line. The stocktake is locked alone.
    func add(
        found shelved: ShelvedBatch, listed: BaseUnits, packSize: BaseUnits, price: Money?, to stocktake: Stocktake
    ) throws -> Int {
        do {
            let number = try transaction.first(
                """
                INSERT INTO stocktakes.line
                       (consortium_id, stocktake_id, line_number, product_id, batch_id, state, is_found, listed, pack_size,
                        reference_price, round)
                SELECT \(consortium), \(stocktake.id), coalesce(max(line_number), 0) + 1, \(shelved.product), \(shelved.batch),
                       \(shelved.state), true, \(listed), \(packSize), \(price), \(stocktake.round)
                  FROM stocktakes.line WHERE consortium_id = \(consortium) AND stocktake_id = \(stocktake.id)
                RETURNING line_number
                """
            ) { try $0["line_number"] as Int }
            guard let number else { preconditionFailure("INSERT … RETURNING brought no row") }
            return number
        } catch let error as PostgresError where error.constraint == "a_batch_stands_on_one_line" {
            throw StocktakesRefusal(.batchOnSheet, "batch \(shelved.batch), \(shelved.state.rawValue)", field: "batchNumber")
        }
    }

    // MARK: - Reading

    /// The lines in their order, all or some, with what was last counted.
    func lines(of id: StocktakeID, numbers: [Int]? = nil) throws -> [SheetLine] {
        try transaction.query(
            """
            SELECT line.line_number, line.product_id, line.batch_id, line.state, batch.batch_number, product.special_control,
                   line.pack_size, line.reference_price, line.round, line.reason,
                   (SELECT count(DISTINCT earlier.round) FROM stocktakes.tally AS earlier
                     WHERE earlier.consortium_id = line.consortium_id AND earlier.stocktake_id = line.stocktake_id
                       AND earlier.line_number = line.line_number) AS rounds_counted,
                   tally.round AS tally_round, tally.attempt, tally.counted, tally.book, tally.is_not_found, tally.person_id,
                   tally.counted_at
              FROM stocktakes.line
              JOIN stock_ledger.batch USING (consortium_id, batch_id)
              JOIN formulary.product ON product.product_id = line.product_id
              LEFT JOIN LATERAL (
                   SELECT * FROM stocktakes.tally
                    WHERE tally.consortium_id = line.consortium_id AND tally.stocktake_id = line.stocktake_id
                      AND tally.line_number = line.line_number
                    ORDER BY tally.round DESC, tally.attempt DESC LIMIT 1) AS tally ON true
             WHERE line.consortium_id = \(consortium) AND line.stocktake_id = \(id)
               AND (\(numbers == nil) OR line.line_number = ANY(\(numbers ?? [])))
             ORDER BY line.line_number
            """, SheetLine.init)
    }

    /// Lets one person at a time count these lines, in their order, and reads them as they are then.
    func lock(_ numbers: [Int], of id: StocktakeID) throws -> [Int: SheetLine] {
        try transaction.execute(
            """
            SELECT 1 FROM stocktakes.line
             WHERE consortium_id = \(consortium) AND stocktake_id = \(id) AND line_number = ANY(\(numbers))
             ORDER BY line_number FOR UPDATE
            """)
        return Dictionary(try lines(of: id, numbers: numbers).map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Who has counted anything.
    func hasCounted(_ person: PersonID, in id: StocktakeID) throws -> Bool {
        try transaction.execute(
            """
            SELECT 1 FROM stocktakes.tally
             WHERE consortium_id = \(consortium) AND stocktake_id = \(id) AND person_id = \(person) LIMIT 1
            """) > 0
    }

    // MARK: - Writing

    func add(_ tallies: [(line: Int, tally: Tally)], to id: StocktakeID) throws {
        try transaction.insert(
            into: """
                stocktakes.tally
                (consortium_id, stocktake_id, line_number, round, attempt, counted, book, is_not_found, person_id, counted_at)
                """,
            rows: tallies.map { line, tally in
                [
                    consortium, id, line, tally.round, tally.attempt, tally.counted, tally.book, tally.isNotFound, tally.person,
                    tally.countedAt,
                ]
            })
    }

    /// Has lines counted in a round; what was said about their difference falls away with it.
    func ask(for numbers: [Int], of id: StocktakeID, in round: Int) throws {
        try transaction.execute(
            """
            UPDATE stocktakes.line SET round = \(round), reason = NULL, note = ''
             WHERE consortium_id = \(consortium) AND stocktake_id = \(id) AND line_number = ANY(\(numbers))
            """)
    }

    func explain(_ explanations: [ExplainDifferences.Explanation], of id: StocktakeID) throws {
        for explanation in explanations {
            try transaction.execute(
                """
                UPDATE stocktakes.line SET reason = \(explanation.reason), note = \(explanation.note)
                 WHERE consortium_id = \(consortium) AND stocktake_id = \(id) AND line_number = \(explanation.line)
                """)
        }
    }

    // MARK: - What happened after the count

    /// Those of the lines whose balance the ledger has corrected since they were counted, in their order: by an adjustment
    /// or an opening, by the reversal of a movement from before, or by a movement dated before the day of the count.
    /// Goods that moved since then do not matter.
    func corrected(_ lines: [SheetLine], of stocktake: Stocktake) throws -> [Int] {
        let rows = lines.compactMap { line -> [any SQLParameter]? in
            line.tally.map {
                [line.number, line.shelved.batch, line.shelved.state, $0.countedAt, $0.countedAt.businessDay]
            }
        }
        guard !rows.isEmpty else { return [] }
        var found: [Int] = []
        for start in stride(from: 0, to: rows.count, by: 1_000) {
            found += try transaction.query(
                """
                SELECT DISTINCT line.line_number
                  FROM (VALUES \(rows: Array(rows[start..<min(start + 1_000, rows.count)])))
                       AS line (line_number, batch_id, state, counted_at, counted_on)
                  JOIN stock_ledger.entry ON entry.consortium_id = \(consortium) AND entry.batch_id = line.batch_id
                   AND entry.store_id = \(stocktake.store) AND entry.state = line.state
                  JOIN stock_ledger.movement ON movement.consortium_id = entry.consortium_id
                   AND movement.movement_id = entry.movement_id AND movement.recorded_at > line.counted_at
                  LEFT JOIN stock_ledger.movement AS original ON original.consortium_id = movement.consortium_id
                   AND original.movement_id = movement.reverses_id
                 WHERE movement.kind IN ('adjustment', 'opening') OR original.recorded_at <= line.counted_at
                    OR movement.occurred_on < line.counted_on
                 ORDER BY line.line_number
                """
            ) { try $0["line_number"] as Int }
        }
        return found
    }
}
