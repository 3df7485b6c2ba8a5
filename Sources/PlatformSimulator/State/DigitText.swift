import Primitives

/// Days and moments as messages write them.
enum DigitText {
    static func padded(_ value: Int64, _ width: Int) -> String {
        let text = String(value)
        return text.utf8.count < width ? String(repeating: "0", count: width - text.utf8.count) + text : text
    }

    /// Hour, minute and second in Asia/Shanghai.
    static func clock(_ instant: Instant) -> (hour: Int64, minute: Int64, second: Int64) {
        let day: Int64 = 86_400
        let seconds = instant.microseconds / 1_000_000 + 8 * 3_600
        let second = ((seconds % day) + day) % day
        return (second / 3_600, second / 60 % 60, second % 60)
    }

    /// `HHmmss`.
    static func time(_ instant: Instant) -> String {
        let (hour, minute, second) = clock(instant)
        return padded(hour * 10_000 + minute * 100 + second, 6)
    }
}

extension CalendarDate {
    /// `yyyyMMdd`.
    var digits: String {
        let (year, month, day) = components
        return DigitText.padded(Int64(year * 10_000 + month * 100 + day), 8)
    }

    /// Reads `yyyyMMdd`.
    init?(digits text: String) {
        guard text.utf8.count == 8, text.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(text) else { return nil }
        self.init(year: number / 10_000, month: number / 100 % 100, day: number % 100)
    }

    /// The first moment of the day in Asia/Shanghai.
    var start: Instant { Instant(microseconds: (Int64(day) * 86_400 - 8 * 3_600) * 1_000_000) }
}

extension Instant {
    /// `yyyyMMdd/HHmmss/`, sixteen characters with the stroke at the end, as recorded.
    var stroked: String { "\(businessDay.digits)/\(DigitText.time(self))/" }

    /// `yyyy-MM-dd HH:mm:ss`.
    var spaced: String {
        let time = DigitText.time(self)
        return "\(businessDay) \(time.prefix(2)):\(time.dropFirst(2).prefix(2)):\(time.suffix(2))"
    }

    /// Reads `yyyy-MM-dd HH:mm:ss` in Asia/Shanghai.
    init?(spaced text: String) {
        guard text.utf8.count == 19, let instant = Instant(text + "+08:00") else { return nil }
        self = instant
    }
}

/// Decimal numbers as messages write them.
enum DecimalText {
    /// The ten-thousandths of a plain decimal: digits, at most one point, no exponent, nothing beyond the fourth decimal but zeros.
    static func tenThousandths(_ text: some StringProtocol) -> Int64? {
        let isNegative = text.hasPrefix("-")
        let parts = text.dropFirst(isNegative ? 1 : 0).split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts[0].utf8.count <= 14,
            parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }), let whole = Int64(parts[0])
        else { return nil }
        let decimals = parts.count == 2 ? parts[1] : ""
        guard decimals.dropFirst(4).utf8.allSatisfy({ $0 == 48 }) else { return nil }
        let four = decimals.prefix(4)
        guard let fraction = Int64(four + String(repeating: "0", count: 4 - four.utf8.count)) else { return nil }
        return (whole * 10_000 + fraction) * (isNegative ? -1 : 1)
    }

    /// An amount of yuan.
    static func money(_ text: some StringProtocol) -> Money? { tenThousandths(text).map(Money.init(tenThousandths:)) }

    /// A whole number, with or without zeros behind the point; nil for any other.
    static func whole(_ text: some StringProtocol) -> Int64? {
        guard let value = tenThousandths(text), value % 10_000 == 0 else { return nil }
        return value / 10_000
    }

    /// A count of packs: whole and above 0.
    static func packs(_ text: some StringProtocol) -> Int64? { whole(text).flatMap { $0 > 0 ? $0 : nil } }
}
