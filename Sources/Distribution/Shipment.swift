public import PooledProcurement
import Postgres
public import Primitives

public typealias ShipmentID = DocumentID<Shipment>

/// A supplier's notice that goods of an order are on their way (发货单, 随货同行单).
public struct Shipment: Sendable, Hashable, Codable {
    public let id: ShipmentID
    /// `FH-2026-000123`.
    public let number: String
    public let order: OrderID
    public let company: CompanyID
    /// Where it is delivered.
    public let facility: FacilityID
    public let store: StoreID
    public let state: ShipmentState
    /// The number of the paper that travels with the goods, the supplier's own.
    public let deliveryNote: String
    public let shippedOn: CalendarDate
    public let expectedOn: CalendarDate
    public let announcedAt: Instant
    /// Why it was cancelled; empty when it was not.
    public let reason: String
    public let lines: [ShipmentLine]

    var subject: String { "shipment \(id)" }
}

/// Packs of one batch for one line of the order.
public struct ShipmentLine: Sendable, Hashable, Codable {
    /// 1, 2, … within the shipment.
    public let number: Int
    /// The line of the order it is for.
    public let orderLine: Int
    /// What is in the packs. It may be another article than was ordered; such goods are rejected when they arrive.
    public let article: ArticleID
    public let batchNumber: String
    /// On this day and after it the batch is not used.
    public let expiresOn: CalendarDate
    public let packs: Int64
}

public enum ShipmentState: String, StoredText, Codable, CaseIterable {
    /// On its way.
    case announced
    case received
    case cancelled

    /// What may happen to a shipment.
    public enum Event: String, Sendable, CaseIterable {
        case receive, cancel
    }

    /// The state after `event`.
    ///
    /// - Throws: ``DistributionRefusal`` with code `alreadyReceived` for a second receipt, `wrongState` for every other
    ///   transition that is not named here.
    public func after(_ event: Event) throws(DistributionRefusal) -> ShipmentState {
        switch (self, event) {
        case (.announced, .receive): .received
        case (.announced, .cancel): .cancelled
        case (.received, .receive): throw DistributionRefusal(.alreadyReceived, "a shipment is received once")
        default: throw DistributionRefusal(.wrongState, "the shipment is \(rawValue)")
        }
    }
}
