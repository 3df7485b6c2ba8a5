import Primitives

/// A delivery note of a supplier.
struct DeliveryNote {
    let id: PlatformID
    /// How the supplier calls it: `PSDH`.
    let number: String
    let book: Int
    let order: Int
    let supplier: String
    let deliveryPoint: String
    let madeAt: Instant
    /// Indexes of ``Platform/shipments``.
    var shipments: [Int] = []
}

/// What is delivered of one order line under one lot: a line of a delivery note.
struct Shipment {
    enum Acceptance: Equatable {
        case waiting
        /// Of the packs delivered, those that are kept.
        case passed(packs: Int64)
        case rejected

        var isWaiting: Bool { self == .waiting }
    }

    let id: PlatformID
    let note: Int
    let line: Int
    let packs: Int64
    var lot: String
    /// The lot its invoice names.
    let invoicedLot: String
    let madeOn: CalendarDate
    let expiresOn: CalendarDate
    let shippedAt: Instant
    var acceptance = Acceptance.waiting
    var acceptedAt: Instant?
    /// Packs on their way back, and back.
    var returned: Int64 = 0
    /// Of them, those the supplier has agreed to take.
    var takenBack: Int64 = 0
    /// Index of ``Platform/invoices``.
    var invoice: Int?
    /// Index of ``Platform/settlements``.
    var settlement: Int?
    /// When it last changed; see ``UpdateLog``.
    var updatedAt: Instant
    /// Its newest entry in the log.
    var update = 0

    /// Packs the hospital has kept, not counting returns.
    var received: Int64 { if case .passed(let packs) = acceptance { packs } else { 0 } }
}
