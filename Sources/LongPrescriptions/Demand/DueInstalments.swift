public import Postgres
public import Primitives

/// What instalments need of a product, in base units.
public struct InstalmentNeed: Sendable, Hashable, Codable {
    /// Of all instalments.
    public let total: BaseUnits
    /// The part that is set aside already; it is no longer available stock.
    public let reserved: BaseUnits

    public init(total: BaseUnits, reserved: BaseUnits) {
        self.total = total
        self.reserved = reserved
    }

    /// What available stock or orders must still cover.
    public var open: BaseUnits { total - reserved }
}

/// The instalments that are still to be collected, as future need of their chosen pharmacies.
public struct DueInstalments {
    let transaction: Transaction
    let consortium: ConsortiumID

    public init(_ transaction: Transaction, of consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    /// What instalments of active plans need that are due on some days, both counted.
    public func needs(at store: StoreID, from: CalendarDate, through: CalendarDate) throws -> [ProductID: InstalmentNeed] {
        let rows = try transaction.query(
            """
            SELECT line.product_id, sum(line.quantity)::bigint AS total,
                   coalesce(sum(line.quantity) FILTER (WHERE reservation.reservation_id IS NOT NULL), 0)::bigint AS reserved
              FROM long_prescriptions.instalment
              JOIN long_prescriptions.plan USING (consortium_id, plan_id)
              JOIN dispensing.prescription USING (consortium_id, prescription_id, version)
              JOIN long_prescriptions.instalment_line AS line USING (consortium_id, plan_id, instalment_number)
              LEFT JOIN long_prescriptions.reservation
                ON reservation.consortium_id = instalment.consortium_id AND reservation.plan_id = instalment.plan_id
               AND reservation.instalment_number = instalment.instalment_number AND reservation.is_open
               AND reservation.store_id = plan.store_id
             WHERE plan.consortium_id = \(consortium) AND plan.store_id = \(store) AND plan.state = 'active'
               AND instalment.state = 'open' AND instalment.due_on BETWEEN \(from) AND \(through)
               AND prescription.state IN ('issued', 'approved', 'partly-dispensed')
             GROUP BY line.product_id
            """
        ) { row in
            (
                try row["product_id"] as ProductID,
                InstalmentNeed(total: try row["total"], reserved: try row["reserved"])
            )
        }
        return Dictionary(rows, uniquingKeysWith: { first, _ in first })
    }

    /// What instalments need that is not set aside yet.
    public func need(at store: StoreID, from: CalendarDate, through: CalendarDate) throws -> [ProductID: BaseUnits] {
        try needs(at: store, from: from, through: through).mapValues(\.open).filter { $0.value > 0 }
    }
}
