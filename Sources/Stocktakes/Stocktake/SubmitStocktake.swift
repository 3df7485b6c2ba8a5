import Audit
import Identity
public import Postgres
public import Primitives

/// Hands a counted stocktake in for approval, once every difference has a reason.
public struct SubmitStocktake: Sendable {
    public var stocktake: StocktakeID
    /// The version the caller has read; `nil` takes what there is.
    public var version: Int64?

    public init(stocktake: StocktakeID, version: Int64? = nil) {
        self.stocktake = stocktake
        self.version = version
    }

    /// - Throws: ``IdentityRefusal`` for anyone but a storekeeper of the facility or a supervisor; ``StocktakesRefusal``
    ///   `stocktakes.stocktake-unknown`, `stocktakes.changed-meanwhile`, `stocktakes.wrong-state`,
    ///   `stocktakes.difference-unexplained`.
    @discardableResult
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Stocktake {
        try principal.require(oneOf: StocktakeRoles.keepers)
        let stocktakes = StocktakesStore(transaction, principal.consortium)
        var stocktake = try stocktakes.taken(stocktake, .submit, version: version, by: principal)
        let differing = try SheetStore(transaction, principal.consortium).lines(of: stocktake.id).filter { $0.differs }
        let silent = differing.filter { $0.reason == nil }
        if let first = silent.first {
            throw StocktakesRefusal(
                .differenceUnexplained, "\(first.label) and \(silent.count - 1) more", field: "lines[\(first.number - 1)].reason")
        }
        stocktake.submittedAt = now
        stocktake.submittedBy = principal.person
        try stocktakes.save(&stocktake)
        try AuditTrail(transaction).append(
            "stocktakes.submit", subject: stocktake.subject, by: principal, at: now,
            detail: ["differences": "\(differing.count)"])
        return stocktake
    }
}

extension SheetLine {
    /// Whether it was counted to be something else than the ledger said.
    var differs: Bool { tally.map { $0.difference != 0 } ?? false }
}
