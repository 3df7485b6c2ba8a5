public import Primitives

/// What was found of one line of a delivery.
public struct PlatformReceipt: Sendable, Hashable, Codable {
    /// The platform's number of the delivery's line.
    public var deliveryLine: String
    public var supplier: String
    public var product: String
    /// What the delivery note's barcode says; empty where the platform has none.
    public var noteBarcode: String
    /// The batch as it was found.
    public var batch: String
    public var packsDelivered: Int64
    public var packsAccepted: Int64
    /// Delivered and not accepted.
    public var packsRejected: Int64 { packsDelivered - packsAccepted }
    /// Why packs were rejected.
    public var reason: String

    public init(
        deliveryLine: String, supplier: String, product: String, noteBarcode: String = "", batch: String, packsDelivered: Int64,
        packsAccepted: Int64, reason: String = ""
    ) {
        self.deliveryLine = deliveryLine
        self.supplier = supplier
        self.product = product
        self.noteBarcode = noteBarcode
        self.batch = batch
        self.packsDelivered = packsDelivered
        self.packsAccepted = packsAccepted
        self.reason = reason
    }
}

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
    /// The platform's number, once it has given one.
    public var platformReturn: String?

    public init(
        number: String, deliveryPoint: String, supplier: String, product: String, deliveryLine: String, batch: String, packs: Int64,
        packPrice: Money, reason: String, isVolumePurchase: Bool = false, platformReturn: String? = nil
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
        self.platformReturn = platformReturn
    }
}

/// A supplier's invoice that is accepted or paid.
public struct PlatformInvoice: Sendable, Hashable, Codable {
    /// The platform's number of it; empty where the platform has none.
    public var platformInvoice: String
    public var code: String
    public var number: String
    public var supplier: String
    public var supplierName: String
    public var amount: Money
    /// The platform's numbers of the delivery lines it is for.
    public var deliveryLines: [String]

    public init(
        platformInvoice: String = "", code: String = "", number: String, supplier: String, supplierName: String = "", amount: Money,
        deliveryLines: [String] = []
    ) {
        self.platformInvoice = platformInvoice
        self.code = code
        self.number = number
        self.supplier = supplier
        self.supplierName = supplierName
        self.amount = amount
        self.deliveryLines = deliveryLines
    }
}
