/// Whole-number arithmetic for quantities and distances: nothing is lost to rounding that the caller has not asked for.
public enum WholeNumbers {
    /// The smallest whole number that is not below `dividend` ÷ `divisor`.
    ///
    /// - Precondition: `dividend` is not negative and `divisor` is positive.
    public static func quotientRoundedUp(_ dividend: Int128, by divisor: Int128) -> Int128 {
        precondition(dividend >= 0 && divisor > 0, "a quotient needs a dividend from 0 and a divisor from 1")
        let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
        return remainder == 0 ? quotient : quotient + 1
    }

    /// The smallest whole number whose square is not below `value`, by Newton's method.
    ///
    /// - Precondition: `value` is not negative.
    public static func squareRootRoundedUp(_ value: Int128) -> Int128 {
        precondition(value >= 0, "a square root needs a number from 0")
        guard value > 1 else { return value }
        var root = Int128(1) << ((Int128.bitWidth - value.leadingZeroBitCount + 1) / 2)
        while true {
            let next = (root + value / root) / 2
            guard next < root else { break }
            root = next
        }
        return root * root < value ? root + 1 : root
    }

    /// `1234567` as people read it: `1,234,567`.
    public static func grouped(_ value: Int128) -> String {
        let digits = Array(String(value.magnitude).utf8)
        var text: [UInt8] = value < 0 ? [UInt8(ascii: "-")] : []
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(UInt8(ascii: ",")) }
            text.append(digit)
        }
        return String(decoding: text, as: UTF8.self)
    }
}
