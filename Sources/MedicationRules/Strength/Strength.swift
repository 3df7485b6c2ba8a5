/// How much of each substance one base unit of a product holds, read from the text of its strength.
///
/// The text is read strictly: what is not one of the forms below is reported and never guessed.
///
/// | text | base unit | amounts |
/// |---|---|---|
/// | `5mg`, `2.5万单位` | any | 5 mg; 25,000 units |
/// | `80mg/12.5mg` | any | 80 mg and 12.5 mg |
/// | `2ml:200mg`, `3ml:300单位/10.8mg`, `100ml:0.5g:0.9g` | what holds the volume | what stands after the volume |
/// | `10g:0.2g` | a tube or bottle | 0.2 g |
/// | `20g(2%)` | a tube or bottle | 0.4 g |
/// | `1.34mg/ml,3ml` | a pen or bottle | 4.02 mg |
/// | `50ug*200揿`, `80ug/4.5ug,60吸` | an inhaler or pen | 10 mg; 4.8 mg and 0.27 mg |
/// | `每8丸3g`, `每10粒重2g`, `每袋3g` | the unit it names | 375 mg; 0.2 g; 3 g |
/// | any | `g`, `mg` | the unit itself |
public struct Strength: Sendable, Hashable {
    /// Why a strength cannot be read.
    public enum Problem: String, Error, Sendable, CaseIterable {
        /// 复方: the substances are not told apart.
        case compound
        /// How much the container holds, and not of what.
        case volumeOnly = "volume-only"
        /// What the crude drug would weigh.
        case crudeEquivalent = "crude-equivalent"
        /// A form that is not known.
        case unknownForm = "unknown-form"
        /// One base unit would hold a part of the smallest amount.
        case notWhole = "not-whole"
    }

    /// Of one base unit, in the order of the text.
    public let amounts: [Amount]

    /// - Parameters:
    ///   - text: as the catalogue of products has it.
    ///   - baseUnit: a code of the catalogue of units.
    public init(_ text: String, baseUnit: String) throws(Problem) {
        switch baseUnit {
        case "g", "mg": amounts = Amount("1\(baseUnit)").map { [$0] } ?? []
        default: amounts = try Self.amounts(text[...], isTube: ["piece", "bottle", "bag"].contains(baseUnit))
        }
    }

    private static func amounts(_ text: Substring, isTube: Bool) throws(Problem) -> [Amount] {
        if text == "复方" { throw .compound }
        if text.contains("相当于") { throw .crudeEquivalent }
        if text.first == "每" { return try perCount(text.dropFirst()) }
        if let counted = try perDose(text) { return counted }
        if let concentrated = try concentration(text) { return concentrated }
        if text.last == ")" { return try percentage(text.dropLast()) }
        var parts = text.split(separator: ":", omittingEmptySubsequences: false)
        if isVolume(parts[0]) {
            guard parts.count > 1 else { throw .volumeOnly }
            parts.removeFirst()
        } else if parts.count == 2, isTube, Amount(parts[0])?.measure == .mass {
            parts.removeFirst()
        } else if parts.count > 1 {
            throw .unknownForm
        }
        return try list(parts.flatMap { $0.split(separator: "/", omittingEmptySubsequences: false) })
    }

    private static func isVolume(_ text: Substring) -> Bool {
        guard let (_, unit) = PlainDecimal.leading(text) else { return false }
        return unit == "ml"
    }

    private static func list(_ parts: [Substring]) throws(Problem) -> [Amount] {
        let amounts = parts.compactMap { Amount($0) }
        guard !amounts.isEmpty, amounts.count == parts.count else { throw .unknownForm }
        return amounts
    }

    /// `8丸3g`, `10粒重2g`, `袋3g`, after 每.
    private static func perCount(_ text: Substring) throws(Problem) -> [Amount] {
        let (count, rest) = PlainDecimal.leading(text).map { ($0.0.whole(times: 1), $0.1) } ?? (1, text)
        guard let count, count > 0, let unit = rest.first, "丸粒片袋".contains(unit) else { throw .unknownForm }
        let weight = rest.dropFirst()
        guard let amount = Amount(weight.first == "重" ? weight.dropFirst() : weight) else { throw .unknownForm }
        guard amount.value % count == 0 else { throw .notWhole }
        return [Amount(amount.measure, amount.value / count)]
    }

    /// `50ug*200揿`, `5ug,60次`; `nil` when the text ends in no such count.
    private static func perDose(_ text: Substring) throws(Problem) -> [Amount]? {
        guard let last = text.last, "揿喷吸次".contains(last), let mark = text.lastIndex(where: { "*,".contains($0) })
        else { return nil }
        guard let (number, unit) = PlainDecimal.leading(text[text.index(after: mark)...]), unit.count == 1 else { throw .unknownForm }
        let amounts = try list(text[..<mark].split(separator: "/", omittingEmptySubsequences: false))
        var all: [Amount] = []
        for amount in amounts {
            guard let value = number.whole(times: amount.value) else { throw .notWhole }
            all.append(Amount(amount.measure, value))
        }
        return all
    }

    /// `1.34mg/ml,3ml`; `nil` when the text gives no concentration.
    private static func concentration(_ text: Substring) throws(Problem) -> [Amount]? {
        guard let range = text.firstRange(of: "/ml") else { return nil }
        let rest = text[range.upperBound...]
        guard rest.first == "," else { throw rest.isEmpty ? .volumeOnly : .unknownForm }
        guard let amount = Amount(text[..<range.lowerBound]), let (volume, unit) = PlainDecimal.leading(rest.dropFirst()),
            unit == "ml"
        else { throw .unknownForm }
        guard let value = volume.whole(times: amount.value) else { throw .notWhole }
        return [Amount(amount.measure, value)]
    }

    /// `20g(2%`, without the closing bracket.
    private static func percentage(_ text: Substring) throws(Problem) -> [Amount] {
        let parts = text.split(separator: "(", omittingEmptySubsequences: false)
        guard parts.count == 2, let mass = Amount(parts[0]), mass.measure == .mass,
            let (percent, sign) = PlainDecimal.leading(parts[1]), sign == "%"
        else { throw .unknownForm }
        guard let hundredfold = percent.whole(times: mass.value), hundredfold % 100 == 0 else { throw .notWhole }
        return [Amount(.mass, hundredfold / 100)]
    }
}
