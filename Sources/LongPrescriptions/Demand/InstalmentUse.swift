public import Postgres
public import Primitives

/// What instalments took in the past that was known before, so that statistics of consumption can leave it out.
///
/// The first instalment of a patient's first plan is no such: nobody could foresee it, and others like it will come.
public struct InstalmentUse {
    private let transaction: Transaction
    private let consortium: ConsortiumID

    public init(_ transaction: Transaction, of consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    /// Base units that foreseen instalments took from a store, by product and day, from one day through another.
    public func consumed(
        at store: StoreID, from: CalendarDate, through: CalendarDate
    ) throws -> [ProductID: [CalendarDate: BaseUnits]] {
        let rows = try transaction.query(
            """
            SELECT line.product_id, instalment.collected_on, sum(line.quantity)::bigint AS quantity
              FROM long_prescriptions.instalment
              JOIN long_prescriptions.instalment_line AS line USING (consortium_id, plan_id, instalment_number)
              JOIN long_prescriptions.plan USING (consortium_id, plan_id)
             WHERE consortium_id = \(consortium) AND (instalment_number > 1 OR NOT plan.is_first)
               AND instalment.state = 'collected' AND instalment.store_id = \(store)
               AND instalment.collected_on BETWEEN \(from) AND \(through)
             GROUP BY line.product_id, instalment.collected_on
            """
        ) { row in
            (
                try row["product_id"] as ProductID, try row["collected_on"] as CalendarDate,
                try row["quantity"] as BaseUnits
            )
        }
        return Dictionary(grouping: rows, by: \.0)
            .mapValues { Dictionary($0.map { ($0.1, $0.2) }, uniquingKeysWith: +) }
    }
}
