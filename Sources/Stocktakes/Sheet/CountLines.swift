import Audit
import Identity
public import Postgres
public import Primitives
import StockLedger

/// Enters what somebody counted: all lines or none. Each is compared with what the ledger says at this moment, so that
/// goods may move before and after it.
///
/// Several people count beside each other, each their own lines. Who has mistyped enters the line again while the round
/// goes on; both entries are kept.
public struct CountLines: Sendable {
    public struct Count: Sendable, Hashable, Codable {
        /// The number of the line on the sheet.
        public let line: Int
        /// Base units.
        public let counted: BaseUnits
        /// Looked for and not there; goes with 0 and with nothing else, so that an empty field is no 0.
        public let isNotFound: Bool

        public init(line: Int, counted: BaseUnits, isNotFound: Bool = false) {
            self.line = line
            self.counted = counted
            self.isNotFound = isNotFound
        }
    }

    public var stocktake: StocktakeID
    public var counts: [Count]

    public init(stocktake: StocktakeID, counts: [Count]) {
        self.stocktake = stocktake
        self.counts = counts
    }

    /// - Throws: ``IdentityRefusal`` for a person of another facility or without a counting role; ``StocktakesRefusal``
    ///   `stocktakes.stocktake-unknown`, `stocktakes.wrong-state`, `stocktakes.nothing-named`, then line by line
    ///   `stocktakes.quantity-invalid`, `stocktakes.not-found-unmarked`, `stocktakes.line-repeated`, and again line by line
    ///   `stocktakes.line-unknown`, `stocktakes.line-not-to-count`, `stocktakes.counted-by-another`,
    ///   `stocktakes.recount-by-same-person`.
    @discardableResult
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Stocktake {
        try principal.require(oneOf: StocktakeRoles.counters)
        let stocktake = try StocktakesStore(transaction, principal.consortium).lockForCounting(stocktake)
        try principal.requireFacility(stocktake.facility)
        _ = try stocktake.state.applying(.count)
        try check()
        let sheet = SheetStore(transaction, principal.consortium)
        let lines = try sheet.lock(counts.map(\.line), of: stocktake.id)
        for (index, count) in counts.enumerated() {
            guard let line = lines[count.line] else {
                throw StocktakesRefusal(.lineUnknown, "line \(count.line)", field: "counts[\(index)].line")
            }
            try line.requireCountable(in: stocktake.round, by: principal, field: "counts[\(index)].line")
        }
        let books = try StockReadings(transaction).lockedQuantities(
            of: lines.values.map(\.shelved), in: stocktake.store, of: principal.consortium)
        let tallies = counts.compactMap { count in
            lines[count.line].map { line in
                let tally = Tally(
                    round: stocktake.round, attempt: (line.tally?.attempt ?? 0) + 1, counted: count.counted,
                    book: books[line.shelved] ?? 0, isNotFound: count.isNotFound, person: principal.person, countedAt: now)
                return (line: count.line, tally: tally)
            }
        }
        try sheet.add(tallies, to: stocktake.id)
        try AuditTrail(transaction).append(
            "stocktakes.count", subject: stocktake.subject, by: principal, at: now,
            detail: ["lines": "\(counts.count)", "round": "\(stocktake.round)"])
        return stocktake
    }

    private func check() throws(StocktakesRefusal) {
        guard !counts.isEmpty else { throw StocktakesRefusal(.nothingNamed, "no line", field: "counts") }
        var seen: Set<Int> = []
        for (index, count) in counts.enumerated() {
            guard (0...BaseUnits.entryMax).contains(count.counted) else {
                throw StocktakesRefusal(.quantityInvalid, "\(count.counted)", field: "counts[\(index)].counted")
            }
            guard (count.counted == 0) == count.isNotFound else {
                throw StocktakesRefusal(
                    .notFoundUnmarked, "line \(count.line): \(count.counted)", field: "counts[\(index)].isNotFound")
            }
            guard seen.insert(count.line).inserted else {
                throw StocktakesRefusal(.lineRepeated, "line \(count.line)", field: "counts[\(index)].line")
            }
        }
    }
}

extension SheetLine {
    /// - Throws: ``StocktakesRefusal`` `stocktakes.line-not-to-count`, `stocktakes.counted-by-another`,
    ///   `stocktakes.recount-by-same-person`.
    func requireCountable(in current: Int, by principal: Principal, field: String) throws(StocktakesRefusal) {
        guard round == current else {
            throw StocktakesRefusal(.lineNotToCount, "\(label): round \(current) does not ask for it", field: field)
        }
        guard let last else { return }
        if last.round == current, last.person != principal.person {
            throw StocktakesRefusal(.countedByAnother, label, field: field)
        }
        if last.round < current, last.person == principal.person {
            throw StocktakesRefusal(.recountBySamePerson, label, field: field)
        }
    }
}
