/// What was found of one line of a delivery.
public struct PlatformReceipt: Sendable, Hashable, Codable {
    /// The platform's number of the delivery's line.
    public var deliveryLine: String
    /// The platform's number of the order's line it was delivered for; some platforms find a delivery only by it.
    public var platformOrderLine: String
    /// The platform's number of the delivery note, where it has one apart from the supplier's.
    public var platformNote: String
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
        deliveryLine: String, platformOrderLine: String = "", platformNote: String = "", supplier: String, product: String,
        noteBarcode: String = "",
        batch: String, packsDelivered: Int64, packsAccepted: Int64, reason: String = ""
    ) {
        self.deliveryLine = deliveryLine
        self.platformOrderLine = platformOrderLine
        self.platformNote = platformNote
        self.supplier = supplier
        self.product = product
        self.noteBarcode = noteBarcode
        self.batch = batch
        self.packsDelivered = packsDelivered
        self.packsAccepted = packsAccepted
        self.reason = reason
    }
}
