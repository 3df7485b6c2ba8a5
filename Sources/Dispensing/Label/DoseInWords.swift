public import MedicationRules
public import Primitives

/// How a medicine is taken, in words for its label: `每次半片(2.5mg)，每日2次，口服，饭后`.
///
/// Whole numbers only: a dose is thousandths of a base unit, and what is said is exact or not said.
///
/// Source: R-ST-02, the label shows strength, usage and dose.
public struct DoseInWords: Sendable, Hashable {
    public let phrase: Phrase

    /// - Parameters:
    ///   - doseText: the dose as the prescriber wrote it; it stands where a part of a container would say nothing, `2喷`.
    ///   - unit: the base unit that `dose` counts.
    ///   - strength: of one base unit, as the catalogue writes it; empty when unknown.
    ///   - route: by which way; `nil` when unknown.
    public init(
        dose: DoseAmount, doseText: String = "", unit: UnitWords, strength: String = "", frequency: DosingFrequency,
        route: Phrase? = nil
    ) {
        let amount = Self.amount(dose, doseText, unit)
        let content = amount.isSaid ? Self.content(of: dose, strength) : ""
        let often = FrequencyInWords(frequency)
        let parts = [Phrase("每次\(amount.words.chinese)\(content)", "\(amount.words.english)\(content)"), often.often]
        let all = parts + [route, often.meal].compactMap { $0 }
        phrase = Phrase(all.map(\.chinese).joined(separator: "，"), all.map(\.english).joined(separator: ", "))
    }

    /// The amount, and whether it is said in base units.
    private static func amount(_ dose: DoseAmount, _ text: String, _ unit: UnitWords) -> (words: Phrase, isSaid: Bool) {
        let (whole, rest) = (dose.thousandths / 1_000, dose.thousandths % 1_000)
        if unit.isMeasured { return (Phrase("\(dose)\(unit.chinese)", "\(dose) \(unit.english)"), true) }
        if unit.isContainer, rest != 0, !text.trimmed.isEmpty { return (Phrase(text.trimmed, text.trimmed), false) }
        guard rest != 0 else {
            return (Phrase("\(whole)\(unit.chinese)", "\(whole) \(whole == 1 ? unit.english : unit.plural)"), true)
        }
        guard let part = Fraction(thousandths: rest) else {
            return (Phrase("\(dose)\(unit.chinese)", "\(dose) \(unit.plural)"), true)
        }
        if whole == 0 {
            let chinese = part == .half ? "半\(unit.chinese)" : "\(part)\(unit.chinese)"
            return (Phrase(chinese, part == .half ? "half \(unit.withArticle)" : "\(part) \(unit.english)"), true)
        }
        let chinese = part == .half ? "\(whole)\(unit.chinese)半" : "\(whole)又\(part)\(unit.chinese)"
        return (Phrase(chinese, "\(whole) \(part) \(unit.plural)"), true)
    }

    /// How much of the medicine that is, `(2.5mg)`; empty when the strength is not one amount, or the sum is not exact.
    private static func content(of dose: DoseAmount, _ strength: String) -> String {
        // `2ml:10mg` says what is in one ampoule after the colon.
        guard let last = strength.split(separator: ":").last, strength.split(separator: ":").count <= 2,
            let match = last.wholeMatch(of: /([0-9]{1,7})(?:\.([0-9]{1,3}))?(g|mg|ug|μg|ml|单位|万单位)/),
            let whole = Int64(match.1)
        else { return "" }
        let decimals = String(match.2 ?? "")
        let millis = whole * 1_000 + (Int64(decimals + String(repeating: "0", count: 3 - decimals.count)) ?? 0)
        let rest = dose.thousandths % 1_000
        let part = rest == 0 ? Fraction(numerator: 0, denominator: 1) : Fraction(thousandths: rest)
        let denominator = part?.denominator ?? 1_000
        let numerator = dose.thousandths / 1_000 * denominator + (part?.numerator ?? rest)
        let (product, overflow) = millis.multipliedReportingOverflow(by: numerator)
        guard !overflow, product % denominator == 0 else { return "" }
        return "(\(DoseAmount(thousandths: product / denominator))\(match.3))"
    }
}

/// A part of a tablet that people say: a half, quarters, thirds.
struct Fraction: Hashable, CustomStringConvertible {
    let numerator: Int64
    let denominator: Int64

    static let half = Fraction(numerator: 1, denominator: 2)

    init(numerator: Int64, denominator: Int64) {
        self.numerator = numerator
        self.denominator = denominator
    }

    /// A third is written with three decimals, either way of rounding.
    init?(thousandths: Int64) {
        switch thousandths {
        case 250: self.init(numerator: 1, denominator: 4)
        case 333: self.init(numerator: 1, denominator: 3)
        case 500: self = .half
        case 666, 667: self.init(numerator: 2, denominator: 3)
        case 750: self.init(numerator: 3, denominator: 4)
        default: return nil
        }
    }

    var description: String { "\(numerator)/\(denominator)" }
}
