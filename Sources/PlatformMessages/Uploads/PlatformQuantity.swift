/// A number of the smallest pricing packs (最小计价包装), in which insurers count: what one national insurance code names. Parts of a pack
/// are decimals of it. It is no number of trade packs on an order, and none of base units in the ledger.
public struct PlatformQuantity: Sendable, Hashable, Comparable, Codable {
    /// Ten-thousandths of a pack: what `16,4` holds.
    public var tenThousandths: Int64

    public init(tenThousandths: Int64) { self.tenThousandths = tenThousandths }

    public static func < (left: Self, right: Self) -> Bool { left.tenThousandths < right.tenThousandths }

    /// Rounded half up to hundredths, as platforms give counts back: `16,2`.
    public var hundredths: Int64 { (tenThousandths + 50) / 100 }
}
