public import Primitives

/// What is in stock at a moment, as a platform is told of it. It takes the place of what was told before.
public struct PlatformStock: Sendable, Hashable, Codable {
    public var at: Instant
    public var lines: [PlatformStockLine]

    public init(at: Instant, lines: [PlatformStockLine]) {
        self.at = at
        self.lines = lines
    }
}

/// One article in stock at one delivery point.
public struct PlatformStockLine: Sendable, Hashable, Codable {
    /// The platform's code of the article.
    public var product: String
    /// Ours.
    public var ownCode: String
    /// The platform's code of what kind of article it is; empty where it has none.
    public var articleKind: String
    public var deliveryPoint: String
    /// Whole trade packs.
    public var packs: Int64
    /// What a trade pack is called.
    public var unit: String

    public init(product: String, ownCode: String, articleKind: String = "", deliveryPoint: String, packs: Int64, unit: String) {
        self.product = product
        self.ownCode = ownCode
        self.articleKind = articleKind
        self.deliveryPoint = deliveryPoint
        self.packs = packs
        self.unit = unit
    }
}
