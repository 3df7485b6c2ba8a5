import Audit
import Identity
public import Postgres
public import Primitives

/// Has lines counted again before they are submitted, because somebody doubts them.
public struct RecountLines: Sendable {
    public var stocktake: StocktakeID
    /// The version the caller has read; `nil` takes what there is.
    public var version: Int64?
    public var lines: [Int]
    public var reason: String

    public init(stocktake: StocktakeID, version: Int64? = nil, lines: [Int], reason: String) {
        self.stocktake = stocktake
        self.version = version
        self.lines = lines
        self.reason = reason
    }

    /// - Throws: ``IdentityRefusal`` for anyone but a storekeeper of the facility or a supervisor; ``StocktakesRefusal``
    ///   `stocktakes.reason-missing`, `stocktakes.stocktake-unknown`, `stocktakes.changed-meanwhile`,
    ///   `stocktakes.wrong-state`, `stocktakes.nothing-named`, `stocktakes.line-unknown`.
    @discardableResult
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Stocktake {
        try principal.require(oneOf: StocktakeRoles.keepers)
        let reason = try required(reason: reason, for: "a recount")
        let stocktakes = StocktakesStore(transaction, principal.consortium)
        var stocktake = try stocktakes.taken(stocktake, .recount, version: version, by: principal)
        guard !lines.isEmpty else { throw StocktakesRefusal(.nothingNamed, "no line", field: "lines") }
        stocktake.beginRound(because: reason)
        let sheet = SheetStore(transaction, principal.consortium)
        try requireKnown(lines, among: try sheet.lines(of: stocktake.id, numbers: lines))
        try sheet.ask(for: lines, of: stocktake.id, in: stocktake.round)
        try stocktakes.save(&stocktake)
        try AuditTrail(transaction).append(
            "stocktakes.recount", subject: stocktake.subject, by: principal, at: now,
            detail: ["lines": "\(Set(lines).count)", "reason": reason])
        return stocktake
    }
}

/// - Throws: ``StocktakesRefusal`` `stocktakes.line-unknown` for the first number that is none of the lines'.
func requireKnown(_ numbers: [Int], among lines: [SheetLine]) throws(StocktakesRefusal) {
    let known = Set(lines.map(\.number))
    for (index, number) in numbers.enumerated() where !known.contains(number) {
        throw StocktakesRefusal(.lineUnknown, "line \(number)", field: "lines[\(index)]")
    }
}
