import Formulary
import Primitives

/// A dose that is more or less than the catalogue knows for the patient's age and weight, at once or in a day.
///
/// A dose is base units times the substance in one base unit (``Strength``). In a day as many doses are taken as the
/// frequency puts into 24 hours, and what is taken once in several days counts whole on its day; several lines of one
/// substance are added up. Where the strength cannot be read the dose is not checked, and the finding says so.
///
/// Source: each limit of the catalogue names its own; dose and usage are reviewed, 处方审核规范 (2018).
struct DoseRule {
    let catalogue: RuleCatalogue

    private struct Key: Hashable {
        let substance: String
        let route: RouteGroup
    }

    /// What one line gives of one substance.
    private struct Given {
        let medicine: Medicines.Medicine
        let line: CheckedLine
        let substance: Substance
        /// In one base unit; `nil` when the strength does not tell.
        let amount: Amount?
    }

    func findings(_ medicines: Medicines, of patient: CheckedPatient, on day: CalendarDate) -> [Finding] {
        let given = Dictionary(grouping: medicines.lines.flatMap(given)) { Key(substance: $0.substance.code, route: $0.medicine.route) }
        return given.flatMap { key, lines -> [Finding] in
            let limits = catalogue.doseLimitsBySubstance[key.substance, default: []].filter {
                $0.route == key.route && $0.isMeant(for: patient, on: day)
            }
            return limits.flatMap { limit in
                lines.flatMap { single($0, limit, patient) } + daily(lines, limit, patient)
            }
        }
    }

    // MARK: - Amounts

    private func given(_ medicine: Medicines.Medicine) -> [Given] {
        guard let line = medicine.line else { return [] }
        let amounts = catalogue.amounts(in: medicine)
        return medicine.substances.map { substance in
            Given(medicine: medicine, line: line, substance: substance, amount: amounts[substance.code])
        }
    }

    // MARK: - Findings

    private func single(_ given: Given, _ limit: DoseLimit, _ patient: CheckedPatient) -> [Finding] {
        guard let amount = given.amount, limit.measures.allSatisfy({ $0 == amount.measure }) else {
            return [
                finding(
                    "dose.not-checked", .note, [given], limit,
                    Phrase("规格“\(given.medicine.product.strength)”不能换算，剂量未核对", "the strength does not tell the amount: the dose was not checked"))
            ]
        }
        let dose = Int128(given.line.dose.thousandths) * Int128(amount.value)
        let words = DoseWords(dose: dose, measure: amount.measure)
        var found: [Finding] = []
        if let most = limit.singleMost, dose > Int128(most.value) * 1_000 {
            found.append(finding("dose.single-maximum", .override, [given], limit, words.more(than: most, Phrase("单次", "at once"))))
        }
        if let least = limit.singleLeast, dose < Int128(least.value) * 1_000 {
            found.append(finding("dose.single-minimum", .note, [given], limit, words.less(than: least)))
        }
        if let most = limit.kilogramSingleMost {
            found += weighed(dose, most, [given], limit, patient, words, Phrase("单次", "at once"))
        }
        if let hours = limit.hoursApart, given.line.frequency.isTooOften(forHoursApart: hours) {
            found.append(
                finding(
                    "dose.interval", .override, [given], limit,
                    Phrase(
                        "频次 \(given.line.frequency.code)，两次用药至少间隔\(hours)小时",
                        "\(given.line.frequency.code), with at least \(hours) hours from one dose to the next")))
        }
        return found
    }

    private func daily(_ lines: [Given], _ limit: DoseLimit, _ patient: CheckedPatient) -> [Finding] {
        let counted = lines.compactMap { given -> (Given, Int128, Amount.Measure)? in
            guard let amount = given.amount, limit.measures.allSatisfy({ $0 == amount.measure }),
                let doses = given.line.frequency.dosesInADay
            else { return nil }
            return (given, Int128(given.line.dose.thousandths) * Int128(amount.value) * Int128(doses), amount.measure)
        }
        guard let measure = counted.first?.2 else { return [] }
        let sum = counted.reduce(0) { $0 + $1.1 }
        let words = DoseWords(dose: sum, measure: measure)
        var found: [Finding] = []
        if let most = limit.dayMost, sum > Int128(most.value) * 1_000 {
            found.append(
                finding("dose.daily-maximum", .override, counted.map(\.0), limit, words.more(than: most, Phrase("每日", "in a day"))))
        }
        if let most = limit.kilogramDayMost {
            found += weighed(sum, most, counted.map(\.0), limit, patient, words, Phrase("每日", "in a day"))
        }
        return found
    }

    /// A dose against the most for each kilogram; says so when nobody has weighed the patient.
    private func weighed(
        _ dose: Int128, _ most: Amount, _ given: [Given], _ limit: DoseLimit, _ patient: CheckedPatient, _ words: DoseWords,
        _ period: Phrase
    ) -> [Finding] {
        guard let grams = patient.weightGrams else {
            let missing = Phrase("未记录体重，按体重的剂量未核对", "no weight is recorded: the dose for the weight was not checked")
            return [finding("dose.weight-missing", .note, given, limit, missing)]
        }
        // The dose counts thousandths of a base unit, the weight thousandths of a kilogram.
        guard dose > Int128(most.value) * Int128(grams) else { return [] }
        return [finding("dose.weight-maximum", .override, given, limit, words.more(than: most, period, grams: grams))]
    }

    private func finding(_ rule: String, _ severity: FindingSeverity, _ given: [Given], _ limit: DoseLimit, _ words: Phrase) -> Finding {
        let lines = Set(given.map(\.line.number)).sorted()
        let names = given.map(\.medicine.product.label).joined(separator: " + ")
        return Finding(
            rule: rule, severity: severity, lines: lines,
            message: Phrase("\(names)：\(words.chinese)", "\(names): \(words.english)"), source: "\(limit.code): \(limit.source)")
    }
}
