public import Postgres

/// An amount or a price per pack: a whole number of 1/10000 yuan. On the wire and in files it is a decimal string of
/// yuan with two to four decimals, such as `"12.50"` or `"0.0375"`.
public struct Money: Hashable, Sendable, Comparable {
    /// Ten-thousandths of a yuan.
    public let tenThousandths: Int64

    public static let zero = Money(tenThousandths: 0)
    /// The largest amount a person or a file may enter: one hundred million yuan.
    public static let entryMax = Money(tenThousandths: 1_000_000_000_000)

    public init(tenThousandths: Int64) { self.tenThousandths = tenThousandths }

    /// Reads plain decimal yuan: digits, at most one point, at most four decimals, an optional leading minus.
    ///
    /// `nil` for anything else, and for more than the largest enterable amount.
    public init?(yuan text: some StringProtocol) {
        let isNegative = text.hasPrefix("-")
        let parts = text.dropFirst(isNegative ? 1 : 0).split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } })
        else { return nil }
        let decimals = parts.count == 2 ? parts[1] : ""
        guard decimals.count <= 4, parts[0].count <= 9, let whole = Int64(parts[0]),
            let fraction = Int64(decimals + String(repeating: "0", count: 4 - decimals.count))
        else { return nil }
        let value = whole * 10_000 + fraction
        guard value <= Self.entryMax.tenThousandths else { return nil }
        self.init(tenThousandths: isNegative ? -value : value)
    }

    public static func < (left: Self, right: Self) -> Bool { left.tenThousandths < right.tenThousandths }
    public static func + (left: Self, right: Self) -> Self { Self(tenThousandths: left.tenThousandths + right.tenThousandths) }
    public static func - (left: Self, right: Self) -> Self { Self(tenThousandths: left.tenThousandths - right.tenThousandths) }
    public static func += (left: inout Self, right: Self) { left = left + right }

    /// A price times a number of packs; `nil` when it does not fit.
    public func times(_ count: Int64) -> Money? {
        let (product, overflowed) = tenThousandths.multipliedReportingOverflow(by: count)
        return overflowed ? nil : Money(tenThousandths: product)
    }

    /// Whether a person may enter it as a price: above zero and at most ``entryMax``.
    public var isEnterablePrice: Bool { tenThousandths > 0 && self <= Self.entryMax }
}

extension Money: Codable, CustomStringConvertible {
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let value = Money(yuan: text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not yuan with at most four decimals"))
        }
        self = value
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// Yuan with two to four decimals.
    public var description: String {
        let magnitude = tenThousandths.magnitude
        var decimals = String(magnitude % 10_000)
        decimals = String(repeating: "0", count: 4 - decimals.count) + decimals
        while decimals.count > 2, decimals.hasSuffix("0") { decimals.removeLast() }
        return "\(tenThousandths < 0 ? "-" : "")\(magnitude / 10_000).\(decimals)"
    }
}

extension Money: SQLParameter, ColumnDecodable {
    public static var sqlType: SQLType { .bigint }
    public var sqlText: String? { String(tenThousandths) }
    public init(column: ColumnText) throws { self.init(tenThousandths: try column.number()) }
}
