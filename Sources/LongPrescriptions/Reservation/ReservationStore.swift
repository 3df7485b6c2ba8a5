import Dispensing
import Foundation
import Postgres
import Primitives
import StockLedger

/// Stock that is set aside for an instalment.
struct Reservation: Hashable, Sendable {
    let id: UUID
    let plan: LongPlanID
    let instalment: Int
    let store: StoreID
    /// Who began the plan; what upkeep does is recorded for them.
    let orderedBy: PersonID
    let picks: [Pick]

    /// The ledger's name for the document.
    var document: String { Self.document(plan, instalment) }

    static func document(_ plan: LongPlanID, _ number: Int) -> String { "instalment \(plan) \(number)" }
}

/// The SQL statements about reservations.
struct ReservationStore {
    let transaction: Transaction
    let consortium: ConsortiumID

    init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    func add(
        _ id: UUID, for plan: LongPlanID, _ number: Int, in store: StoreID, _ picksOfLine: [(line: Int, picks: [Pick])],
        at now: Instant
    ) throws {
        try transaction.execute(
            """
            INSERT INTO long_prescriptions.reservation
                   (consortium_id, reservation_id, plan_id, instalment_number, store_id, is_open, reserved_at)
            VALUES (\(consortium), \(id), \(plan), \(number), \(store), TRUE, \(now))
            """)
        try transaction.insert(
            into: """
                long_prescriptions.reservation_line
                (consortium_id, reservation_id, line_number, batch_id, article_id, product_id, batch_number, expires_on, quantity)
                """,
            rows: picksOfLine.flatMap { line in
                line.picks.map { pick in
                    [
                        consortium, id, line.line, pick.batch, pick.article, pick.product, pick.batchNumber, pick.expiresOn,
                        pick.quantity,
                    ]
                }
            })
    }

    func close(_ reservation: UUID) throws {
        try transaction.execute(
            """
            UPDATE long_prescriptions.reservation SET is_open = FALSE
             WHERE consortium_id = \(consortium) AND reservation_id = \(reservation)
            """)
    }

    /// The open reservations of a plan that the transaction has locked; of one instalment when it is given.
    func open(of plan: LongPlanID, instalment: Int? = nil) throws -> [Reservation] {
        try reservations(
            """
            plan.plan_id = \(plan) AND (\(instalment)::integer IS NULL OR reservation.instalment_number = \(instalment))
            """)
    }

    /// Open reservations that are in vain: the plan is not active, the instalment not open or of another pharmacy now, its
    /// prescription not to be dispensed, or a batch is held or would expire before the instalment is used up. Locks their
    /// plans; those that another transaction holds wait for the next run.
    func inVain(limit: Int) throws -> [Reservation] {
        let plans: [LongPlanID] = try transaction.query(
            """
            SELECT plan_id FROM long_prescriptions.plan
             WHERE consortium_id = \(consortium) AND plan_id IN (
                   SELECT reservation.plan_id \(Self.inVain(consortium)) ORDER BY reservation.plan_id LIMIT \(limit))
             ORDER BY plan_id FOR UPDATE SKIP LOCKED
            """
        ) { try $0["plan_id"] }
        guard !plans.isEmpty else { return [] }
        return try reservations(
            """
            plan.plan_id = ANY(\(plans)) AND reservation.reservation_id IN (
                SELECT reservation.reservation_id \(Self.inVain(consortium)))
            """)
    }

    private static func inVain(_ consortium: ConsortiumID) -> SQL {
        """
          FROM long_prescriptions.reservation
          JOIN long_prescriptions.plan USING (consortium_id, plan_id)
          JOIN long_prescriptions.instalment USING (consortium_id, plan_id, instalment_number)
          JOIN dispensing.prescription USING (consortium_id, prescription_id)
         WHERE consortium_id = \(consortium) AND reservation.is_open
           AND (plan.state <> 'active' OR instalment.state <> 'open' OR reservation.store_id <> plan.store_id
                OR prescription.version <> plan.version OR prescription.state NOT IN ('approved', 'partly-dispensed')
                OR EXISTS (SELECT FROM long_prescriptions.reservation_line AS line
                             JOIN stock_ledger.batch_hold USING (consortium_id, batch_id)
                            WHERE line.consortium_id = reservation.consortium_id
                              AND line.reservation_id = reservation.reservation_id AND batch_hold.lifted_at IS NULL)
                OR EXISTS (SELECT FROM long_prescriptions.reservation_line AS line
                            WHERE line.consortium_id = reservation.consortium_id
                              AND line.reservation_id = reservation.reservation_id
                              AND line.expires_on <= instalment.due_on + instalment.days - 1
                                                     + least(plan.grace_days, instalment.days / 2)))
        """
    }

    private func reservations(_ which: SQL) throws -> [Reservation] {
        let rows = try transaction.query(
            """
            SELECT reservation_id, plan_id, reservation.instalment_number, reservation.store_id, plan.started_by_id,
                   line.batch_id, line.article_id, line.product_id, line.batch_number, line.expires_on, line.quantity
              FROM long_prescriptions.reservation
              JOIN long_prescriptions.plan USING (consortium_id, plan_id)
              JOIN long_prescriptions.reservation_line AS line USING (consortium_id, reservation_id)
             WHERE consortium_id = \(consortium) AND reservation.is_open AND \(which)
             ORDER BY reservation.store_id, plan_id, reservation.instalment_number, line.line_number, line.batch_id
            """
        ) { row in
            let pick = Pick(
                batch: try row["batch_id"], article: try row["article_id"], product: try row["product_id"],
                batchNumber: try row["batch_number"], expiresOn: try row["expires_on"], quantity: try row["quantity"])
            return Reservation(
                id: try row["reservation_id"], plan: try row["plan_id"], instalment: try row["instalment_number"],
                store: try row["store_id"], orderedBy: try row["started_by_id"], picks: [pick])
        }
        return rows.reduce(into: []) { found, row in
            if let last = found.last, last.id == row.id {
                found[found.count - 1] = Reservation(
                    id: row.id, plan: row.plan, instalment: row.instalment, store: row.store, orderedBy: row.orderedBy,
                    picks: last.picks + row.picks)
            } else {
                found.append(row)
            }
        }
    }

    /// Instalments without a reservation that are due through a day at their chosen pharmacy, oldest due first. Locks their
    /// plans; those that another transaction holds wait for the next run.
    ///
    /// - Parameter after: the last one of the run before.
    func toReserve(through day: CalendarDate, after: InstalmentKey?, limit: Int) throws -> [InstalmentKey] {
        let later: SQL =
            after.map { after in
                "(due_on, plan_id, instalment_number) > (\(after.dueOn), \(after.plan), \(after.instalment))"
            } ?? "TRUE"
        return try transaction.query(
            """
            SELECT plan_id, instalment_number, due_on
              FROM long_prescriptions.instalment
              JOIN long_prescriptions.plan USING (consortium_id, plan_id)
              JOIN dispensing.prescription USING (consortium_id, prescription_id, version)
             WHERE consortium_id = \(consortium) AND instalment.state = 'open' AND due_on <= \(day) AND plan.state = 'active'
               AND due_on <= plan.ends_on AND prescription.state IN ('approved', 'partly-dispensed') AND \(later)
               AND NOT EXISTS (SELECT FROM long_prescriptions.reservation
                                WHERE reservation.consortium_id = instalment.consortium_id
                                  AND reservation.plan_id = instalment.plan_id
                                  AND reservation.instalment_number = instalment.instalment_number AND reservation.is_open)
             ORDER BY due_on, plan_id, instalment_number LIMIT \(limit)
               FOR UPDATE OF plan SKIP LOCKED
            """
        ) { row in
            InstalmentKey(dueOn: try row["due_on"], plan: try row["plan_id"], instalment: try row["instalment_number"])
        }
    }
}
