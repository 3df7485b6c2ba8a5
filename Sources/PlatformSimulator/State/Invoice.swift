import Primitives

/// An invoice of a supplier; with negative amounts, one for a return.
struct Invoice {
    let id: PlatformID
    /// `FPH`.
    let number: String
    let book: Int
    let supplier: String
    let deliveryPoint: String
    let madeAt: Instant
    /// Whether it is for volume-based procurement: one invoice is not for both.
    let isOfAgreedVolume: Bool
    /// With tax.
    var total = Money.zero
    /// Indexes of ``Platform/invoiceLines``.
    var lines: [Int] = []
    var isAccepted = false
    var isPaid = false
}

/// A line of an invoice.
struct InvoiceLine {
    enum Subject {
        /// Index of ``Platform/shipments``.
        case shipment(Int)
        /// Index of ``Platform/returns``.
        case goodsReturn(Int)
    }

    let id: PlatformID
    let invoice: Int
    let subject: Subject
    let product: String
    let lot: String
    let madeOn: CalendarDate?
    let expiresOn: CalendarDate?
    /// Negative when returned.
    let packs: Int64
    /// Of a pack, with tax.
    let price: Money
    /// Price times packs.
    let amount: Money
}
