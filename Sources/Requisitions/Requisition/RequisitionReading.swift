import Foundation
import Postgres
public import Primitives

/// Which requisitions are asked for; what is `nil` does not matter.
public struct RequisitionFilter: Sendable, Hashable {
    public var state: RequisitionState?
    public var facility: FacilityID?
    public var cycle: CycleID?
    public var kind: RequisitionKind?

    public init(
        state: RequisitionState? = nil, facility: FacilityID? = nil, cycle: CycleID? = nil, kind: RequisitionKind? = nil
    ) {
        self.state = state
        self.facility = facility
        self.cycle = cycle
        self.kind = kind
    }
}

/// Where a list of requisitions goes on: after this one.
public struct RequisitionCursor: Sendable, Hashable {
    public let openedAt: Instant
    public let id: RequisitionID

    public init(openedAt: Instant, id: RequisitionID) {
        self.openedAt = openedAt
        self.id = id
    }

    /// Reads what ``keys`` gave; `nil` for anything else.
    public init?(keys: [String]) {
        guard keys.count == 2, let openedAt = Instant(keys[0]), let id = UUID(uuidString: keys[1]) else { return nil }
        self.init(openedAt: openedAt, id: RequisitionID(id))
    }

    public var keys: [String] { [openedAt.description, id.description] }
}

/// A requisition as a list shows it.
public struct RequisitionSummary: Sendable, Hashable, Codable {
    public let id: RequisitionID
    public let number: String
    public let facility: FacilityID
    public let facilityName: String
    public let store: StoreID
    public let storeName: String
    public let cycle: CycleID?
    public let cycleName: String?
    public let kind: RequisitionKind
    public let state: RequisitionState
    /// Of the last return, cancellation or approval.
    public let reason: String
    public let openedAt: Instant
    public let submittedAt: Instant?
    public let decidedAt: Instant?
    public let version: Int64

    public var cursor: RequisitionCursor { RequisitionCursor(openedAt: openedAt, id: id) }
}

public struct RequisitionCount: Sendable, Hashable, Codable {
    public let state: RequisitionState
    public let count: Int
}

/// A requisition with everything on it.
public struct RequisitionReading: Sendable, Hashable {
    public let summary: RequisitionSummary
    public let requisition: Requisition
    public let lines: [RequisitionLineReading]
}

/// A line with its product's names. Quantities are in base units.
public struct RequisitionLineReading: Sendable, Hashable, Codable {
    public let number: Int
    public let product: ProductID
    public let code: String
    public let genericName: String
    public let strength: String
    public let baseUnit: String
    public let packSize: BaseUnits
    public let onHand: BaseUnits
    public let inTransit: BaseUnits
    public let onOrder: BaseUnits
    /// Of instalments of long prescriptions that fall due.
    public let expectedRefills: BaseUnits
    /// Of long prescriptions that are expected to be renewed.
    public let expectedRenewals: BaseUnits
    public let consumed: BaseUnits
    /// The part of what was consumed that instalments of long prescriptions took.
    public let refillsConsumed: BaseUnits
    public let periodDays: Int
    public let stockOutDays: Int
    public let suggested: BaseUnits
    public let explanationChinese: String
    public let explanationEnglish: String
    public let requested: BaseUnits
    public let approved: BaseUnits?
    public let reason: String
    public let approvalReason: String
}

extension RequisitionSummary {
    init(_ row: Row) throws {
        self.init(
            id: try row["requisition_id"], number: try row["number"], facility: try row["facility_id"],
            facilityName: try row["facility_name"], store: try row["store_id"], storeName: try row["store_name"],
            cycle: try row["cycle_id"], cycleName: try row["cycle_name"], kind: try row["kind"], state: try row["state"],
            reason: try row["reason"], openedAt: try row["opened_at"], submittedAt: try row["submitted_at"],
            decidedAt: try row["decided_at"], version: try row["version"])
    }
}

extension RequisitionLineReading {
    init(_ row: Row) throws {
        let line = try RequisitionLine(row)
        self.init(
            number: line.number, product: line.product, code: try row["code"], genericName: try row["generic_name"],
            strength: try row["strength"], baseUnit: try row["base_unit"], packSize: line.packSize,
            onHand: line.position.onHand, inTransit: line.position.inTransit, onOrder: line.position.onOrder,
            expectedRefills: line.expectedRefills, expectedRenewals: line.expectedRenewals, consumed: line.consumed,
            refillsConsumed: line.refillsConsumed, periodDays: line.periodDays,
            stockOutDays: line.stockOutDays, suggested: line.suggestion.quantity,
            explanationChinese: line.suggestion.explanation.chinese, explanationEnglish: line.suggestion.explanation.english,
            requested: line.requested, approved: line.approved, reason: line.reason, approvalReason: line.approvalReason)
    }
}
