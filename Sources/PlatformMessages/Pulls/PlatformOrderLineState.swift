public import Primitives

/// How a line of an order stands on the platform.
public struct PlatformOrderLineState: Sendable, Hashable, Codable {
    /// In the order in which a line goes through them; ``refused`` and ``void`` are ends.
    public enum State: String, Sendable, Hashable, Codable, CaseIterable {
        case draft, sent, confirmed, shipping, delivered, refused, void, closed
    }

    /// The platform's number of the line; empty when it does not say.
    public var platformLine: String
    public var platformOrder: String
    /// Our key of the line, where the platform keeps it.
    public var lineKey: String
    public var product: String
    public var supplier: String
    public var packs: Int64?
    public var packPrice: Money?
    public var state: State
    public var remark: String

    public init(
        platformLine: String, platformOrder: String, lineKey: String = "", product: String = "", supplier: String = "",
        packs: Int64? = nil, packPrice: Money? = nil,
        state: State, remark: String = ""
    ) {
        self.platformLine = platformLine
        self.platformOrder = platformOrder
        self.lineKey = lineKey
        self.product = product
        self.supplier = supplier
        self.packs = packs
        self.packPrice = packPrice
        self.state = state
        self.remark = remark
    }
}
