public import Postgres
public import Primitives

/// The approved quantities that wait to be pooled: of a cycle, or of emergencies.
public struct ApprovedLines: Sendable {
    /// `nil` reads the emergency requisitions.
    public var cycle: CycleID?

    public init(cycle: CycleID?) { self.cycle = cycle }

    /// Every line with more than 0 approved, in the order of requisition and line.
    public func read(in transaction: Transaction, of consortium: ConsortiumID) throws -> [ApprovedLine] {
        let inCycle: SQL
        if let cycle { inCycle = "requisition.cycle_id = \(cycle)" } else { inCycle = "requisition.cycle_id IS NULL" }
        return try transaction.query(
            """
            SELECT requisition_id, line.line_number, requisition.facility_id, requisition.store_id, line.product_id, line.approved
              FROM requisitions.requisition
              JOIN requisitions.requisition_line AS line USING (consortium_id, requisition_id)
             WHERE consortium_id = \(consortium) AND \(inCycle) AND requisition.state = 'approved' AND line.approved > 0
             ORDER BY requisition_id, line.line_number
            """
        ) { row in
            ApprovedLine(
                requisition: try row["requisition_id"], line: try row["line_number"], facility: try row["facility_id"],
                store: try row["store_id"], product: try row["product_id"], quantity: try row["approved"])
        }
    }
}

/// What one store may have of one product.
public struct ApprovedLine: Sendable, Hashable, Codable {
    public let requisition: RequisitionID
    /// 1, 2, … within the requisition.
    public let line: Int
    public let facility: FacilityID
    public let store: StoreID
    public let product: ProductID
    /// Base units, whole packs of the line, more than 0.
    public let quantity: BaseUnits

    public init(
        requisition: RequisitionID, line: Int, facility: FacilityID, store: StoreID, product: ProductID, quantity: BaseUnits
    ) {
        self.requisition = requisition
        self.line = line
        self.facility = facility
        self.store = store
        self.product = product
        self.quantity = quantity
    }
}
