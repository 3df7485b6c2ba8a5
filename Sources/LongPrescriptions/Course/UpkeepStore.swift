import Postgres
import Primitives

/// The SQL statements by which time passes for plans. Plans that another transaction holds wait for the next run.
struct UpkeepStore {
    let transaction: Transaction
    let consortium: ConsortiumID

    init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    /// Marks what was to be collected before `today` in active plans.
    func missed(before today: CalendarDate, limit: Int) throws -> [(plan: LongPlanID, number: Int)] {
        let late: SQL = """
            instalment.state = 'open'
            AND least(instalment.due_on + least(plan.grace_days, instalment.days / 2), plan.ends_on) < \(today)
            """
        let plans: [LongPlanID] = try transaction.query(
            """
            SELECT plan_id
              FROM (SELECT DISTINCT plan_id FROM long_prescriptions.instalment
                     WHERE consortium_id = \(consortium) AND state = 'open' AND due_on < \(today)) AS behind
              JOIN long_prescriptions.plan USING (plan_id)
             WHERE plan.consortium_id = \(consortium) AND plan.state = 'active' AND EXISTS (
                   SELECT FROM long_prescriptions.instalment
                    WHERE instalment.consortium_id = plan.consortium_id AND instalment.plan_id = plan.plan_id AND \(late))
             ORDER BY plan_id LIMIT \(limit) FOR UPDATE OF plan SKIP LOCKED
            """
        ) { try $0["plan_id"] }
        guard !plans.isEmpty else { return [] }
        return try transaction.query(
            """
            UPDATE long_prescriptions.instalment SET state = 'missed', missed_on = \(today)
              FROM long_prescriptions.plan
             WHERE instalment.consortium_id = \(consortium) AND instalment.plan_id = ANY(\(plans))
               AND plan.consortium_id = instalment.consortium_id AND plan.plan_id = instalment.plan_id AND \(late)
            RETURNING instalment.plan_id, instalment.instalment_number
            """
        ) { row in (plan: try row["plan_id"], number: try row["instalment_number"]) }
    }

    /// Locks live plans whose course ended before `today`, or whose prescription is over otherwise.
    func over(on today: CalendarDate, limit: Int) throws -> [LongPlanID] {
        try transaction.query(
            """
            SELECT plan_id
              FROM long_prescriptions.plan
              JOIN dispensing.prescription USING (consortium_id, prescription_id)
             WHERE consortium_id = \(consortium) AND plan.state IN ('active', 'alerted', 'suspended')
               AND (ends_on < \(today) OR prescription.state IN ('dispensed', 'ended', 'cancelled', 'expired'))
             ORDER BY ends_on, plan_id LIMIT \(limit) FOR UPDATE OF plan SKIP LOCKED
            """
        ) { try $0["plan_id"] }
    }
}
