import Postgres
public import Primitives

/// How a count compares with the ledger: what an approver and an auditor look at first.
public struct DifferenceTotals: Sendable, Hashable, Codable {
    public let linesCounted: Int
    /// Lines where the ledger was right.
    public let linesRight: Int
    /// Lines with more than the ledger said, and what that is worth at the reference price.
    public let linesGained: Int
    public let gain: Money
    /// Lines with less, and what that is worth, as a positive amount.
    public let linesLost: Int
    public let loss: Money
    /// ``gain`` less ``loss``.
    public let net: Money
    /// ``gain`` and ``loss`` together.
    public let absolute: Money
    /// Lines that differ and have no reference price: they are in the numbers of lines and not in the amounts.
    public let linesWithoutPrice: Int
}

extension DifferenceTotals {
    /// One counted line: its difference, and what that is worth.
    struct Line {
        let difference: BaseUnits
        let value: Money?
    }

    init(_ lines: [Line]) {
        let (gains, losses) = (lines.filter { $0.difference > 0 }, lines.filter { $0.difference < 0 })
        let gain = gains.compactMap(\.value).reduce(.zero, +)
        let loss = losses.compactMap(\.value).reduce(.zero, -)
        self.init(
            linesCounted: lines.count, linesRight: lines.count - gains.count - losses.count, linesGained: gains.count, gain: gain,
            linesLost: losses.count, loss: loss, net: gain - loss, absolute: gain + loss,
            linesWithoutPrice: lines.count { $0.difference != 0 && $0.value == nil })
    }
}

/// The differences with one reason.
public struct ReasonTotals: Sendable, Hashable, Codable {
    /// `nil`: not explained yet.
    public let reason: DifferenceReason?
    public let meaningChinese: String
    public let meaningEnglish: String
    public let totals: DifferenceTotals
}

/// The differences of one stocktake, all together and by reason.
public struct StocktakeDifferences: Sendable, Hashable, Codable {
    public let stocktake: StocktakeSummary
    public let totals: DifferenceTotals
    /// Reasons that stand on some line, in the order of ``DifferenceReason``; what is unexplained yet comes last.
    public let reasons: [ReasonTotals]
}

extension StocktakeReadings {
    /// - Throws: as ``summary(_:)``; ``StocktakesRefusal`` `stocktakes.still-blind`.
    public func differences(of id: StocktakeID) throws -> StocktakeDifferences {
        let stocktake = try summary(id)
        guard !(stocktake.isBlind && stocktake.state.isCounting) else {
            throw StocktakesRefusal(.stillBlind, stocktake.number)
        }
        let lines = try SheetStore(transaction, principal.consortium).lines(of: id).compactMap { line in
            line.tally.map { tally in
                let value = line.price.map { worth(of: tally.difference, packSize: line.packSize, price: $0) }
                return (reason: line.reason, line: DifferenceTotals.Line(difference: tally.difference, value: value))
            }
        }
        let byReason = Dictionary(grouping: lines.filter { $0.line.difference != 0 }, by: \.reason)
        let reasons = (DifferenceReason.allCases.map(Optional.some) + [nil]).compactMap { reason in
            byReason[reason].map { group in
                ReasonTotals(
                    reason: reason, meaningChinese: reason?.meaning.chinese ?? "尚未说明",
                    meaningEnglish: reason?.meaning.english ?? "Not explained yet", totals: DifferenceTotals(group.map(\.line)))
            }
        }
        return StocktakeDifferences(stocktake: stocktake, totals: DifferenceTotals(lines.map(\.line)), reasons: reasons)
    }
}
