import Audit
import Identity
public import Postgres
public import Primitives

/// Ends a round of counting. Large differences that one person alone has seen begin another round; without any the count
/// stands.
public struct FinishCounting: Sendable {
    public var stocktake: StocktakeID
    /// The version the caller has read; `nil` takes what there is.
    public var version: Int64?

    public init(stocktake: StocktakeID, version: Int64? = nil) {
        self.stocktake = stocktake
        self.version = version
    }

    /// - Throws: ``IdentityRefusal`` for anyone but a storekeeper of the facility or a supervisor; ``StocktakesRefusal``
    ///   `stocktakes.stocktake-unknown`, `stocktakes.changed-meanwhile`, `stocktakes.wrong-state`,
    ///   `stocktakes.not-all-counted`.
    @discardableResult
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Stocktake {
        try principal.require(oneOf: StocktakeRoles.keepers)
        let stocktakes = StocktakesStore(transaction, principal.consortium)
        var stocktake = try stocktakes.taken(stocktake, .finish, version: version, by: principal)
        let sheet = SheetStore(transaction, principal.consortium)
        let lines = try sheet.lines(of: stocktake.id)
        let open = lines.filter { $0.tally == nil }
        guard open.isEmpty else {
            let first = open.prefix(5).map { "\($0.number)" }.joined(separator: ", ")
            throw StocktakesRefusal(.notAllCounted, "\(open.count) of \(lines.count) line(s), first \(first)")
        }
        let doubtful = lines.filter { $0.roundsCounted == 1 && $0.isLarge(by: stocktake.rule) }.map(\.number)
        if !doubtful.isEmpty {
            try stocktake.apply(.recount, version: nil)
            stocktake.beginRound(because: "差异较大")
            try sheet.ask(for: doubtful, of: stocktake.id, in: stocktake.round)
        }
        try stocktakes.save(&stocktake)
        try AuditTrail(transaction).append(
            "stocktakes.finish", subject: stocktake.subject, by: principal, at: now,
            detail: ["lines": "\(lines.count)", "toRecount": "\(doubtful.count)"])
        return stocktake
    }
}
