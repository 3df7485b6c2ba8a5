import Audit
import Identity
public import Postgres
public import Primitives

/// Sends a submitted stocktake back to be counted again, with a reason.
public struct RejectStocktake: Sendable {
    public var stocktake: StocktakeID
    /// The version the caller has read; `nil` takes what there is.
    public var version: Int64?
    /// What is counted again; empty: every line that differs or, where none does, every line.
    public var lines: [Int]
    public var reason: String

    public init(stocktake: StocktakeID, version: Int64? = nil, lines: [Int] = [], reason: String) {
        self.stocktake = stocktake
        self.version = version
        self.lines = lines
        self.reason = reason
    }

    /// - Throws: ``IdentityRefusal`` for anyone but a supervisor; ``StocktakesRefusal`` `stocktakes.reason-missing`,
    ///   `stocktakes.stocktake-unknown`, `stocktakes.changed-meanwhile`, `stocktakes.wrong-state`,
    ///   `stocktakes.line-unknown`.
    @discardableResult
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Stocktake {
        try principal.require(oneOf: StocktakeRoles.approvers)
        let reason = try required(reason: reason, for: "a rejection")
        let stocktakes = StocktakesStore(transaction, principal.consortium)
        var stocktake = try stocktakes.taken(stocktake, .reject, version: version, by: principal)
        let sheet = SheetStore(transaction, principal.consortium)
        let all = try sheet.lines(of: stocktake.id)
        try requireKnown(lines, among: all)
        let differing = all.filter(\.differs)
        let again = lines.isEmpty ? (differing.isEmpty ? all : differing).map(\.number) : lines
        stocktake.beginRound(because: reason)
        try sheet.ask(for: again, of: stocktake.id, in: stocktake.round)
        stocktake.decide(by: principal, at: now)
        try stocktakes.save(&stocktake)
        try AuditTrail(transaction).append(
            "stocktakes.reject", subject: stocktake.subject, by: principal, at: now,
            detail: ["lines": "\(Set(again).count)", "reason": reason])
        return stocktake
    }
}
