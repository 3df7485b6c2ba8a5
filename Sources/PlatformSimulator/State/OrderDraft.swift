import Primitives

/// An order as a face has understood it.
struct OrderDraft {
    var hospitalKey: String
    var deliveryPoint: String
    var contact = OrderContact()
    var kind = ""
    var latestArrival: CalendarDate?
    var lines: [LineDraft]
}

/// A line as a face has understood it.
struct LineDraft {
    var key: String
    var product: String
    var supplier: String
    var packs: Int64
    /// nil when the message need not tell it.
    var price: Money?
    var details = LineDetails()
}

/// Why the platform does not take a line.
enum LineDefect: Equatable {
    case unknownProduct
    case unknownSupplier
    /// The supplier does not deliver the product.
    case notDelivered
    /// The listed price is another, or there is none.
    case wrongPrice
}

/// Why the platform does not do what is asked with an order, a return or a settlement.
enum StageDefect: Error, Equatable {
    case isDraft
    case isSent
    case isVoid
    case isClosed
}
