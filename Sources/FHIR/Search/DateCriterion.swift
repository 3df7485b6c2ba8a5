public import Primitives

/// A comparison with a moment or a span of time: `ge2026-11`, `2026-11-21`, `lt2026-11-21T08:00:00+08:00`.
///
/// Source: FHIR R4, search, date: a value stands for the whole span that its precision leaves open. Days without an offset
/// are days of Asia/Shanghai. `ap` is not taken.
public struct DateCriterion: Sendable, Hashable {
    public enum Comparison: String, Sendable, CaseIterable {
        case equal = "eq"
        case notEqual = "ne"
        case greater = "gt"
        case less = "lt"
        case greaterOrEqual = "ge"
        case lessOrEqual = "le"
        case startsAfter = "sa"
        case endsBefore = "eb"
    }

    public let comparison: Comparison
    /// The first moment of the span.
    public let from: Instant
    /// The first moment after it.
    public let to: Instant
    /// Whether it is a number of whole days.
    public let isOfDays: Bool

    /// `nil` for what is no such comparison.
    public init?(_ text: String) {
        let prefix = Comparison(rawValue: String(text.prefix(2)))
        let value = prefix == nil ? text : String(text.dropFirst(2))
        comparison = prefix ?? .equal
        if let (first, last) = Self.days(value) {
            from = first.startInShanghai
            to = last.adding(days: 1).startInShanghai
            isOfDays = true
        } else if let (first, length) = Self.moment(value) {
            from = first
            to = Instant(microseconds: first.microseconds + length)
            isOfDays = false
        } else {
            return nil
        }
    }

    /// A year, a month or a day.
    private static func days(_ text: String) -> (CalendarDate, CalendarDate)? {
        switch text.utf8.count {
        case 4: CalendarDate("\(text)-01-01").map { ($0, $0.firstOfMonth(addingMonths: 12).adding(days: -1)) }
        case 7: CalendarDate("\(text)-01").map { ($0, $0.firstOfMonth(addingMonths: 1).adding(days: -1)) }
        default: CalendarDate(text).map { ($0, $0) }
        }
    }

    /// A moment to the minute, the second or finer, with its offset; and how many microseconds its precision leaves open.
    private static func moment(_ text: String) -> (Instant, Int64)? {
        if let instant = Instant(text) { return (instant, text.contains(".") ? 1 : 1_000_000) }
        // To the minute: the seconds are put in.
        let parts = Array(text)
        guard parts.count >= 17 else { return nil }
        return Instant("\(String(parts[..<16])):00\(String(parts[16...]))").map { ($0, 60_000_000) }
    }
}

extension CalendarDate {
    /// Midnight in Asia/Shanghai.
    var startInShanghai: Instant { Instant(microseconds: Int64(day) * 86_400_000_000 - 8 * 3_600_000_000) }
}
