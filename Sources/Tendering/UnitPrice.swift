public import Primitives

/// An exact price per base unit: a price for a number of units, never divided out.
///
/// 13.94 yuan for 14 tablets stays 13.94/14, where a decimal would be 0.9957142857…
public struct UnitPrice: Sendable, Hashable, Codable {
    public let price: Money
    /// How many base units the price buys.
    public let units: BaseUnits

    public init(_ price: Money, per units: BaseUnits) {
        self.price = price
        self.units = units
    }

    /// Whether the price is above zero, for 1 to 1,000,000 units: what a person may enter.
    public var isEnterable: Bool { price.isEnterablePrice && (1...1_000_000).contains(units.rawValue) }

    /// Whether one unit costs more at this price than at `other`, by multiplying out.
    public func isHigher(than other: UnitPrice) -> Bool {
        Int128(price.tenThousandths) * Int128(other.units.rawValue) > Int128(other.price.tenThousandths) * Int128(units.rawValue)
    }

    /// This price as a share of `ceiling`, exactly.
    func share(of ceiling: UnitPrice) -> ExactShare {
        ExactShare(
            numerator: Int128(price.tenThousandths) * Int128(ceiling.units.rawValue),
            denominator: Int128(units.rawValue) * Int128(ceiling.price.tenThousandths))
    }
}

extension UnitPrice: CustomStringConvertible {
    /// `13.94/14`: yuan for base units.
    public var description: String { "\(price)/\(units)" }
}

/// A positive fraction that is compared and never rounded.
///
/// Terms are at most 10^18 (a price of 10^12 for a pack of 10^6), so products of two of them fit 128 bits.
struct ExactShare: Comparable {
    let numerator: Int128
    let denominator: Int128

    static func == (left: Self, right: Self) -> Bool {
        left.numerator * right.denominator == right.numerator * left.denominator
    }

    static func < (left: Self, right: Self) -> Bool {
        left.numerator * right.denominator < right.numerator * left.denominator
    }
}
