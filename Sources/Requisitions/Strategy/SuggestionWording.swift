import Primitives

/// The sentences that explain a suggestion with its real numbers.
///
/// 近90天消耗1,260片，缺货12天，月均485片；现有300片、在途0、在订500，补至3个月需655片，按28片/盒进为672片。
struct SuggestionWording {
    let figures: ProductFigures

    private var unit: Phrase { figures.pack.baseUnit.name }

    /// What was used, with the days that had no stock.
    private var used: Phrase {
        let history = figures.history
        let (days, amount) = (history.periodDays, WholeNumbers.grouped(history.used))
        let taken = figures.refills.taken
        let apart = WholeNumbers.grouped(Int128(taken.rawValue))
        let base = Phrase(
            "近\(days)天消耗\(amount)\(unit.chinese)" + (taken > 0 ? "（另有长期处方\(apart)\(unit.chinese)）" : ""),
            "\(amount) \(unit.english) used in \(days) days" + (taken > 0 ? ", besides \(apart) of long prescriptions" : ""))
        if history.isAllStockOut {
            return Phrase("\(base.chinese)，全部缺货，按全期折算", "\(base.english), all without stock, so spread over all of them")
        }
        guard history.stockOutDays > 0 else { return base }
        return Phrase(
            "\(base.chinese)，缺货\(history.stockOutDays)天", "\(base.english), \(history.stockOutDays) of them without stock")
    }

    private var position: Phrase {
        let (hand, transit, order) = (figures.position.onHand, figures.position.inTransit, figures.position.onOrder)
        func text(_ quantity: BaseUnits) -> String { WholeNumbers.grouped(Int128(quantity.rawValue)) }
        let need = figures.refills.untilMaximum
        let (due, renewals) = (text(need.due), text(need.renewals))
        return Phrase(
            "现有\(text(hand))\(unit.chinese)、在途\(text(transit))、在订\(text(order))"
                + (need.due > 0 ? "，已知续方\(due)\(unit.chinese)" : "")
                + (need.renewals > 0 ? "，预计续开\(renewals)\(unit.chinese)" : ""),
            "\(text(hand)) on hand, \(text(transit)) in transit, \(text(order)) on order"
                + (need.due > 0 ? ", \(due) for known refills" : "")
                + (need.renewals > 0 ? ", \(renewals) for expected renewals" : ""))
    }

    /// There is nothing to reckon a demand from.
    var noDemand: Phrase {
        let days = figures.history.periodDays
        return figures.history.isAllStockOut
            ? Phrase(
                "近\(days)天全部缺货，无消耗可依，请按需填写", "Out of stock on all of \(days) days, so use tells nothing: fill in what is needed")
            : Phrase("近\(days)天无消耗，不补", "None used in \(days) days: nothing suggested")
    }

    func nothing(because reason: Phrase) -> Suggestion {
        Suggestion(quantity: .zero, explanation: Phrase("\(reason.chinese)。", "\(reason.english)."))
    }

    func nothing(average: Phrase, notBelow level: Phrase) -> Suggestion {
        let total = WholeNumbers.grouped(figures.position.total)
        return Suggestion(
            quantity: .zero,
            explanation: Phrase(
                "\(used.chinese)，\(average.chinese)；\(position.chinese)，合计\(total)\(unit.chinese)，不低于\(level.chinese)，不补。",
                "\(used.english), \(average.english); \(position.english): \(total) are not below \(level.english), nothing suggested."
            ))
    }

    func quantity(_ need: Int128, average: Phrase, target: Phrase) -> Suggestion {
        let pack = figures.pack
        let quantity = pack.rounded(need)
        let (text, size) = (WholeNumbers.grouped(need), WholeNumbers.grouped(Int128(pack.size.rawValue)))
        let rounded = WholeNumbers.grouped(Int128(quantity.rawValue))
        return Suggestion(
            quantity: quantity,
            explanation: Phrase(
                "\(used.chinese)，\(average.chinese)；\(position.chinese)，\(target.chinese)需\(text)\(unit.chinese)，"
                    + "按\(size)\(unit.chinese)/\(pack.unit)进为\(rounded)\(unit.chinese)。",
                "\(used.english), \(average.english); \(position.english); \(target.english) takes \(text), "
                    + "in packs of \(size) \(rounded)."))
    }
}
