import Dispensing
import Postgres
import Primitives

/// The SQL statements that change the instalments of a plan that the transaction has locked.
struct InstalmentStore {
    let transaction: Transaction
    let consortium: ConsortiumID

    init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    func collect(
        _ number: Int, of plan: LongPlanID, dispensing: DispensingID, from store: StoreID, proxy: Int?, counselling: String,
        at now: Instant
    ) throws {
        try transaction.execute(
            """
            UPDATE long_prescriptions.instalment
               SET state = 'collected', collected_on = \(now.businessDay), store_id = \(store)
             WHERE consortium_id = \(consortium) AND plan_id = \(plan) AND instalment_number = \(number)
            """)
        try transaction.execute(
            """
            INSERT INTO long_prescriptions.collection
                   (consortium_id, plan_id, instalment_number, dispensing_id, proxy_number, counselling, collected_at)
            VALUES (\(consortium), \(plan), \(number), \(dispensing), \(proxy), \(counselling), \(now))
            """)
        try clearShortfall(of: plan, number)
    }

    /// Moves the instalments from one on that are still to be collected by some days; those that are missed open again.
    func push(from number: Int, of plan: LongPlanID, days: Int) throws {
        try transaction.execute(
            """
            UPDATE long_prescriptions.instalment SET due_on = due_on + \(days)::integer, state = 'open'
             WHERE consortium_id = \(consortium) AND plan_id = \(plan) AND instalment_number >= \(number)
               AND state IN ('open', 'missed')
            """)
    }

    /// Gives up what is not collected, all of it or what is due after the end of the course.
    func lapse(_ plan: LongPlanID, dueAfter day: CalendarDate? = nil) throws {
        try transaction.execute(
            """
            UPDATE long_prescriptions.instalment SET state = 'lapsed'
             WHERE consortium_id = \(consortium) AND plan_id = \(plan) AND state IN ('open', 'missed')
               AND (\(day)::date IS NULL OR due_on > \(day))
            """)
        try transaction.execute(
            """
            DELETE FROM long_prescriptions.shortfall
             USING long_prescriptions.instalment
             WHERE shortfall.consortium_id = \(consortium) AND shortfall.plan_id = \(plan)
               AND instalment.consortium_id = shortfall.consortium_id AND instalment.plan_id = shortfall.plan_id
               AND instalment.instalment_number = shortfall.instalment_number AND instalment.state = 'lapsed'
            """)
    }

    /// Notes what is short for an instalment, in the place of what was noted before.
    func note(
        _ missing: [ProductID: BaseUnits], of plan: LongPlanID, _ number: Int, at store: StoreID, on day: CalendarDate
    ) throws {
        try clearShortfall(of: plan, number)
        try transaction.insert(
            into: """
                long_prescriptions.shortfall
                (consortium_id, plan_id, instalment_number, product_id, store_id, missing, found_on)
                """,
            rows: missing.sorted { $0.key < $1.key }.map { [consortium, plan, number, $0.key, store, $0.value, day] })
    }

    func clearShortfall(of plan: LongPlanID, _ number: Int) throws {
        try transaction.execute(
            """
            DELETE FROM long_prescriptions.shortfall
             WHERE consortium_id = \(consortium) AND plan_id = \(plan) AND instalment_number = \(number)
            """)
    }

    /// What a patient was handed out of ingredients, as a course of supply for each, by generic name.
    ///
    /// An instalment counts with its days when it lasts longer by rounding; anything else with the days it lasts at the
    /// prescribed dose, or its share of the prescribed days where the frequency does not tell.
    func supply(of patient: PatientID, since day: CalendarDate) throws -> [String: SupplyCourse] {
        let parts = try transaction.query(
            """
            SELECT product.generic_name, dispensing.dispensed_on, prescribed.dose, prescribed.frequency, prescribed.days,
                   prescribed.quantity AS prescribed, instalment.days AS instalment_days,
                   sum(line.quantity - line.returned)::bigint AS quantity
              FROM dispensing.prescription
              JOIN dispensing.dispensing USING (consortium_id, prescription_id)
              JOIN dispensing.dispensing_line AS line USING (consortium_id, dispensing_id)
              JOIN dispensing.prescription_line AS prescribed
                ON prescribed.consortium_id = dispensing.consortium_id
               AND prescribed.prescription_id = dispensing.prescription_id AND prescribed.version = dispensing.version
               AND prescribed.line_number = line.prescription_line
              JOIN formulary.product ON product.product_id = line.product_id
              LEFT JOIN long_prescriptions.collection
                ON collection.consortium_id = dispensing.consortium_id AND collection.dispensing_id = dispensing.dispensing_id
              LEFT JOIN long_prescriptions.instalment
                ON instalment.consortium_id = collection.consortium_id AND instalment.plan_id = collection.plan_id
               AND instalment.instalment_number = collection.instalment_number
             WHERE prescription.consortium_id = \(consortium) AND prescription.patient_id = \(patient)
               AND dispensing.dispensed_on >= \(day)
             GROUP BY product.generic_name, dispensing.dispensing_id, dispensing.dispensed_on, prescribed.dose,
                      prescribed.frequency, prescribed.days, prescribed.quantity, instalment.days
             ORDER BY dispensing.dispensed_on
            """
        ) { row in
            let part = HandedOutPart(
                quantity: try row["quantity"], prescribed: try row["prescribed"], dose: try row["dose"],
                frequency: try row["frequency"], courseDays: try row["days"], instalmentDays: try row["instalment_days"])
            return (try row["generic_name"] as String, try row["dispensed_on"] as CalendarDate, part)
        }
        return Dictionary(grouping: parts, by: \.0).mapValues { SupplyCourse($0.map { (on: $0.1, days: $0.2.days) }) }
    }
}
