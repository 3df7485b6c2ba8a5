public import Postgres

/// How much is taken at once: thousandths of the product's base unit, so that half a tablet is 500. On the wire it is
/// a decimal string with at most three decimals: `"0.5"`.
public struct DoseAmount: Hashable, Sendable, Comparable {
    public let thousandths: Int64

    /// The largest dose a person may enter: 100,000 base units.
    public static let entryMax = DoseAmount(thousandths: 100_000_000)

    public init(thousandths: Int64) { self.thousandths = thousandths }

    /// Reads plain decimals above zero; `nil` for anything else, and for more than the largest enterable dose.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } })
        else { return nil }
        let decimals = parts.count == 2 ? parts[1] : ""
        guard decimals.count <= 3, parts[0].count <= 6, let whole = Int64(parts[0]),
            let fraction = Int64(decimals + String(repeating: "0", count: 3 - decimals.count))
        else { return nil }
        self.init(thousandths: whole * 1_000 + fraction)
        guard isEnterable else { return nil }
    }

    public var isEnterable: Bool { thousandths > 0 && self <= Self.entryMax }

    /// Whole base units that hold one dose.
    public var baseUnits: Int64 { (thousandths + 999) / 1_000 }

    public static func < (left: Self, right: Self) -> Bool { left.thousandths < right.thousandths }
}

extension DoseAmount: Codable, CustomStringConvertible {
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let value = DoseAmount(text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not a dose above zero with at most three decimals"))
        }
        self = value
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// `0.5`, `2`.
    public var description: String {
        var decimals = String(thousandths % 1_000)
        decimals = String(repeating: "0", count: max(0, 3 - decimals.count)) + decimals
        while decimals.hasSuffix("0") { decimals.removeLast() }
        return decimals.isEmpty ? "\(thousandths / 1_000)" : "\(thousandths / 1_000).\(decimals)"
    }
}

extension DoseAmount: SQLParameter, ColumnDecodable {
    public static var sqlType: SQLType { .bigint }
    public var sqlText: String? { String(thousandths) }
    public init(column: ColumnText) throws { self.init(thousandths: try column.number()) }
}
