import Formulary
import Primitives

/// One substance in two medicines, or two medicines of one class.
///
/// Two medicines are of one class when the first six characters of their national classes agree (the letter X and the
/// fourth level of ATC); classes of the rest, which end in X, hold what has nothing in common and are not compared. What
/// is still taken does not count when so few days of it are left that this is its renewal.
///
/// Source: duplicate therapy is reviewed, 处方审核规范 (2018), appropriateness.
struct DuplicateRule {
    let catalogue: RuleCatalogue
    let renewalDays: Int

    private static let classLength = 6

    func findings(_ medicines: Medicines, on day: CalendarDate) -> [Finding] {
        medicines.pairs.compactMap { one, other in
            if let through = other.current?.through, through.days(since: day) + 1 <= renewalDays { return nil }
            guard actTogether(one, other) else { return nil }
            return substance(one, other) ?? drugClass(one, other)
        }
    }

    private func actTogether(_ one: Medicines.Medicine, _ other: Medicines.Medicine) -> Bool {
        one.route == other.route || (one.route.isSystemic && other.route.isSystemic)
    }

    private func substance(_ one: Medicines.Medicine, _ other: Medicines.Medicine) -> Finding? {
        let shared = catalogue.ingredients(of: one).intersection(catalogue.ingredients(of: other)).filter { !isExcepted($0) }
        guard let first = shared.min() else { return nil }
        let name = catalogue.substancesByCode[first].map { Phrase($0.chinese, $0.english) } ?? Phrase(first, first)
        // Two strengths of one medicine may make up one dose.
        let areStrengths = other.line != nil && one.product.genericName == other.product.genericName
        return Finding(
            rule: areStrengths ? "duplicate.strengths" : "duplicate.substance", severity: areStrengths ? .warning : .override,
            lines: Medicines.Medicine.lines(of: one, other),
            message: Phrase(
                "\(one.label.chinese) 与 \(other.label.chinese) 都含\(name.chinese)",
                "\(one.label.english) and \(other.label.english) both hold \(name.english)"),
            source: "处方审核规范 (2018) 重复用药")
    }

    private func drugClass(_ one: Medicines.Medicine, _ other: Medicines.Medicine) -> Finding? {
        let shared = one.product.drugClass.prefix(Self.classLength)
        guard shared.first == "X", shared.count == Self.classLength, shared.last != "X",
            other.product.drugClass.hasPrefix(shared),
            !catalogue.duplicateExceptions.contains(where: { $0.kind == .drugClass && shared.hasPrefix($0.member) })
        else { return nil }
        return Finding(
            rule: "duplicate.class", severity: .warning, lines: Medicines.Medicine.lines(of: one, other),
            message: Phrase(
                "\(one.label.chinese) 与 \(other.label.chinese) 属同一类（\(shared)）",
                "\(one.label.english) and \(other.label.english) are of one class (\(shared))"),
            source: "处方审核规范 (2018) 重复用药")
    }

    private func isExcepted(_ ingredient: String) -> Bool {
        let codes = [ingredient] + (catalogue.substancesByCode[ingredient]?.groups ?? [])
        return catalogue.duplicateExceptions.contains { $0.kind == .substance && codes.contains($0.member) }
    }
}

extension RuleCatalogue {
    /// The substances found in the generic name, and those of the English name that the catalogue does not know.
    fileprivate func ingredients(of medicine: Medicines.Medicine) -> Set<String> {
        Set(medicine.substances.map(\.code)).union(medicine.product.englishIngredients.map { codeByEnglish[$0] ?? $0 })
    }
}
