public import Postgres

/// A moment, to the microsecond, as PostgreSQL's `timestamptz` has it.
public struct Instant: Hashable, Sendable, Comparable {
    /// Microseconds since 1970-01-01T00:00:00Z.
    public let microseconds: Int64

    public init(microseconds: Int64) { self.microseconds = microseconds }

    /// Reads `2026-11-21T08:00:00Z`, with up to six decimals and an offset `Z`, `+08:00` or `+08`; a blank may stand
    /// for the `T`.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, let day = CalendarDate(text.prefix(10)), bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " ")
        else { return nil }
        func number(_ range: Range<Int>) -> Int64? {
            guard range.upperBound <= bytes.count, bytes[range].allSatisfy({ (48...57).contains($0) }) else { return nil }
            return bytes[range].reduce(0) { $0 * 10 + Int64($1 - 48) }
        }
        guard let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19), hour < 24, minute < 60,
            second < 60, bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":")
        else { return nil }
        var index = 19
        var fraction: Int64 = 0
        if bytes[index] == UInt8(ascii: ".") {
            let start = index + 1
            index = bytes[start...].firstIndex { !(48...57).contains($0) } ?? bytes.count
            guard (1...6).contains(index - start), let value = number(start..<index) else { return nil }
            fraction = (0..<6 - (index - start)).reduce(value) { value, _ in value * 10 }
        }
        guard index < bytes.count else { return nil }
        var offsetMinutes: Int64 = 0
        if bytes[index...] != [UInt8(ascii: "Z")] {
            guard bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-"), let hours = number(index + 1..<index + 3)
            else { return nil }
            let isLong = bytes.count == index + 6 && bytes[index + 3] == UInt8(ascii: ":")
            guard isLong || bytes.count == index + 3, let minutes = isLong ? number(index + 4..<index + 6) : 0 else { return nil }
            offsetMinutes = (hours * 60 + minutes) * (bytes[index] == UInt8(ascii: "-") ? -1 : 1)
        }
        let seconds = Int64(day.day) * 86_400 + hour * 3_600 + minute * 60 + second - offsetMinutes * 60
        self.init(microseconds: seconds * 1_000_000 + fraction)
    }

    public static func < (left: Self, right: Self) -> Bool { left.microseconds < right.microseconds }

    public func adding(_ duration: Duration) -> Instant {
        let (seconds, attoseconds) = duration.components
        return Instant(microseconds: microseconds + seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
    }

    /// The business day, in Asia/Shanghai: UTC+8 without summer time since 1992.
    public var businessDay: CalendarDate {
        let shifted = microseconds + 8 * 3_600_000_000
        let day = shifted / 86_400_000_000
        return CalendarDate(day: Int32(shifted < 0 && shifted % 86_400_000_000 != 0 ? day - 1 : day))
    }
}

extension Instant: CustomStringConvertible, Codable {
    /// RFC 3339 in UTC: `2026-11-21T00:00:00Z`, with six decimals when they are not zero.
    public var description: String {
        var seconds = microseconds / 1_000_000
        var fraction = microseconds % 1_000_000
        if fraction < 0 {
            fraction += 1_000_000
            seconds -= 1
        }
        let dayNumber = (seconds >= 0 ? seconds : seconds - 86_399) / 86_400
        let second = seconds - dayNumber * 86_400
        func padded(_ value: Int64, _ width: Int) -> String {
            let text = String(value)
            return String(repeating: "0", count: max(0, width - text.count)) + text
        }
        let decimals = fraction == 0 ? "" : ".\(padded(fraction, 6))"
        let time = "\(padded(second / 3_600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))"
        return "\(CalendarDate(day: Int32(dayNumber)))T\(time)\(decimals)Z"
    }

    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let value = Instant(text) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not an RFC 3339 time"))
        }
        self = value
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension Instant: SQLParameter, SQLArrayElement, SQLRangeBound, ColumnDecodable {
    /// The moments that have a text form here, 1900 through 9999.
    private static let written: Range<Int64> = -25_567 * 86_400_000_000..<2_932_897 * 86_400_000_000

    public static var sqlType: SQLType { .timestamp }
    public static var sqlArrayType: SQLType { .timestampArray }
    public static var sqlRangeType: SQLType { .timestampRange }
    public var sqlText: String? { description }

    public init(column: ColumnText) throws {
        if let microseconds = column.timestampMicroseconds, Self.written.contains(microseconds) {
            self.init(microseconds: microseconds)
            return
        }
        guard let value = Instant(column.string) else { throw ColumnMismatch(expected: "Instant") }
        self = value
    }
}
