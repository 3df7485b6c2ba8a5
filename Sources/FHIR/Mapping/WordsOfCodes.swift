import Formulary
import Postgres

/// The Chinese words of units and dosage forms, by code; a code without words stands for itself.
public struct WordsOfCodes: Sendable, Hashable {
    public var units: [String: String]
    public var forms: [String: String]

    public init(units: [String: String] = [:], forms: [String: String] = [:]) {
        self.units = units
        self.forms = forms
    }

    init(_ transaction: Transaction) throws {
        let dictionaries = DictionariesStore(transaction)
        units = Dictionary(try dictionaries.units().map { ($0.code, $0.chinese) }) { first, _ in first }
        forms = Dictionary(try dictionaries.dosageForms().map { ($0.code, $0.chinese) }) { first, _ in first }
    }

    public func unit(_ code: String) -> String { units[code] ?? code }
    public func form(_ code: String) -> String { forms[code] ?? code }
}
