public import Primitives

/// Packs of one batch that a supplier delivers for a line of an order.
public struct PlatformDeliveryLine: Sendable, Hashable, Codable {
    public enum State: String, Sendable, Hashable, Codable, CaseIterable {
        case shipped, accepted, rejected, void
    }

    /// The platform's number.
    public var deliveryLine: String
    public var platformOrderLine: String
    /// Our number of the order, where the platform keeps it.
    public var orderNumber: String
    /// The platform's number of the delivery note; empty where it has none apart from the supplier's.
    public var platformNote: String
    public var note: String
    public var noteBarcode: String
    public var supplier: String
    public var product: String
    public var batch: String
    public var madeOn: CalendarDate?
    public var expiresOn: CalendarDate?
    public var packs: Int64
    public var packsAccepted: Int64?
    public var packPrice: Money?
    /// The number of the invoice it stands on; empty while there is none, or where the platform lists invoices apart.
    public var invoiceNumber: String
    public var state: State?

    public init(
        deliveryLine: String, platformOrderLine: String, orderNumber: String = "", platformNote: String = "", note: String = "",
        noteBarcode: String = "",
        supplier: String, product: String, batch: String, madeOn: CalendarDate? = nil, expiresOn: CalendarDate? = nil, packs: Int64,
        packsAccepted: Int64? = nil, packPrice: Money? = nil, invoiceNumber: String = "", state: State? = nil
    ) {
        self.deliveryLine = deliveryLine
        self.platformOrderLine = platformOrderLine
        self.orderNumber = orderNumber
        self.platformNote = platformNote
        self.note = note
        self.noteBarcode = noteBarcode
        self.supplier = supplier
        self.product = product
        self.batch = batch
        self.madeOn = madeOn
        self.expiresOn = expiresOn
        self.packs = packs
        self.packsAccepted = packsAccepted
        self.packPrice = packPrice
        self.invoiceNumber = invoiceNumber
        self.state = state
    }
}
