import Postgres
public import Primitives

/// An instalment that is still to be collected and for which nothing is set aside yet.
public struct WaitingInstalment: Sendable, Hashable {
    public let plan: LongPlanID
    public let instalment: Int
    public let dueOn: CalendarDate
    /// The last day on which it may still be used, also when it is collected on the last day of its grace: what serves it
    /// expires later.
    public let usedThrough: CalendarDate
    /// Base units of each product, more than 0.
    public let quantities: [ProductID: BaseUnits]

    public init(
        plan: LongPlanID, instalment: Int, dueOn: CalendarDate, usedThrough: CalendarDate, quantities: [ProductID: BaseUnits]
    ) {
        self.plan = plan
        self.instalment = instalment
        self.dueOn = dueOn
        self.usedThrough = usedThrough
        self.quantities = quantities
    }

    /// Its place among others: due first, then by plan and number.
    public var key: InstalmentKey { InstalmentKey(dueOn: dueOn, plan: plan, instalment: instalment) }
}

extension DueInstalments {
    /// The instalments of active plans at their chosen pharmacy that are due through a day and not set aside, those that are
    /// late and may still be collected included, in the order of ``InstalmentKey``.
    public func waiting(at store: StoreID, through: CalendarDate, today: CalendarDate) throws -> [WaitingInstalment] {
        let rows = try transaction.query(
            """
            SELECT plan_id, instalment_number, instalment.due_on, line.product_id, sum(line.quantity)::bigint AS quantity,
                   greatest(instalment.due_on + least(plan.grace_days, instalment.days / 2), \(today)::date)
                       + instalment.days - 1 AS used_through
              FROM long_prescriptions.plan
              JOIN long_prescriptions.instalment USING (consortium_id, plan_id)
              JOIN dispensing.prescription USING (consortium_id, prescription_id, version)
              JOIN long_prescriptions.instalment_line AS line USING (consortium_id, plan_id, instalment_number)
             WHERE plan.consortium_id = \(consortium) AND plan.store_id = \(store) AND plan.state = 'active'
               AND instalment.state = 'open' AND instalment.due_on <= least(\(through)::date, plan.ends_on)
               AND prescription.state IN ('issued', 'approved', 'partly-dispensed')
               AND NOT EXISTS (SELECT FROM long_prescriptions.reservation
                                WHERE reservation.consortium_id = plan.consortium_id AND reservation.plan_id = plan.plan_id
                                  AND reservation.instalment_number = instalment.instalment_number AND reservation.is_open
                                  AND reservation.store_id = plan.store_id)
             GROUP BY plan_id, instalment_number, instalment.due_on, plan.grace_days, instalment.days, line.product_id
             ORDER BY instalment.due_on, plan_id, instalment_number, line.product_id
            """
        ) { row in
            WaitingInstalment(
                plan: try row["plan_id"], instalment: try row["instalment_number"], dueOn: try row["due_on"],
                usedThrough: try row["used_through"], quantities: [try row["product_id"]: try row["quantity"]])
        }
        return rows.reduce(into: []) { found, row in
            if let last = found.last, last.key == row.key {
                found[found.count - 1] = WaitingInstalment(
                    plan: row.plan, instalment: row.instalment, dueOn: row.dueOn, usedThrough: row.usedThrough,
                    quantities: last.quantities.merging(row.quantities, uniquingKeysWith: +))
            } else {
                found.append(row)
            }
        }
    }

    /// The pharmacies that active plans have chosen.
    public func pharmacies() throws -> [StoreID] {
        try transaction.query(
            """
            SELECT DISTINCT store_id FROM long_prescriptions.plan
             WHERE consortium_id = \(consortium) AND state = 'active' ORDER BY store_id
            """
        ) { try $0["store_id"] }
    }
}
