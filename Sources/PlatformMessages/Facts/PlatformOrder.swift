public import Primitives

/// An order as a platform is told of it, in the platform's own codes. Packs are trade packs.
public struct PlatformOrder: Sendable, Hashable, Codable {
    /// Ours: `CG-2026-000001`. It goes along where the platform has a field for it.
    public var number: String
    /// The platform's code of the delivery point or storehouse.
    public var deliveryPoint: String
    /// The last day on which it may arrive; some platforms close an order after it.
    public var latestArrival: CalendarDate?
    public var lines: [PlatformOrderLine]
    /// The platform's number, once it has given one.
    public var platformOrder: String?

    public init(
        number: String, deliveryPoint: String, latestArrival: CalendarDate? = nil, lines: [PlatformOrderLine],
        platformOrder: String? = nil
    ) {
        self.number = number
        self.deliveryPoint = deliveryPoint
        self.latestArrival = latestArrival
        self.lines = lines
        self.platformOrder = platformOrder
    }
}

/// One product of an order.
public struct PlatformOrderLine: Sendable, Hashable, Codable {
    /// 1, 2, … as in our order.
    public var number: Int
    /// The platform's code of the article.
    public var product: String
    /// The platform's code of the supplier, and its name.
    public var supplier: String
    public var supplierName: String
    public var packs: Int64
    public var packPrice: Money
    /// The platform's code of how it may be bought; empty where it has none.
    public var purchaseKind: String
    public var note: String
    /// The platform's number of the line, once it has given one.
    public var platformLine: String?

    public init(
        number: Int, product: String, supplier: String, supplierName: String, packs: Int64, packPrice: Money,
        purchaseKind: String = "", note: String = "", platformLine: String? = nil
    ) {
        self.number = number
        self.product = product
        self.supplier = supplier
        self.supplierName = supplierName
        self.packs = packs
        self.packPrice = packPrice
        self.purchaseKind = purchaseKind
        self.note = note
        self.platformLine = platformLine
    }
}

extension PlatformOrder {
    /// Our key of a line, the same in every try: `CG-2026-000001/3`. Platforms that keep it recognise a repetition by it.
    public func key(of line: PlatformOrderLine) -> String { "\(number)/\(line.number)" }
}
