import Formulary
import Primitives

/// How sure the compilers of a row are of it.
enum RuleConfidence: String, CaseIterable {
    case high, medium, low
}

extension CatalogRow {
    /// Texts parted by semicolons.
    mutating func list(_ column: String) -> [String] {
        text(column, max: 1_000, isRequired: false).split(separator: ";").map { part in
            String(part.drop { $0 == " " })
        }.filter { !$0.isEmpty }
    }

    /// Codes of substances and groups, all of which must be known.
    mutating func members(_ column: String, among known: Set<String>) -> [String] {
        let codes = list(column)
        let unknown = codes.filter { !known.contains($0) }
        if !unknown.isEmpty { note(.referenceUnknown, column, detail: unknown.joined(separator: ", ")) }
        return codes
    }

    /// The code of one substance or group.
    mutating func member(_ column: String, among known: Set<String>) -> String {
        let code = ownCode(column, max: 40)
        if !code.isEmpty, !known.contains(code) { note(.referenceUnknown, column) }
        return code
    }

    /// Where a rule stands; what is not sure says so.
    mutating func source() -> String {
        let source = text("source", max: 200)
        switch choice("confidence", RuleConfidence.self) {
        case .medium: return "\(source) [待核 unverified]"
        case .low: return "\(source) [存疑 doubtful]"
        case .high, nil: return source
        }
    }

    mutating func age(_ column: String) -> AgeLimit? {
        let text = plainText(column, isRequired: false)
        if text.isEmpty { return nil }
        guard let age = AgeLimit(text) else {
            note(.notAnAge, column)
            return nil
        }
        return age
    }

    mutating func amount(_ column: String) -> Amount? {
        let text = plainText(column, isRequired: false)
        if text.isEmpty { return nil }
        guard let amount = Amount(text) else {
            note(.notAnAmount, column)
            return nil
        }
        return amount
    }

    mutating func optionalChoice<Choice: RawRepresentable<String> & CaseIterable>(_ column: String, _ type: Choice.Type)
        -> Choice?
    {
        plainText(column, isRequired: false).isEmpty ? nil : choice(column, type)
    }

    mutating func phrase(_ name: String) -> Phrase {
        Phrase(text("\(name)_chinese", max: 200), text("\(name)_english", max: 200))
    }
}
