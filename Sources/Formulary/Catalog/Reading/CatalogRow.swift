public import Primitives

/// One row of a catalogue: reads its fields and notes what is wrong with them.
///
/// A reading that finds something wrong notes it and answers a value that stands in for it; the row is used only when
/// it `isSound` in the end. Blanks around a field do not count. Codes, numbers and choices may be written in full-width
/// characters; texts are kept as they are written.
public struct CatalogRow {
    /// From 1, as an editor shows it.
    public let line: Int
    private let columns: [String: Int]
    private let fields: [String]
    /// What stood last in each column before this row.
    private let above: [String]
    /// What has been noted so far.
    public private(set) var problems: [CatalogProblem] = []

    /// - Parameter columns: the place of each column's name in the header.
    public init(line: Int, fields: [String], above: [String] = [], columns: [String: Int]) {
        self.line = line
        self.columns = columns
        self.fields = fields
        self.above = above
        if fields.count != columns.count {
            note(.fieldCount, "", value: fields.joined(separator: ","), detail: "\(fields.count) ≠ \(columns.count)")
        }
    }

    /// Whether nothing but warnings has been noted.
    public var isSound: Bool { problems.allSatisfy(\.isWarning) }

    /// Notes what is wrong with a field.
    public mutating func note(
        _ reason: CatalogReason, _ column: String, value: String? = nil, detail: String = "", otherLine: Int? = nil
    ) {
        problems.append(
            CatalogProblem(
                line: line, field: column, value: value ?? raw(column), reason: reason, detail: detail,
                otherLine: otherLine))
    }

    private static let mergedCell = Phrase(
        "如为合并单元格，请声明该列向下填充", "if the cell above is merged with it, name the column to be filled down")

    /// Notes that a field is missing, and that a merged cell above it may be why.
    mutating func noteMissing(_ reason: CatalogReason, _ column: String) {
        let index = columns[column] ?? above.count
        let isBelowValue = index < above.count && !above[index].isEmpty
        let hint = isBelowValue ? Self.mergedCell : Phrase("", "")
        problems.append(CatalogProblem(line: line, field: column, value: raw(column), reason: reason, hint: hint))
    }

    private func raw(_ column: String) -> String {
        guard let index = columns[column], index < fields.count else { return "" }
        return fields[index]
    }

    // MARK: - Kinds of fields

    /// Text of at most `max` characters; empty when it is missing and may be.
    public mutating func text(_ column: String, max: Int = 200, isRequired: Bool = true) -> String {
        let text = raw(column).trimmingBlanks()
        if text.isEmpty {
            if isRequired { noteMissing(.required, column) }
        } else if text.utf8.first == UInt8(ascii: "#"),
            ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"].contains(text)
        {
            note(.spreadsheetError, column)
        } else if text.hasControlCharacter {
            note(.controlCharacter, column)
        } else if text.utf8.count > max, text.count > max {
            note(.tooLong, column, detail: "\(text.count) > \(max)")
        }
        return text
    }

    /// As ``text(_:max:isRequired:)``; `nil` when it is empty.
    public mutating func optional(_ column: String, max: Int = 200) -> String? {
        let text = text(column, max: max, isRequired: false)
        return text.isEmpty ? nil : text
    }

    /// As ``text(_:max:isRequired:)``, in half-width characters: what is compared with codes and read as numbers.
    public mutating func plainText(_ column: String, max: Int = 200, isRequired: Bool = true) -> String {
        text(column, max: max, isRequired: isRequired).halfWidth
    }

    /// A code as people and numbers write it; a number that a spreadsheet has turned into 9.13E+17 is none.
    mutating func codeText(_ column: String, max: Int = 50) -> String? {
        let text = plainText(column, max: max, isRequired: false)
        if text.isEmpty { return nil }
        if text.utf8.contains(UInt8(ascii: "+")), text.contains("E+"), text.allSatisfy({ $0.isNumber || ".E+".contains($0) }) { note(.spreadsheetError, column) }
        return text
    }

    /// A code of the catalogue's own: Latin letters, digits, hyphen, underscore.
    public mutating func ownCode(_ column: String, max: Int = 30) -> String {
        let text = plainText(column, max: max)
        if !text.isEmpty, !text.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) }) {
            note(.codeMalformed, column)
        }
        return text
    }

    /// `yes` or `no`.
    public mutating func flag(_ column: String) -> Bool { choice(column, ["yes": true, "no": false]) ?? false }

    /// One of the names of `values`; `nil`, noted, for anything else.
    public mutating func choice<Value>(_ column: String, _ values: [String: Value]) -> Value? {
        let text = plainText(column)
        if text.isEmpty { return nil }
        guard let value = values[text] else {
            note(.notAChoice, column, detail: values.keys.sorted().joined(separator: ", "))
            return nil
        }
        return value
    }

    /// One of the cases of an enumeration.
    public mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(_ column: String, _ type: Choice.Type)
        -> Choice?
    {
        choice(column, Dictionary(type.allCases.map { ($0.rawValue, $0) }, uniquingKeysWith: { first, _ in first }))
    }

    /// A whole number in `range`; `nil`, noted, for anything else, also when it is missing.
    public mutating func integer(_ column: String, in range: ClosedRange<Int64>) -> Int64? {
        let text = plainText(column)
        if text.isEmpty { return nil }
        guard text.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int64(text), range.contains(number) else {
            note(.notANumber, column, detail: "\(range.lowerBound)…\(range.upperBound)")
            return nil
        }
        return number
    }

    /// Yuan, not negative; `nil` when the field is empty.
    mutating func price(_ column: String) -> Money? {
        let text = plainText(column, isRequired: false)
        if text.isEmpty { return nil }
        guard let price = Money(yuan: text), price >= .zero else {
            note(.notAPrice, column)
            return nil
        }
        return price
    }

    /// A day, yyyy-mm-dd; `nil` when the field is empty, or noted.
    public mutating func day(_ column: String) -> CalendarDate? {
        let text = plainText(column, isRequired: false)
        if text.isEmpty { return nil }
        guard let day = CalendarDate(text) else {
            note(.notADay, column)
            return nil
        }
        return day
    }
}

extension String {
    /// Full-width forms of ASCII (U+FF01 to U+FF5E) and the ideographic blank as ASCII has them.
    var halfWidth: String {
        if utf8.allSatisfy({ $0 < 0x80 }) { return self }
        var half = UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar.value {
            case 0xFF01...0xFF5E: half.append(Unicode.Scalar(UInt8(scalar.value - 0xFEE0)))
            case 0x3000: half.append(" ")
            default: half.append(scalar)
            }
        }
        return String(half)
    }

    /// Whether a control character of Unicode (category Cc) stands in it.
    fileprivate var hasControlCharacter: Bool {
        var previous: UInt8 = 0
        for byte in utf8 {
            if byte < 0x20 || byte == 0x7F || (previous == 0xC2 && byte < 0xA0) { return true }
            previous = byte
        }
        return false
    }
}
