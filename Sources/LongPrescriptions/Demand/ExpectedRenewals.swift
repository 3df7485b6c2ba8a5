public import Postgres
public import Primitives

/// What would be collected if every plan that ends were prescribed again as it was.
public struct ExpectedRenewals {
    private let transaction: Transaction
    private let consortium: ConsortiumID

    public init(_ transaction: Transaction, of consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    /// Base units that a store's patients would collect through a day on renewals: for each plan that ends before, or ended a
    /// short while ago, and has no next one of the same diagnosis yet, as much as its first instalment gave, as often as instalments fall due. A plan
    /// that was given up before its end counts from the day its patient's supply runs out.
    public func needs(at store: StoreID, today: CalendarDate, through: CalendarDate) throws -> [ProductID: BaseUnits] {
        let last = through.adding(days: RenewalShare.aheadDays - 1)
        let rows = try transaction.query(
            """
            SELECT line.product_id, sum(line.quantity * ((\(last)::date - ending.day) / first.days + 1))::bigint AS quantity
              FROM long_prescriptions.plan
             CROSS JOIN LATERAL (
                   SELECT CASE plan.state WHEN 'active' THEN plan.ends_on ELSE plan.supply_through END AS day) AS ending
              JOIN long_prescriptions.instalment AS first
                ON first.consortium_id = plan.consortium_id AND first.plan_id = plan.plan_id AND first.instalment_number = 1
              JOIN long_prescriptions.instalment_line AS line
                ON line.consortium_id = first.consortium_id AND line.plan_id = first.plan_id AND line.instalment_number = 1
             WHERE plan.consortium_id = \(consortium) AND plan.store_id = \(store)
               AND plan.state IN ('active', 'completed', 'expired')
               AND plan.ends_on >= \(today.adding(days: -RenewalShare.days))
               AND ending.day BETWEEN \(today.adding(days: -RenewalShare.gapDays)) AND \(last)
               AND NOT EXISTS (
                   SELECT FROM long_prescriptions.plan AS next
                    WHERE next.consortium_id = plan.consortium_id AND next.patient_id = plan.patient_id
                      AND upper(left(next.diagnosis_code, 3)) = upper(left(plan.diagnosis_code, 3))
                      AND next.started_at > plan.started_at AND next.state <> 'superseded')
             GROUP BY line.product_id
            """
        ) { row in (try row["product_id"] as ProductID, try row["quantity"] as BaseUnits) }
        return Dictionary(rows, uniquingKeysWith: { first, _ in first })
    }
}
