import PooledProcurement
import Primitives
import Requisitions
import Tendering

/// What to pool: a cycle, or without one the emergency requisitions. The caller may choose the pool's id.
struct PoolBody: Codable, Sendable {
    let pool: PoolID?
    let cycle: CycleID?
}

/// A tender made from a pool; no lines means every line that no tender holds.
struct PoolTenderBody: Codable, Sendable {
    let tender: TenderID?
    let title: String
    let bidsCloseAt: Instant
    let opensAt: Instant
    let lines: [PoolTenderLine]
    let ceilingBasis: CeilingBasis
}

struct PoolOrderBody: Codable, Sendable {
    let tender: TenderID
}

/// An order without a tender. The caller may choose its id.
struct OrderBody: Codable, Sendable {
    let order: OrderID?
    let company: CompanyID
    let facility: FacilityID
    let store: StoreID
    let lines: [OrderLineTerms]
    let reason: String
}

struct OrderApprovalBody: Codable, Sendable {
    /// The version that was read.
    let version: Int64?
}

/// What the supplier will deliver; lines that are not named are confirmed whole.
struct OrderConfirmationBody: Codable, Sendable {
    let lines: [LineConfirmation]
    let expectedOn: CalendarDate?
}

struct OrderChangeBody: Codable, Sendable {
    /// The version that was read.
    let version: Int64?
    let changes: [LineChange]
    let reason: String
    /// Who agreed for the supplier; needed once the order was sent.
    let agreedWith: String?
}

struct OrderCount: Codable, Sendable {
    let state: OrderState
    let count: Int
}

struct OnOrderLine: Codable, Sendable {
    let product: ProductID
    /// Base units still to come.
    let quantity: BaseUnits
}
