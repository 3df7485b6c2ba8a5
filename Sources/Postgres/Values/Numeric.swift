/// A decimal number of any length, as PostgreSQL's `numeric` has it: nothing is rounded on the way there or back.
///
/// `1.50` and `1.5` are equal, as in PostgreSQL, but keep their scales: each is written as it was read. `NaN` and
/// infinity are not numbers here; a column that holds one is a ``ColumnMismatch``.
public struct Numeric: Sendable, Hashable {
    /// Whether it is below zero; zero is not.
    public let isNegative: Bool
    /// Decimal digits, 0…9 each, without zeros in front; none for zero.
    let digits: [UInt8]
    /// How many of the digits, with zeros in front as needed, stand behind the decimal point.
    public let scale: Int

    private init(isNegative: Bool, digits: [UInt8], scale: Int) {
        self.digits = Array(digits.drop { $0 == 0 })
        self.isNegative = isNegative && !self.digits.isEmpty
        self.scale = scale
    }

    /// `unscaled` × 10^-`scale`: `Numeric(unscaled: 1234, scale: 2)` is 12.34.
    ///
    /// - Precondition: `scale` is not negative.
    public init(unscaled: Int64, scale: Int = 0) {
        precondition(scale >= 0, "a scale counts decimals")
        self.init(
            isNegative: unscaled < 0, digits: String(unscaled.magnitude).utf8.map { $0 - 48 }, scale: scale)
    }

    public init(_ number: Int64) { self.init(unscaled: number) }

    /// Reads `-12.340`: digits, with at most one point that has digits on both sides, and a sign in front or not.
    public init?(_ text: some StringProtocol) {
        guard let number = Numeric(utf8: text.utf8) else { return nil }
        self = number
    }

    init?(utf8: some Collection<UInt8>) {
        var rest = utf8[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        let parts = rest.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy { (48...57).contains($0) } })
        else { return nil }
        self.init(
            isNegative: isNegative, digits: parts.joined().map { $0 - 48 }, scale: parts.count == 2 ? parts[1].count : 0)
    }

    /// The number as a whole count of 10^-`scale`; `nil` when it is not whole at that scale, or does not fit.
    public func unscaled(scale wanted: Int = 0) -> Int64? {
        var digits = digits
        if wanted < scale {
            let surplus = scale - wanted
            guard digits.suffix(surplus).allSatisfy({ $0 == 0 }) else { return nil }
            digits.removeLast(min(surplus, digits.count))
        } else if !digits.isEmpty {
            guard digits.count + wanted - scale <= 19 else { return nil }
            digits += Array(repeating: 0, count: wanted - scale)
        }
        var value: Int64 = 0
        for digit in digits {
            let (product, overflowed) = value.multipliedReportingOverflow(by: 10)
            // Towards the sign: the smallest number has no positive counterpart.
            let (sum, overflowedAgain) =
                isNegative
                ? product.subtractingReportingOverflow(Int64(digit)) : product.addingReportingOverflow(Int64(digit))
            guard !overflowed, !overflowedAgain else { return nil }
            value = sum
        }
        return value
    }

    /// The digits before and behind the point, without zeros that do not count.
    private var significant: (whole: ArraySlice<UInt8>, fraction: [UInt8]) {
        let whole = digits.dropLast(min(scale, digits.count))
        var fraction: [UInt8] = Array(repeating: 0, count: max(0, scale - digits.count)) + digits.suffix(min(scale, digits.count))
        while fraction.last == 0 { fraction.removeLast() }
        return (whole, fraction)
    }

    public static func == (left: Numeric, right: Numeric) -> Bool {
        let (a, b) = (left.significant, right.significant)
        return left.isNegative == right.isNegative && a.whole == b.whole && a.fraction == b.fraction
    }

    public func hash(into hasher: inout Hasher) {
        let (whole, fraction) = significant
        hasher.combine(isNegative)
        hasher.combine(whole)
        hasher.combine(fraction)
    }
}

extension Numeric: Comparable {
    public static func < (left: Numeric, right: Numeric) -> Bool {
        guard left.isNegative == right.isNegative else { return left.isNegative }
        let (smaller, larger) = left.isNegative ? (right.significant, left.significant) : (left.significant, right.significant)
        guard smaller.whole.count == larger.whole.count else { return smaller.whole.count < larger.whole.count }
        guard smaller.whole == larger.whole else { return smaller.whole.lexicographicallyPrecedes(larger.whole) }
        return smaller.fraction.lexicographicallyPrecedes(larger.fraction)
    }
}

extension Numeric: CustomStringConvertible, Codable {
    /// With exactly ``scale`` decimals: `-0.050`.
    public var description: String {
        var text = Array(repeating: UInt8(48), count: max(0, scale + 1 - digits.count)) + digits.map { $0 + 48 }
        if scale > 0 { text.insert(UInt8(ascii: "."), at: text.count - scale) }
        return (isNegative ? "-" : "") + String(decoding: text, as: UTF8.self)
    }

    public init(from decoder: any Decoder) throws {
        guard let value = Numeric(try decoder.singleValueContainer().decode(String.self)) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not a decimal number"))
        }
        self = value
    }

    /// As a string: a JSON number would pass through floating point in most readers.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension Numeric: SQLParameter, ColumnDecodable {
    public static var sqlType: SQLType { .numeric }
    public var sqlText: String? { description }

    public init(column: ColumnText) throws {
        let number = column.isText ? Numeric(utf8: column.bytes) : Numeric(column.string)
        guard let number else { throw ColumnMismatch(expected: "Numeric") }
        self = number
    }
}
