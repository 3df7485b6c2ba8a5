import Primitives

/// What a hospital orders with one document: a plan in Zhejiang, an order in Shanghai. Its lines may be for several suppliers.
struct Order {
    enum Stage: Equatable {
        /// Filled and not sent; nobody acts on it.
        case draft
        case sent
        /// Withdrawn by the hospital.
        case void
        /// Ended by the platform, because the time for its delivery was over.
        case closed
    }

    let id: PlatformID
    /// Whose; an index of ``Platform/books``.
    let book: Int
    /// How the hospital calls it: `YYJHDH`, or what its lines' keys begin with.
    let hospitalKey: String
    let deliveryPoint: String
    let contact: OrderContact
    /// `DDLX`; empty in Zhejiang.
    let kind: String
    /// The last day of arrival.
    let latestArrival: CalendarDate?
    let madeAt: Instant
    var stage = Stage.draft
    var sentAt: Instant?
    /// In the document's order; indexes of ``Platform/lines``.
    var lines: [Int] = []
    /// The number of the plan once it is sent. Zhejiang only.
    var planNumber = ""
    /// What each supplier has of it, under a number of its own. Zhejiang only.
    var parts: [(supplier: String, id: PlatformID)] = []
}

/// Whom to speak to about an order. Empty in Shanghai.
struct OrderContact {
    /// `conerName`
    var name = ""
    /// `conerTel`
    var telephone = ""
    /// `invottl`
    var invoiceTitle = ""
}

/// A line of an order.
struct OrderLine {
    /// What the supplier says.
    enum Answer: Equatable {
        case awaited
        case confirmed
        case refused(reason: String)
    }

    /// How the supplier delivers it.
    enum Delivery {
        case whole
        case inParts
        case otherQuantity(Int64)
        case never
    }

    let id: PlatformID
    /// What it is called once it is sent. Zhejiang only, where a plan's lines and an order's have different numbers.
    var sentID: PlatformID?
    let order: Int
    /// How the hospital calls it: `hospPurcDetlId` or `SXH`.
    let key: String
    let product: String
    let supplier: String
    let packs: Int64
    /// Of a pack.
    let price: Money
    let details: LineDetails
    var answer = Answer.awaited
    var answeredAt: Instant?
    var delivery = Delivery.whole
    /// Whether its invoice will name another lot.
    var hasOtherLot = false
    /// Ended before all of it was delivered: void, or closed.
    var endedAt: Instant?
    /// Packs delivered so far.
    var shipped: Int64 = 0
    /// Packs the hospital has accepted.
    var received: Int64 = 0
    /// Deliveries that are neither accepted nor refused.
    var waitingShipments = 0
    /// Indexes of ``Platform/shipments``.
    var shipments: [Int] = []
}

/// What a line says besides what the platform acts on.
struct LineDetails {
    /// `CGLX`; empty in Zhejiang.
    var purchaseKind = ""
    /// `SPLX`; empty in Zhejiang.
    var goodsKind = ""
    /// `CGJLDW`; empty in Zhejiang.
    var unit = ""
    var remark = ""
    /// Where else than the order; nil for the order's.
    var deliveryPoint: String?
}
