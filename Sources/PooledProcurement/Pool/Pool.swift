import Postgres
public import Primitives
public import Requisitions
public import Tendering

public typealias PoolID = DocumentID<Pool>

/// Where a pool stands.
public enum PoolState: String, StoredText, Codable, CaseIterable {
    case open, tendered, ordered, closed

    /// The state after `step`; `nil` when a pool in this state does not take it. Lines are tendered and ordered in as
    /// many parts as people like, so an ordered pool may still tender a line that is left.
    public func after(_ step: PoolStep) -> PoolState? {
        switch (self, step) {
        case (.open, .tender), (.tendered, .tender): .tendered
        case (.ordered, .tender): .ordered
        case (.tendered, .order), (.ordered, .order): .ordered
        case (.open, .close), (.tendered, .close), (.ordered, .close): .closed
        default: nil
        }
    }
}

public enum PoolStep: String, Sendable, CaseIterable {
    case tender, order, close
}

/// The approved requisitions of a cycle, added up by product (汇总单).
public struct Pool: Sendable, Hashable, Codable {
    public let id: PoolID
    /// For people: `HC-2026-000123`.
    public let number: String
    /// `nil` for a pool of emergency requisitions.
    public let cycle: CycleID?
    public let state: PoolState
    public let pooledAt: Instant
    /// The pool's place in the list of all pools, for page cursors.
    public let serial: Int64
    /// Why it was closed; empty otherwise.
    public let reason: String
}

/// All that is asked for of one product.
public struct PoolLine: Sendable, Hashable, Codable {
    public let product: ProductID
    /// Base units; the sum of the line's shares.
    public let quantity: BaseUnits
    /// How many requisition lines it is made of.
    public let shareCount: Int
    /// The newest tender it was put into that was not cancelled.
    public let tender: TenderID?
    public let package: Int?
    /// When orders were made from the awards.
    public let orderedAt: Instant?
}

/// What one requisition line asked for.
public struct PoolShare: Sendable, Hashable, Codable {
    public let requisition: RequisitionID
    public let requisitionLine: Int
    public let facility: FacilityID
    public let store: StoreID
    /// Base units, as approved.
    public let quantity: BaseUnits

    public init(requisition: RequisitionID, requisitionLine: Int, facility: FacilityID, store: StoreID, quantity: BaseUnits) {
        self.requisition = requisition
        self.requisitionLine = requisitionLine
        self.facility = facility
        self.store = store
        self.quantity = quantity
    }
}

extension Pool {
    static let columns: SQL = "pool_id, number, cycle_id, state, pooled_at, serial, reason"

    init(_ row: Row) throws {
        self.init(
            id: try row["pool_id"], number: try row["number"], cycle: try row["cycle_id"], state: try row["state"],
            pooledAt: try row["pooled_at"], serial: try row["serial"], reason: try row["reason"])
    }
}

extension PoolShare {
    static let columns: SQL = "requisition_id, requisition_line_number, facility_id, store_id, quantity"

    init(_ row: Row) throws {
        self.init(
            requisition: try row["requisition_id"], requisitionLine: try row["requisition_line_number"],
            facility: try row["facility_id"], store: try row["store_id"], quantity: try row["quantity"])
    }
}
