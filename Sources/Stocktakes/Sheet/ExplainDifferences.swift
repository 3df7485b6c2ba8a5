import Audit
import Identity
public import Postgres
public import Primitives

/// Says why counted lines differ from the ledger. Said again, it is replaced.
public struct ExplainDifferences: Sendable {
    public struct Explanation: Sendable, Hashable {
        /// The number of the line on the sheet.
        public var line: Int
        public var reason: DifferenceReason
        /// What was found out; may be empty where the reason says enough.
        public var note: String

        public init(line: Int, reason: DifferenceReason, note: String = "") {
            self.line = line
            self.reason = reason
            self.note = note
        }
    }

    public var stocktake: StocktakeID
    /// The version the caller has read; `nil` takes what there is.
    public var version: Int64?
    public var explanations: [Explanation]

    public init(stocktake: StocktakeID, version: Int64? = nil, explanations: [Explanation]) {
        self.stocktake = stocktake
        self.version = version
        self.explanations = explanations
    }

    /// - Throws: ``IdentityRefusal`` for anyone but a storekeeper of the facility or a supervisor; ``StocktakesRefusal``
    ///   `stocktakes.stocktake-unknown`, `stocktakes.changed-meanwhile`, `stocktakes.wrong-state`,
    ///   `stocktakes.nothing-named`, then line by line `stocktakes.line-unknown`, `stocktakes.line-repeated`,
    ///   `stocktakes.no-difference`, `stocktakes.reason-does-not-fit`, `stocktakes.note-missing`.
    @discardableResult
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Stocktake {
        try principal.require(oneOf: StocktakeRoles.keepers)
        let stocktakes = StocktakesStore(transaction, principal.consortium)
        var stocktake = try stocktakes.taken(stocktake, .explain, version: version, by: principal)
        let sheet = SheetStore(transaction, principal.consortium)
        let lines = try sheet.lines(of: stocktake.id, numbers: explanations.map(\.line))
        try sheet.explain(try Self.checked(explanations, of: lines), of: stocktake.id)
        try stocktakes.save(&stocktake)
        try AuditTrail(transaction).append(
            "stocktakes.explain", subject: stocktake.subject, by: principal, at: now,
            detail: Dictionary(
                explanations.map { ("line \($0.line)", $0.reason.rawValue) }, uniquingKeysWith: { first, _ in first }))
        return stocktake
    }

    /// The explanations with their notes trimmed.
    ///
    /// - Throws: ``StocktakesRefusal`` for the first explanation at fault.
    static func checked(
        _ explanations: [Explanation], of lines: [SheetLine]
    ) throws(StocktakesRefusal) -> [Explanation] {
        guard !explanations.isEmpty else { throw StocktakesRefusal(.nothingNamed, "no line", field: "reasons") }
        let known = Dictionary(lines.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
        var seen: Set<Int> = []
        var checked: [Explanation] = []
        for (index, explanation) in explanations.enumerated() {
            let field = "reasons[\(index)]"
            guard let line = known[explanation.line] else {
                throw StocktakesRefusal(.lineUnknown, "line \(explanation.line)", field: "\(field).line")
            }
            guard seen.insert(line.number).inserted else {
                throw StocktakesRefusal(.lineRepeated, line.label, field: "\(field).line")
            }
            guard let difference = line.tally?.difference, difference != 0 else {
                throw StocktakesRefusal(.noDifference, line.label, field: "\(field).line")
            }
            let reason = explanation.reason
            guard difference > 0 ? reason.explainsGain : reason.explainsLoss else {
                throw StocktakesRefusal(
                    .reasonDoesNotFit, "\(line.label): \(difference) is not explained by \(reason.rawValue)",
                    field: "\(field).reason")
            }
            let note = trimmed(explanation.note)
            guard !note.isEmpty || !reason.needsNote else {
                throw StocktakesRefusal(.noteMissing, "\(line.label): \(reason.rawValue)", field: "\(field).note")
            }
            checked.append(Explanation(line: line.number, reason: reason, note: note))
        }
        return checked
    }
}
