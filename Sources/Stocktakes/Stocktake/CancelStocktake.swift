import Audit
import Identity
public import Postgres
public import Primitives
import StockLedger

/// Gives a stocktake up, until it is posted: the ledger stays as it is, what was frozen moves again. Once it is submitted,
/// only a supervisor may, so that nobody buries a loss.
public struct CancelStocktake: Sendable {
    public var stocktake: StocktakeID
    /// The version the caller has read; `nil` takes what there is.
    public var version: Int64?
    public var reason: String

    public init(stocktake: StocktakeID, version: Int64? = nil, reason: String) {
        self.stocktake = stocktake
        self.version = version
        self.reason = reason
    }

    /// - Throws: ``IdentityRefusal`` for a person who may not; ``StocktakesRefusal`` `stocktakes.reason-missing`,
    ///   `stocktakes.stocktake-unknown`, `stocktakes.changed-meanwhile`, `stocktakes.wrong-state`.
    @discardableResult
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Stocktake {
        try principal.require(oneOf: StocktakeRoles.keepers)
        let reason = try required(reason: reason, for: "a cancellation")
        let stocktakes = StocktakesStore(transaction, principal.consortium)
        var stocktake = try stocktakes.lock(stocktake)
        try principal.requireFacility(stocktake.facility)
        if stocktake.submittedAt != nil { try principal.require(oneOf: [.supervisor]) }
        try stocktake.apply(.cancel, version: version)
        stocktake.reason = reason
        try stocktakes.save(&stocktake)
        try LiftFreeze(store: stocktake.store, document: stocktake.subject).run(in: transaction, by: principal, at: now)
        try AuditTrail(transaction).append(
            "stocktakes.cancel", subject: stocktake.subject, by: principal, at: now, detail: ["reason": reason])
        return stocktake
    }
}
