import Audit
import Formulary
import Identity
public import Postgres
public import Primitives
public import StockLedger

/// Adds a batch to the sheet that stands on the shelf and not on the sheet, with how much of it was counted. The batch may
/// be new to the store or to the consortium.
public struct AddFoundBatch: Sendable {
    public var stocktake: StocktakeID
    public var article: ArticleID
    public var batchNumber: String
    public var expiresOn: CalendarDate
    /// Available or quarantined.
    public var state: InsideState
    /// Base units, more than 0.
    public var counted: BaseUnits

    public init(
        stocktake: StocktakeID, article: ArticleID, batchNumber: String, expiresOn: CalendarDate, state: InsideState = .available,
        counted: BaseUnits
    ) {
        self.stocktake = stocktake
        self.article = article
        self.batchNumber = batchNumber
        self.expiresOn = expiresOn
        self.state = state
        self.counted = counted
    }

    /// - Returns: the number of its line.
    /// - Throws: ``IdentityRefusal`` for a person of another facility or without a counting role; ``StocktakesRefusal``
    ///   `stocktakes.stocktake-unknown`, `stocktakes.wrong-state`, `stocktakes.quantity-invalid`,
    ///   `stocktakes.setting-invalid` for another state; ``FormularyRefusal`` for an unknown article;
    ///   `stocktakes.product-out-of-scope`; ``StockLedgerRefusal`` `stock-ledger.batch-number-invalid`;
    ///   `stocktakes.batch-on-sheet`.
    @discardableResult
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Int {
        try principal.require(oneOf: StocktakeRoles.counters)
        let stocktakes = StocktakesStore(transaction, principal.consortium)
        let stocktake = try stocktakes.lock(stocktake)
        try principal.requireFacility(stocktake.facility)
        _ = try stocktake.state.applying(.count)
        guard counted.isEnterable else { throw StocktakesRefusal(.quantityInvalid, "\(counted)", field: "counted") }
        guard [.available, .quarantined].contains(state) else {
            throw StocktakesRefusal(.settingInvalid, "stock that is \(state.rawValue) is not counted", field: "state")
        }
        let article = try ProductsStore(transaction).article(article)
        guard try stocktakes.counts(article.product, in: stocktake) else {
            throw StocktakesRefusal(.productOutOfScope, "product \(article.product)", field: "article")
        }
        let batch = try RegisterBatch(
            batch: BatchKey(article: article.id, product: article.product, batchNumber: batchNumber, expiresOn: expiresOn)
        ).run(in: transaction, by: principal)
        let shelved = ShelvedBatch(product: article.product, batch: batch, state: state)
        let book = try StockReadings(transaction).lockedQuantities(
            of: [shelved], in: stocktake.store, of: principal.consortium)[shelved] ?? 0
        let sheet = SheetStore(transaction, principal.consortium)
        let line = try sheet.add(
            found: shelved, listed: book, packSize: article.packSize, price: article.referencePrice, to: stocktake)
        let tally = Tally(
            round: stocktake.round, attempt: 1, counted: counted, book: book, isNotFound: false, person: principal.person,
            countedAt: now)
        try sheet.add([(line: line, tally: tally)], to: stocktake.id)
        try AuditTrail(transaction).append(
            "stocktakes.add-found-batch", subject: stocktake.subject, by: principal, at: now,
            detail: ["line": "\(line)", "batch": "\(batch)", "round": "\(stocktake.round)"])
        return line
    }
}
