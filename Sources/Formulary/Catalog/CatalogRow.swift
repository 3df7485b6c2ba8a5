import Foundation
import Primitives

/// One row of a catalogue: reads its fields and notes what is wrong with them.
///
/// A reading that finds something wrong notes it and answers a value that stands in for it; the row is used only when
/// it `isSound` in the end. Blanks around a field do not count.
struct CatalogRow {
    let line: Int
    private let columns: [String: Int]
    private let fields: [String]
    private(set) var problems: [CatalogProblem] = []

    init(_ record: CatalogFile.Record, columns: [String: Int]) {
        line = record.line
        self.columns = columns
        fields = record.fields
        if fields.count != columns.count {
            note(.fieldCount, "", value: fields.joined(separator: ","), detail: "\(fields.count) ≠ \(columns.count)")
        }
    }

    /// Whether nothing but warnings has been noted.
    var isSound: Bool { problems.allSatisfy(\.isWarning) }

    mutating func note(
        _ reason: CatalogReason, _ column: String, value: String? = nil, detail: String = "", otherLine: Int? = nil
    ) {
        problems.append(
            CatalogProblem(
                line: line, field: column, value: value ?? raw(column), reason: reason, detail: detail,
                otherLine: otherLine))
    }

    private func raw(_ column: String) -> String {
        guard let index = columns[column], index < fields.count else { return "" }
        return fields[index]
    }

    // MARK: - Kinds of fields

    /// Text of at most `max` characters; empty when it is missing and may be.
    mutating func text(_ column: String, max: Int = 200, isRequired: Bool = true) -> String {
        let text = raw(column).trimmingBlanks()
        if text.isEmpty {
            if isRequired { note(.required, column) }
        } else if text.hasPrefix("#"),
            ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"].contains(text)
        {
            note(.spreadsheetError, column)
        } else if text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
            note(.controlCharacter, column)
        } else if text.utf8.count > max, text.count > max {
            note(.tooLong, column, detail: "\(text.count) > \(max)")
        }
        return text
    }

    /// As ``text(_:max:isRequired:)``; `nil` when it is empty.
    mutating func optional(_ column: String, max: Int = 200) -> String? {
        let text = text(column, max: max, isRequired: false)
        return text.isEmpty ? nil : text
    }

    /// A code as people and numbers write it; a number that a spreadsheet has turned into 9.13E+17 is none.
    mutating func codeText(_ column: String, max: Int = 50) -> String? {
        guard let text = optional(column, max: max) else { return nil }
        if text.contains("E+"), text.allSatisfy({ $0.isNumber || ".E+".contains($0) }) { note(.spreadsheetError, column) }
        return text
    }

    /// A code of the catalogue's own: Latin letters, digits, hyphen, underscore.
    mutating func ownCode(_ column: String, max: Int = 30) -> String {
        let text = text(column, max: max)
        if !text.isEmpty, !text.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) }) {
            note(.codeMalformed, column)
        }
        return text
    }

    /// `yes` or `no`.
    mutating func flag(_ column: String) -> Bool { choice(column, ["yes": true, "no": false]) ?? false }

    /// One of the names of `values`; `nil`, noted, for anything else.
    mutating func choice<Value>(_ column: String, _ values: [String: Value]) -> Value? {
        let text = text(column)
        if text.isEmpty { return nil }
        guard let value = values[text] else {
            note(.notAChoice, column, detail: values.keys.sorted().joined(separator: ", "))
            return nil
        }
        return value
    }

    /// One of the cases of an enumeration.
    mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(_ column: String, _ type: Choice.Type)
        -> Choice?
    {
        choice(column, Dictionary(type.allCases.map { ($0.rawValue, $0) }, uniquingKeysWith: { first, _ in first }))
    }

    mutating func integer(_ column: String, in range: ClosedRange<Int64>) -> Int64? {
        let text = text(column)
        if text.isEmpty { return nil }
        guard text.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int64(text), range.contains(number) else {
            note(.notANumber, column, detail: "\(range.lowerBound)…\(range.upperBound)")
            return nil
        }
        return number
    }

    /// Yuan, not negative; `nil` when the field is empty.
    mutating func price(_ column: String) -> Money? {
        guard let text = optional(column) else { return nil }
        guard let price = Money(yuan: text), price >= .zero else {
            note(.notAPrice, column)
            return nil
        }
        return price
    }

    mutating func day(_ column: String) -> CalendarDate? {
        guard let text = optional(column) else { return nil }
        guard let day = CalendarDate(text) else {
            note(.notADay, column)
            return nil
        }
        return day
    }
}
