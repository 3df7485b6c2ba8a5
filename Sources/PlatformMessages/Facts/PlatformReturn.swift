public import Primitives

/// Goods that go back to their supplier after they were accepted.
public struct PlatformReturn: Sendable, Hashable, Codable {
    /// Ours.
    public var number: String
    public var deliveryPoint: String
    public var supplier: String
    public var product: String
    /// The platform's number of the delivery's line that brought them.
    public var deliveryLine: String
    public var batch: String
    public var packs: Int64
    public var packPrice: Money
    public var reason: String
    public var isVolumePurchase: Bool
    /// The platform's code of how it was bought; empty where it has none.
    public var purchaseKind: String
    /// The platform's number, once it has given one.
    public var platformReturn: String?
    /// The day on which it was applied for; narrows the search for it.
    public var appliedOn: CalendarDate?

    public init(
        number: String, deliveryPoint: String, supplier: String, product: String, deliveryLine: String, batch: String, packs: Int64,
        packPrice: Money, reason: String, isVolumePurchase: Bool = false, purchaseKind: String = "", platformReturn: String? = nil,
        appliedOn: CalendarDate? = nil
    ) {
        self.number = number
        self.deliveryPoint = deliveryPoint
        self.supplier = supplier
        self.product = product
        self.deliveryLine = deliveryLine
        self.batch = batch
        self.packs = packs
        self.packPrice = packPrice
        self.reason = reason
        self.isVolumePurchase = isVolumePurchase
        self.purchaseKind = purchaseKind
        self.platformReturn = platformReturn
        self.appliedOn = appliedOn
    }
}
