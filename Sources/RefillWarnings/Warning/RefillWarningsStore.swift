import LongPrescriptions
import Postgres
import Primitives

/// The SQL statements that write warnings.
struct RefillWarningsStore {
    let transaction: Transaction
    let consortium: ConsortiumID

    init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    /// Lets one transaction at a time bring the warnings of a store up to date, and notes when.
    func lock(_ store: StoreID, at now: Instant) throws {
        try transaction.execute(
            """
            INSERT INTO refill_warnings.reckoning (consortium_id, store_id, reckoned_at) VALUES (\(consortium), \(store), \(now))
            ON CONFLICT (consortium_id, store_id)
            DO UPDATE SET reckoned_at = greatest(reckoning.reckoned_at, excluded.reckoned_at)
            """)
    }

    /// The open warnings of a store and of plans that have chosen it since, locked in their order: two stores may both have to
    /// do with a plan that moved.
    func open(at store: StoreID) throws -> [OpenWarning] {
        try transaction.query(
            """
            SELECT warning_id, plan_id, instalment_number, product_id, store_id, missing, due_on, runs_out_on
              FROM refill_warnings.warning
             WHERE consortium_id = \(consortium) AND resolved_at IS NULL
               AND (store_id = \(store)
                    OR plan_id IN (SELECT plan_id FROM long_prescriptions.plan
                                    WHERE consortium_id = \(consortium) AND store_id = \(store) AND state = 'active'))
             ORDER BY warning_id FOR UPDATE
            """
        ) { row in
            OpenWarning(
                id: try row["warning_id"], plan: try row["plan_id"], instalment: try row["instalment_number"],
                product: try row["product_id"], store: try row["store_id"], missing: try row["missing"],
                dueOn: try row["due_on"], runsOutOn: try row["runs_out_on"])
        }
    }

    /// Warnings are raised in the order of instalments and products, so that two transactions do not wait for each other.
    ///
    /// - Returns: how many are new.
    func raise(_ refills: [UnmetRefill], at store: StoreID, _ now: Instant) throws -> Int {
        guard !refills.isEmpty else { return 0 }
        return try transaction.query(
            """
            INSERT INTO refill_warnings.warning
                   (consortium_id, plan_id, instalment_number, product_id, store_id, quantity, missing, due_on, runs_out_on,
                    raised_at)
            SELECT \(consortium), plan_id, instalment_number, product_id, \(store), quantity, missing, due_on, runs_out_on, \(now)
              FROM unnest(\(refills.map(\.plan)), \(refills.map(\.instalment)), \(refills.map(\.product)),
                          \(refills.map(\.quantity.rawValue)), \(refills.map(\.missing.rawValue)), \(refills.map(\.dueOn)),
                          \(refills.map(\.runsOutOn)))
                   AS refill (plan_id, instalment_number, product_id, quantity, missing, due_on, runs_out_on)
             ORDER BY plan_id, instalment_number, product_id
            ON CONFLICT (consortium_id, plan_id, instalment_number, product_id) WHERE resolved_at IS NULL DO NOTHING
            RETURNING warning_id
            """
        ) { try $0["warning_id"] as RefillWarningID }.count
    }

    /// Takes over the figures of warnings that are locked.
    func change(_ warnings: [OpenWarning]) throws {
        guard !warnings.isEmpty else { return }
        try transaction.execute(
            """
            UPDATE refill_warnings.warning
               SET missing = reckoned.missing, due_on = reckoned.due_on, runs_out_on = reckoned.runs_out_on
              FROM unnest(\(warnings.map(\.id)), \(warnings.map(\.missing.rawValue)), \(warnings.map(\.dueOn)),
                          \(warnings.map(\.runsOutOn)))
                   AS reckoned (warning_id, missing, due_on, runs_out_on)
             WHERE warning.consortium_id = \(consortium) AND warning.warning_id = reckoned.warning_id
            """)
    }

    /// Resolves warnings that are locked, each by what became of its instalment.
    ///
    /// - Parameter last: the last day that was looked at.
    /// - Returns: how many.
    func resolve(_ warnings: [RefillWarningID], lookingThrough last: CalendarDate, at now: Instant) throws -> Int {
        guard !warnings.isEmpty else { return 0 }
        return try transaction.query(
            """
            UPDATE refill_warnings.warning
               SET resolved_at = greatest(\(now), warning.raised_at),
                   resolution = CASE
                       WHEN instalment.state = 'collected' THEN 'collected'
                       WHEN plan.state IN ('alerted', 'suspended') THEN 'interrupted'
                       WHEN plan.state <> 'active' OR instalment.state = 'lapsed'
                            OR prescription.version <> plan.version
                            OR prescription.state NOT IN ('issued', 'approved', 'partly-dispensed') THEN 'ended'
                       WHEN instalment.state = 'missed' THEN 'missed'
                       WHEN plan.store_id <> warning.store_id THEN 'moved'
                       WHEN instalment.due_on > \(last) THEN 'postponed'
                       ELSE 'met' END
              FROM long_prescriptions.plan
              JOIN long_prescriptions.instalment USING (consortium_id, plan_id)
              JOIN dispensing.prescription USING (consortium_id, prescription_id)
             WHERE warning.consortium_id = \(consortium) AND warning.warning_id = ANY(\(warnings))
               AND plan.consortium_id = warning.consortium_id AND plan.plan_id = warning.plan_id
               AND instalment.instalment_number = warning.instalment_number
            RETURNING warning.warning_id
            """
        ) { try $0["warning_id"] as RefillWarningID }.count
    }

    /// The stores with open warnings.
    func stores() throws -> [StoreID] {
        try transaction.query(
            """
            SELECT DISTINCT store_id FROM refill_warnings.warning
             WHERE consortium_id = \(consortium) AND resolved_at IS NULL ORDER BY store_id
            """
        ) { try $0["store_id"] }
    }
}
