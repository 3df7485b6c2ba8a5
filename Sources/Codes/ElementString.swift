import Foundation
public import Primitives

/// A unique device identifier (医疗器械唯一标识) in GS1's form: the trade item and what is known of the piece.
///
/// Read from what a scanner sends (symbology identifier `]C1`, `]d2`, `]Q3`, `]e0` or none; fields of variable length
/// ended by GS) or from what is printed: `(01)08806388269617(17)280213`.
///
/// Source: GS1 General Specifications; `codes.md` section 5.2. Application identifiers besides 01, 10, 11, 17 and 21
/// are not taken: a text that has others is no value of this type.
public struct ElementString: Sendable, Hashable {
    /// (01) What it is, the device identifier: 14 digits.
    public let item: GTIN
    /// (10)
    public let batchNumber: String?
    /// (11)
    public let manufacturedOn: CalendarDate?
    /// (17)
    public let expiresOn: CalendarDate?
    /// (21)
    public let serialNumber: String?

    /// - Parameter today: two-digit years lie from 49 years before its year through 50 years after.
    public init?(_ received: String, on today: CalendarDate) {
        var text = received.trimmingCharacters(in: .whitespacesAndNewlines)[...]
        if let symbology = ["]C1", "]d2", "]Q3", "]e0"].first(where: text.hasPrefix) { text = text.dropFirst(symbology.count) }
        let fields = text.hasPrefix("(") ? Self.printed(text) : Self.scanned(text)
        guard let fields, let item = fields["01"].flatMap(GTIN.init), item.text.utf8.count == 14 else { return nil }
        var days: [String: CalendarDate] = [:]
        for identifier in ["11", "17"] {
            guard let digits = fields[identifier] else { continue }
            guard let day = Self.day(digits, near: today) else { return nil }
            days[identifier] = day
        }
        self.item = item
        (batchNumber, serialNumber) = (fields["10"], fields["21"])
        (manufacturedOn, expiresOn) = (days["11"], days["17"])
    }

    /// The same elements as a scanner would send them: 01, 11, 17, 10, 21, with GS after a batch number that another field
    /// follows.
    public var text: String {
        var text = "01\(item)"
        if let manufacturedOn { text += "11\(Self.digits(of: manufacturedOn))" }
        if let expiresOn { text += "17\(Self.digits(of: expiresOn))" }
        if let batchNumber { text += "10\(batchNumber)\(serialNumber == nil ? "" : "\u{1D}")" }
        if let serialNumber { text += "21\(serialNumber)" }
        return text
    }

    /// Lengths of the fields that have a fixed one; the others hold 1 through 20 characters.
    private static let lengths = ["01": 14, "11": 6, "17": 6]
    private static let identifiers: Set = ["01", "10", "11", "17", "21"]

    private static func scanned(_ text: Substring) -> [String: String]? {
        var rest = text
        var fields: [String: String] = [:]
        while !rest.isEmpty {
            let identifier = String(rest.prefix(2))
            rest = rest.dropFirst(2)
            let content = lengths[identifier].map { rest.prefix($0) } ?? rest.prefix { $0 != "\u{1D}" }
            rest = rest.dropFirst(content.count)
            if rest.first == "\u{1D}" { rest = rest.dropFirst() }
            guard isContent(content, of: identifier), fields.updateValue(String(content), forKey: identifier) == nil
            else { return nil }
        }
        return fields
    }

    private static func printed(_ text: Substring) -> [String: String]? {
        var fields: [String: String] = [:]
        for part in text.dropFirst().split(separator: "(", omittingEmptySubsequences: false) {
            let identifier = String(part.prefix(2))
            let content = part.dropFirst(3)
            guard part.dropFirst(2).first == ")", isContent(content, of: identifier),
                fields.updateValue(String(content), forKey: identifier) == nil
            else { return nil }
        }
        return fields
    }

    private static func isContent(_ content: Substring, of identifier: String) -> Bool {
        guard identifiers.contains(identifier) else { return false }
        if let length = lengths[identifier] {
            return content.utf8.count == length && content.utf8.allSatisfy { (48...57).contains($0) }
        }
        return (1...20).contains(content.utf8.count) && content.utf8.allSatisfy(isEncodable)
    }

    /// GS1's character set 82, without the parentheses that the printed form needs for itself.
    private static func isEncodable(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: "!\"%&'*+,-./_:;<=>?".utf8.contains(byte)
        }
    }

    /// YYMMDD; the day 00 is the last of the month.
    private static func day(_ digits: String, near today: CalendarDate) -> CalendarDate? {
        let values = digits.utf8.map { Int($0) - 48 }
        let (month, day) = (values[2] * 10 + values[3], values[4] * 10 + values[5])
        var year = today.year / 100 * 100 + values[0] * 10 + values[1]
        if year - today.year > 50 { year -= 100 }
        if year - today.year < -49 { year += 100 }
        guard day == 0 else { return CalendarDate(year: year, month: month, day: day) }
        return CalendarDate(year: year, month: month, day: 1)?.firstOfMonth(addingMonths: 1).adding(days: -1)
    }

    private static func digits(of day: CalendarDate) -> String { String(day.description.filter { $0 != "-" }.dropFirst(2)) }
}
