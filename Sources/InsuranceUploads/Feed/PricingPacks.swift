import Primitives

/// How base units of the ledger become packs of the insurer. Pure.
///
/// What insurers count in, the smallest pricing pack (最小计价包装), is what one national insurance code names: the article's pack. A third
/// of a pack has no end of decimals, so what is told of a batch is rounded such that its sum stays right.
///
/// Source: the reference on platform interfaces, 0.6: uploads are in the smallest pricing pack; `cnt 16,4`.
enum PricingPacks {
    /// Ten-thousandths of a pack that a batch's change is told as; positive as the change came in, negative as it went out.
    ///
    /// What is told exactly is told exactly. Else the batch's told sum becomes its balance, rounded half up; so the sum never differs
    /// from the balance by more than half a ten-thousandth, however many parts of packs come and go.
    ///
    /// - Parameters:
    ///   - change: base units; not zero.
    ///   - balance: base units of the batch after it.
    ///   - told: what all changes before it were told as together.
    static func told(_ change: BaseUnits, of packSize: BaseUnits, balance: BaseUnits, told: Int64) -> Int64 {
        let (exact, rest) = (change.rawValue * 10_000).quotientAndRemainder(dividingBy: packSize.rawValue)
        guard rest != 0 else { return exact }
        let rounded = floor(2 * balance.rawValue * 10_000 + packSize.rawValue, 2 * packSize.rawValue) - told
        // Less than a ten-thousandth of a pack is told as one: that nothing moved would be wrong.
        return change > 0 ? max(1, rounded) : min(-1, rounded)
    }

    /// Ten-thousandths of a pack that a part of a sale is told as when it comes back: all parts together as the sale was.
    ///
    /// - Parameters:
    ///   - returned: base units that come back, with `before` that came back earlier; not more than was `sold`.
    ///   - quantity: what the sale was told as.
    static func returned(_ returned: BaseUnits, after before: BaseUnits, ofSold sold: BaseUnits, toldAs quantity: Int64) -> Int64 {
        max(1, part(before + returned, of: sold, quantity) - part(before, of: sold, quantity))
    }

    /// What a count finds, rounded half up.
    static func counted(_ units: BaseUnits, of packSize: BaseUnits) -> Int64 {
        floor(2 * units.rawValue * 10_000 + packSize.rawValue, 2 * packSize.rawValue)
    }

    private static func part(_ units: BaseUnits, of sold: BaseUnits, _ quantity: Int64) -> Int64 {
        let (high, low) = quantity.multipliedFullWidth(by: units.rawValue)
        return sold.rawValue.dividingFullWidth((high, low)).quotient
    }

    private static func floor(_ dividend: Int64, _ divisor: Int64) -> Int64 {
        let (quotient, rest) = dividend.quotientAndRemainder(dividingBy: divisor)
        return rest < 0 ? quotient - 1 : quotient
    }
}
