import Audit
public import Foundation
import Identity
public import Postgres
public import Primitives
import StockLedger

/// Approves a stocktake and brings the ledger to it, once: every difference, gains and losses, in one movement. What was
/// frozen moves again.
///
/// A difference is what it was at the moment of counting, so today's balance changes by it whatever has moved since.
public struct ApproveStocktake: Sendable {
    public var stocktake: StocktakeID
    /// The version the caller has read; `nil` takes what there is.
    public var version: Int64?
    public var requestID: UUID

    public init(stocktake: StocktakeID, version: Int64? = nil, requestID: UUID) {
        self.stocktake = stocktake
        self.version = version
        self.requestID = requestID
    }

    /// - Throws: ``IdentityRefusal`` for anyone but a supervisor; ``StocktakesRefusal`` `stocktakes.stocktake-unknown`,
    ///   `stocktakes.changed-meanwhile`, `stocktakes.wrong-state`, `stocktakes.approver-took-part`, and, each with the line,
    ///   `stocktakes.book-corrected`, `stocktakes.loss-no-longer-fits`: such lines are counted again.
    @discardableResult
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Stocktake {
        try principal.require(oneOf: StocktakeRoles.approvers)
        let stocktakes = StocktakesStore(transaction, principal.consortium)
        var stocktake = try stocktakes.taken(stocktake, .approve, version: version, by: principal)
        let sheet = SheetStore(transaction, principal.consortium)
        if try stocktake.submittedBy == principal.person || sheet.hasCounted(principal.person, in: stocktake.id) {
            throw StocktakesRefusal(.approverTookPart, "\(principal.name), \(stocktake.number)")
        }
        let differing = try sheet.lines(of: stocktake.id).filter(\.differs)
        try LiftFreeze(store: stocktake.store, document: stocktake.subject).run(in: transaction, by: principal, at: now)
        stocktake.movement = try post(differing, of: stocktake, sheet, in: transaction, by: principal, at: now)
        stocktake.decide(by: principal, at: now)
        try stocktakes.save(&stocktake)
        try AuditTrail(transaction).append(
            "stocktakes.approve", subject: stocktake.subject, by: principal, at: now,
            detail: ["differences": "\(differing.count)", "movement": stocktake.movement?.description ?? ""])
        return stocktake
    }

    private func post(
        _ lines: [SheetLine], of stocktake: Stocktake, _ sheet: SheetStore, in transaction: Transaction,
        by principal: Principal, at now: Instant
    ) throws -> MovementID? {
        guard !lines.isEmpty else { return nil }
        let held = try StockReadings(transaction).lockedQuantities(
            of: lines.map(\.shelved.posted), in: stocktake.store, of: principal.consortium)
        let differences = Dictionary(lines.map { ($0.shelved.posted, $0.tally?.difference ?? 0) }, uniquingKeysWith: +)
        // Read under the locks of the balances: whoever corrects one of them afterwards waits.
        let corrected = Set(try sheet.corrected(lines, of: stocktake))
        for line in lines {
            if corrected.contains(line.number) {
                throw StocktakesRefusal(.bookCorrected, line.label, field: "lines[\(line.number - 1)]")
            }
            let (there, difference) = (held[line.shelved.posted] ?? 0, differences[line.shelved.posted] ?? 0)
            if there + difference < 0 {
                throw StocktakesRefusal(
                    .lossNoLongerFits, "\(line.label): \(-difference) missing, \(there) left", field: "lines[\(line.number - 1)]")
            }
        }
        return try PostCountDifferences(
            store: stocktake.store,
            differences: lines.compactMap { line in
                line.tally.map { CountDifference(batch: line.shelved.batch, state: line.shelved.state, quantity: $0.difference) }
            },
            document: stocktake.subject, reason: "盘点 \(stocktake.number)", requestID: requestID
        ).run(in: transaction, by: principal, at: now)
    }
}
