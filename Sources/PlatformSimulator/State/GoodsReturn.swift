import Primitives

/// Goods that go back to a supplier.
struct GoodsReturn {
    enum Stage: Equatable {
        /// Filled and not confirmed. Shanghai only.
        case draft
        case void
        /// The supplier has not answered.
        case asked
        case agreed
        case refused(reason: String)
    }

    let id: PlatformID
    let book: Int
    let supplier: String
    let deliveryPoint: String
    let product: String
    let lot: String
    let packs: Int64
    /// Of a pack.
    let price: Money
    let reason: String
    let isOfAgreedVolume: Bool
    let madeAt: Instant
    var stage: Stage
    var answeredAt: Instant?
    /// What it is taken from: indexes of ``Platform/shipments``, and packs.
    var sources: [(shipment: Int, packs: Int64)]
    /// Index of ``Platform/invoices``.
    var invoice: Int?
    /// Index of ``Platform/settlements``.
    var settlement: Int?
}

/// A demand for payment that a hospital puts together for one supplier. Zhejiang only.
struct Settlement {
    enum Stage: Equatable {
        case draft
        case submitted
        case passed
    }

    let id: PlatformID
    let book: Int
    let supplier: String
    let madeAt: Instant
    var stage = Stage.draft
    var shipments: [Int] = []
    var returns: [Int] = []
    /// Of what was accepted.
    var received = Money.zero
    /// Of what goes back; not negative.
    var returned = Money.zero

    var total: Money { received - returned }
}
