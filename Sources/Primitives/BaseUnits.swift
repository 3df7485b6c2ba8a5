public import Postgres

/// A quantity: a whole number of a product's smallest dispensing unit (tablet, ampoule, gram of a herbal piece).
///
/// Entered quantities are at most ``entryMax``, so that sums over every entry of a consortium stay far from 2^63.
public struct BaseUnits: Hashable, Sendable, Comparable, Codable, ExpressibleByIntegerLiteral, CustomStringConvertible {
    public let rawValue: Int64

    /// The largest quantity a person or a file may enter: 10^12.
    public static let entryMax = BaseUnits(1_000_000_000_000)
    public static let zero = BaseUnits(0)

    public init(_ rawValue: Int64) { self.rawValue = rawValue }
    public init(integerLiteral value: Int64) { self.init(value) }

    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(Int64.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    public static func + (left: Self, right: Self) -> Self { Self(left.rawValue + right.rawValue) }
    public static func - (left: Self, right: Self) -> Self { Self(left.rawValue - right.rawValue) }
    public static prefix func - (value: Self) -> Self { Self(-value.rawValue) }
    public static func += (left: inout Self, right: Self) { left = left + right }
    public static func -= (left: inout Self, right: Self) { left = left - right }

    public var description: String { String(rawValue) }

    /// Whether a person may enter this quantity: from 1 to ``entryMax``.
    public var isEnterable: Bool { rawValue > 0 && self <= Self.entryMax }

    /// How many whole packs of `size` base units hold at least this quantity.
    ///
    /// - Precondition: `size` is positive and the quantity is not negative.
    public func packs(of size: BaseUnits) -> Int64 {
        precondition(size.rawValue > 0 && rawValue >= 0, "packs need a positive size and a quantity")
        return rawValue / size.rawValue + (rawValue % size.rawValue == 0 ? 0 : 1)
    }

    /// The quantity rounded up to whole packs of `size` base units.
    public func roundedUp(toPacksOf size: BaseUnits) -> BaseUnits { BaseUnits(packs(of: size) * size.rawValue) }
}

extension Sequence<BaseUnits> {
    public func sum() -> BaseUnits { reduce(.zero, +) }
}

extension BaseUnits: SQLParameter, ColumnDecodable {
    public static var sqlType: SQLType { .bigint }
    public var sqlText: String? { String(rawValue) }
    public init(column: ColumnText) throws { self.init(try column.number()) }
}
