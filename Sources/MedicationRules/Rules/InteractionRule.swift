import Primitives

/// Two medicines whose substances must not meet unnoticed.
///
/// Source: each pair of the catalogue names its own; that interactions and incompatibilities are reviewed, 处方审核规范
/// (2018), appropriateness.
struct InteractionRule {
    let catalogue: RuleCatalogue

    func findings(_ medicines: Medicines) -> [Finding] {
        medicines.pairs.flatMap { one, other in
            let found = meetings(one, other)
            let known = Set(found.map(\.code))
            let reversed = meetings(other, one).filter { !known.contains($0.code) }
            return found.map { finding($0, one, other) } + reversed.map { finding($0, other, one) }
        }
    }

    /// The interactions whose first side is in `one` and whose second is in `other`.
    private func meetings(_ one: Medicines.Medicine, _ other: Medicines.Medicine) -> [Interaction] {
        one.codes.flatMap { code in
            catalogue.interactionsByFirst[code, default: []].filter { $0.isMet(by: one, other) }
        }
    }

    private func finding(_ interaction: Interaction, _ one: Medicines.Medicine, _ other: Medicines.Medicine) -> Finding {
        Finding(
            rule: "interaction.\(interaction.severity.rawValue)", severity: interaction.severity.finding,
            lines: Medicines.Medicine.lines(of: one, other),
            message: Phrase(
                "\(one.label.chinese) 与 \(other.label.chinese)：\(interaction.effectChinese)。\(interaction.adviceChinese)。",
                "\(one.label.english) with \(other.label.english): \(interaction.effectEnglish). \(interaction.adviceEnglish)."),
            source: "\(interaction.code): \(interaction.source)")
    }
}

extension Interaction {
    fileprivate func isMet(by one: Medicines.Medicine, _ other: Medicines.Medicine) -> Bool {
        guard other.codes.contains(second.code), first.counts(one.route), second.counts(other.route) else { return false }
        let (left, right) = (one.substances.filter(first.names), other.substances.filter(second.names))
        return left.contains { substance in right.contains { $0.code != substance.code } }
    }
}

extension Interaction.Side {
    fileprivate func counts(_ given: RouteGroup) -> Bool { route.map { $0 == given } ?? given.isSystemic }

    fileprivate func names(_ substance: Substance) -> Bool { substance.code == code || substance.groups.contains(code) }
}
