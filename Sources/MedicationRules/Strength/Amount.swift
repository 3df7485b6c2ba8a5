/// How much of a substance: nanograms, or units of activity where its strength is counted so.
public struct Amount: Sendable, Hashable {
    public enum Measure: String, Sendable {
        case mass, units
    }

    public let measure: Measure
    /// Nanograms, or units.
    public let value: Int64

    public init(_ measure: Measure, _ value: Int64) {
        self.measure = measure
        self.value = value
    }

    /// What one of each written unit is.
    private static let written: [Substring: (measure: Measure, value: Int64)] = [
        "kg": (.mass, 1_000_000_000_000), "g": (.mass, 1_000_000_000), "mg": (.mass, 1_000_000), "ug": (.mass, 1_000),
        "μg": (.mass, 1_000), "µg": (.mass, 1_000), "ng": (.mass, 1), "单位": (.units, 1), "IU": (.units, 1), "U": (.units, 1),
        "AxaIU": (.units, 1), "万单位": (.units, 10_000), "万IU": (.units, 10_000), "万U": (.units, 10_000), "MU": (.units, 1_000_000),
    ]

    /// Reads `0.25mg`, `2.5万单位`; `nil` for anything else, for nothing of it, and for a part of a nanogram or a unit.
    public init?(_ text: some StringProtocol) {
        guard let (number, unit) = PlainDecimal.leading(Substring(text)), let one = Self.written[unit],
            let value = number.whole(times: one.value), value > 0
        else { return nil }
        self.init(one.measure, value)
    }
}

extension Amount: CustomStringConvertible {
    /// In the largest unit of which there is at least one: `1.5g`, `250mg`, `40IU`.
    public var description: String {
        guard measure == .mass else { return "\(value)IU" }
        let units: [(name: String, value: Int64)] = [("g", 1_000_000_000), ("mg", 1_000_000), ("ug", 1_000), ("ng", 1)]
        let unit = units.first { value >= $0.value } ?? ("ng", 1)
        let rest = String(String(unit.value + value % unit.value).dropFirst())
        let decimals = String(rest.reversed().drop { $0 == "0" }.reversed())
        return "\(value / unit.value)" + (decimals.isEmpty ? "" : ".\(decimals)") + unit.name
    }
}

/// A decimal number as texts have it, exact: 1.34 is 134 hundredths.
struct PlainDecimal {
    let digits: Int64
    /// The power of ten that the digits are parts of: 100 for hundredths.
    let parts: Int64

    /// The number a text begins with, and what follows; `nil` when it begins with none, or with a very long one.
    static func leading(_ text: Substring) -> (PlainDecimal, Substring)? {
        let whole = text.prefix { $0.isASCII && $0.isNumber }
        var rest = text[whole.endIndex...]
        var decimals: Substring = ""
        if rest.first == "." {
            decimals = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
            guard !decimals.isEmpty else { return nil }
            rest = rest[decimals.endIndex...]
        }
        guard !whole.isEmpty, whole.count + decimals.count <= 9, let digits = Int64(whole + decimals) else { return nil }
        return (PlainDecimal(digits: digits, parts: decimals.reduce(1) { parts, _ in parts * 10 }), rest)
    }

    /// The number times `factor`; `nil` when that is no whole number.
    func whole(times factor: Int64) -> Int64? {
        let (product, overflows) = digits.multipliedReportingOverflow(by: factor)
        return overflows || product % parts != 0 ? nil : product / parts
    }
}
