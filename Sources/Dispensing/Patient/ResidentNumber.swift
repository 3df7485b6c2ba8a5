public import Primitives

/// A citizen's identity number (公民身份号码), read and checked; it is never stored or printed in plain.
///
/// Source: GB 11643-1999: six digits of the division, eight of the birth day, three of the order (odd is male), and a
/// check character by ISO 7064 MOD 11-2.
public struct ResidentNumber: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// 18 characters, an `x` in upper case.
    let text: String
    public let birthOn: CalendarDate
    public let sex: Sex

    /// `nil` when the length, a character, the birth day or the check character is wrong, or the birth day is after
    /// `today`.
    public init?(_ text: some StringProtocol, on today: CalendarDate) {
        let bytes = Array(text.uppercased().utf8)
        guard bytes.count == 18, bytes.dropLast().allSatisfy({ (48...57).contains($0) }) else { return nil }
        let digits = bytes.dropLast().map { Int($0 - 48) }
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 }
        guard bytes[17] == Array("10X98765432".utf8)[sum % 11] else { return nil }
        func number(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + $1 } }
        let day = CalendarDate(year: number(6..<10), month: number(10..<12), day: number(12..<14))
        // Nobody is alive who was born before 1900, where the calendar of days begins.
        guard let day, day <= today else { return nil }
        self.text = String(decoding: bytes, as: UTF8.self)
        birthOn = day
        sex = digits[16].isMultiple(of: 2) ? .female : .male
    }

    /// `110**************4`: the province and its next digit, and the check character. The birth day is kept beside it, so
    /// showing more (the usual six and four) would give the whole number away.
    public var masked: String { "\(text.prefix(3))\(String(repeating: "*", count: 14))\(text.suffix(1))" }

    public var description: String { masked }
    public var debugDescription: String { masked }
    public var customMirror: Mirror { Mirror(self, children: ["masked": masked]) }
}
