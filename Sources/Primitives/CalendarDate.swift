public import Postgres

/// A day of the Gregorian calendar, without a time or a zone. Business days are days in Asia/Shanghai.
public struct CalendarDate: Hashable, Sendable, Comparable {
    /// Days since 1970-01-01.
    public let day: Int32

    public init(day: Int32) { self.day = day }

    /// `nil` when there is no such day, or its year is not in 1900…9999.
    public init?(year: Int, month: Int, day: Int) {
        guard (1900...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        // Days from civil, H. Hinnant's algorithm: years begin in March.
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        self.init(day: Int32(era * 146_097 + dayOfEra - 719_468))
        guard components == (year, month, day) else { return nil }
    }

    /// Reads `2026-11-21`.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.map(\.utf8.count) == [4, 2, 2], parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    public var components: (year: Int, month: Int, day: Int) {
        let shifted = Int(day) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    public var year: Int { components.year }

    public static func < (left: Self, right: Self) -> Bool { left.day < right.day }

    public func adding(days: Int) -> CalendarDate { CalendarDate(day: day + Int32(days)) }

    /// Days from `earlier` to this day; negative when `earlier` is later.
    public func days(since earlier: CalendarDate) -> Int { Int(day) - Int(earlier.day) }

    /// The first day of this day's month, `months` months later (or earlier, when negative).
    public func firstOfMonth(addingMonths months: Int = 0) -> CalendarDate {
        let (year, month, day) = components
        let count = year * 12 + month - 1 + months
        let start = adding(days: 1 - day)
        return months == 0 ? start : CalendarDate(year: count / 12, month: count % 12 + 1, day: 1) ?? start
    }
}

extension CalendarDate: CustomStringConvertible, Codable {
    /// `2026-11-21`.
    public var description: String {
        let (year, month, day) = components
        return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }

    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let value = CalendarDate(text) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not a day, yyyy-mm-dd"))
        }
        self = value
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension CalendarDate: SQLParameter, SQLArrayElement, SQLRangeBound, ColumnDecodable {
    /// The days that have a text form here, 1900-01-01 through 9999-12-31.
    private static let written: ClosedRange<Int32> = -25_567...2_932_896

    public static var sqlType: SQLType { .date }
    public static var sqlArrayType: SQLType { .dateArray }
    public static var sqlRangeType: SQLType { .dateRange }
    public var sqlText: String? { description }

    public init(column: ColumnText) throws {
        if let days = column.dateDays, Self.written.contains(days) {
            self.init(day: days)
            return
        }
        guard let value = CalendarDate(column.string) else { throw ColumnMismatch(expected: "CalendarDate") }
        self = value
    }
}
