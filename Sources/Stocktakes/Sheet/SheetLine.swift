import Formulary
import Postgres
import Primitives
import StockLedger

/// One batch in one state on a stocktake's sheet, with what was last counted of it.
struct SheetLine: Sendable, Hashable {
    /// 1, 2, … within the stocktake.
    let number: Int
    let shelved: ShelvedBatch
    let batchNumber: String
    let control: SpecialControl
    /// Base units in a pack, and its price, when the line was made.
    let packSize: BaseUnits
    let price: Money?
    /// The last round in which it is to be counted.
    let round: Int
    let reason: DifferenceReason?
    /// In how many rounds it was counted.
    let roundsCounted: Int
    /// What was counted last, perhaps in an earlier round.
    let last: Tally?

    /// What was counted in the round in which it is to be; `nil` until then.
    var tally: Tally? { last.flatMap { $0.round == round ? $0 : nil } }

    /// How it is called in refusals.
    var label: String { "line \(number) (batch \(batchNumber))" }

    func isLarge(by rule: RecountRule) -> Bool {
        tally.map { rule.reaches($0.difference, of: $0.book, packSize: packSize, price: price, control: control) } ?? false
    }
}

/// What somebody counted, and what the ledger said at that moment.
struct Tally: Sendable, Hashable {
    let round: Int
    /// 1, 2, … within the round.
    let attempt: Int
    let counted: BaseUnits
    let book: BaseUnits
    let isNotFound: Bool
    let person: PersonID
    let countedAt: Instant

    /// Positive when more is there than the ledger said.
    var difference: BaseUnits { counted - book }
}

extension SheetLine {
    init(_ row: Row) throws {
        let attempt: Int? = try row["attempt"]
        self.init(
            number: try row["line_number"],
            shelved: ShelvedBatch(product: try row["product_id"], batch: try row["batch_id"], state: try row["state"]),
            batchNumber: try row["batch_number"], control: try row["special_control"], packSize: try row["pack_size"],
            price: try row["reference_price"], round: try row["round"], reason: try row["reason"],
            roundsCounted: try row["rounds_counted"],
            last: try attempt.map { attempt in
                Tally(
                    round: try row["tally_round"], attempt: attempt, counted: try row["counted"], book: try row["book"],
                    isNotFound: try row["is_not_found"], person: try row["person_id"], countedAt: try row["counted_at"])
            })
    }
}
