public import Primitives

/// An age as limits name it: `18y`, `6m`, `28d`.
///
/// It is reached on the birthday; a month or a year that has no such day reaches it on the first of the next month.
public struct AgeLimit: Sendable, Hashable, CustomStringConvertible {
    public enum Unit: String, Sendable, CaseIterable {
        case years = "y"
        case months = "m"
        case days = "d"
    }

    public let count: Int
    public let unit: Unit

    /// Reads `18y`; `nil` for anything else, and for more than 130 years.
    public init?(_ text: some StringProtocol) {
        guard let last = text.last, let unit = Unit(rawValue: String(last)), let count = Int(text.dropLast()), count > 0,
            text.dropLast().allSatisfy({ $0.isASCII && $0.isNumber }), count <= (unit == .years ? 130 : 1_000)
        else { return nil }
        self.count = count
        self.unit = unit
    }

    public var description: String { "\(count)\(unit.rawValue)" }

    /// The day on which somebody born on `birth` reaches this age.
    public func reached(by birth: CalendarDate) -> CalendarDate {
        if unit == .days { return birth.adding(days: count) }
        let months = unit == .years ? count * 12 : count
        let (year, month, day) = birth.components
        let sum = year * 12 + month - 1 + months
        return CalendarDate(year: sum / 12, month: sum % 12 + 1, day: day) ?? birth.firstOfMonth(addingMonths: months + 1)
    }

    var words: Phrase {
        switch unit {
        case .years: Phrase("\(count)岁", "\(count) years")
        case .months: Phrase("\(count)个月", "\(count) months")
        case .days: Phrase("\(count)天", "\(count) days")
        }
    }
}
