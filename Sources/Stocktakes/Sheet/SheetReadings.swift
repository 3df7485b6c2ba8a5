import Formulary
import Postgres
public import Primitives
public import StockLedger

/// Which lines of a sheet are asked for.
public enum SheetPart: String, Sendable, Codable, CaseIterable {
    /// Still to be counted.
    case toCount = "to-count"
    /// Counted to be something else than the ledger said.
    case differing
}

/// A line of a sheet with its product's names. Quantities are in base units. Of a blind stocktake that is being counted it
/// tells what was counted in this round, and nothing of the ledger or of earlier rounds.
public struct SheetLineReading: Sendable, Hashable, Codable {
    /// The number of the line on the sheet.
    public let line: Int
    public let product: ProductID
    public let code: String
    public let genericName: String
    public let strength: String
    public let baseUnit: String
    public let packSize: BaseUnits
    public let batch: BatchID
    public let article: ArticleID
    public let batchNumber: String
    public let expiresOn: CalendarDate
    public let state: InsideState
    /// Seen while counting, not listed before.
    public let isFound: Bool
    /// Whether it waits to be counted.
    public let isToCount: Bool
    /// In how many rounds it was counted.
    public let roundsCounted: Int
    /// What the ledger said when it was last counted or, until then, when the line was made.
    public let book: BaseUnits?
    public let counted: BaseUnits?
    public let isNotFound: Bool?
    public let countedBy: PersonID?
    public let countedAt: Instant?
    /// Positive when more is there than the ledger said.
    public let difference: BaseUnits?
    /// What the difference is worth at the reference price.
    public let value: Money?
    public let reason: DifferenceReason?
    public let note: String
}

extension StocktakeReadings {
    /// Lines of a stocktake in their order, after one of them; `part` is nil for all.
    ///
    /// - Throws: as ``summary(_:)``; ``StocktakesRefusal`` `stocktakes.still-blind` for the differing lines of a blind
    ///   stocktake that is being counted.
    public func lines(
        of id: StocktakeID, _ part: SheetPart? = nil, after: Int = 0, limit: Int
    ) throws -> [SheetLineReading] {
        let stocktake = try summary(id)
        let isHidden = stocktake.isBlind && stocktake.state.isCounting
        var conditions: [SQL] = [
            "line.consortium_id = \(principal.consortium)", "line.stocktake_id = \(id)", "line.line_number > \(after)",
        ]
        switch part {
        case .toCount: conditions.append("tally.round IS DISTINCT FROM line.round")
        case .differing:
            guard !isHidden else { throw StocktakesRefusal(.stillBlind, stocktake.number) }
            conditions.append("tally.counted <> tally.book")
        case nil: break
        }
        return try transaction.query(
            """
            SELECT line.line_number, line.product_id, product.code, product.generic_name, product.strength, product.base_unit,
                   line.pack_size, line.batch_id, batch.article_id, batch.batch_number, batch.expires_on, line.state,
                   line.is_found, line.listed, line.reference_price, line.round, line.reason, line.note,
                   (SELECT count(DISTINCT earlier.round) FROM stocktakes.tally AS earlier
                     WHERE earlier.consortium_id = line.consortium_id AND earlier.stocktake_id = line.stocktake_id
                       AND earlier.line_number = line.line_number) AS rounds_counted,
                   tally.round AS tally_round, tally.counted, tally.book, tally.is_not_found, tally.person_id, tally.counted_at
              FROM stocktakes.line
              JOIN stock_ledger.batch USING (consortium_id, batch_id)
              JOIN formulary.product ON product.product_id = line.product_id
              LEFT JOIN LATERAL (
                   SELECT * FROM stocktakes.tally
                    WHERE tally.consortium_id = line.consortium_id AND tally.stocktake_id = line.stocktake_id
                      AND tally.line_number = line.line_number
                    ORDER BY tally.round DESC, tally.attempt DESC LIMIT 1) AS tally ON true
             WHERE \(SQL.all(conditions))
             ORDER BY line.line_number LIMIT \(limit)
            """
        ) { try SheetLineReading($0, isHidden: isHidden) }
    }
}

extension SheetLineReading {
    /// - Parameter isHidden: whether the count is blind and goes on.
    init(_ row: Row, isHidden: Bool) throws {
        let tallyRound: Int? = try row["tally_round"]
        let isToCount = tallyRound != (try row["round"] as Int)
        // What an earlier round counted would steer the next one.
        let isTold = tallyRound != nil && !(isHidden && isToCount)
        let counted: BaseUnits? = isTold ? try row["counted"] : nil
        let book: BaseUnits = try tallyRound == nil ? row["listed"] : row["book"]
        let difference = isHidden ? nil : counted.map { $0 - book }
        let (packSize, price): (BaseUnits, Money?) = (try row["pack_size"], try row["reference_price"])
        self.init(
            line: try row["line_number"], product: try row["product_id"], code: try row["code"],
            genericName: try row["generic_name"], strength: try row["strength"], baseUnit: try row["base_unit"],
            packSize: packSize, batch: try row["batch_id"], article: try row["article_id"],
            batchNumber: try row["batch_number"], expiresOn: try row["expires_on"], state: try row["state"],
            isFound: try row["is_found"], isToCount: isToCount, roundsCounted: try row["rounds_counted"],
            book: isHidden ? nil : book, counted: counted, isNotFound: isTold ? try row["is_not_found"] : nil,
            countedBy: isTold ? try row["person_id"] : nil, countedAt: isTold ? try row["counted_at"] : nil,
            difference: difference,
            value: difference.flatMap { difference in
                price.map { worth(of: difference, packSize: packSize, price: $0) }
            },
            reason: try row["reason"], note: try row["note"])
    }
}
