import Postgres
import Primitives

/// What the prescriptions that were handed out left in the ledger and in the registers of the pharmacies.
struct PrescriptionBenchLedger {
    let data: PrescriptionBenchData
    let loaded: PrescriptionBenchData.Loaded

    private var consortium: ConsortiumID { loaded.id }
    private var quantity: Int64 { PrescriptionBenchData.quantity }

    func load(in transaction: Transaction) throws {
        try writeMovements(transaction)
        try writeEntries(transaction)
        try writeDays(transaction)
        try writeDispensings(transaction)
    }

    /// Each pharmacy began with twice what it was to hand out of each product, and a hundred packs.
    private func writeMovements(_ transaction: Transaction) throws {
        let first = data.now.businessDay.adding(days: -800)
        try transaction.execute(
            """
            INSERT INTO stock_ledger.batch (consortium_id, article_id, product_id, batch_number, expires_on)
            SELECT \(consortium), article_id, product_id, 'B1', \(data.now.businessDay.adding(days: 900))::date FROM formulary.article
            """)
        try transaction.execute(
            """
            CREATE TEMPORARY TABLE moved ON COMMIT DROP AS
            SELECT gen_random_uuid() AS request_id, 1 AS line, \(first)::date AS day, store_id, product_id,
                   (count(*) + 50) * 2 * \(quantity) AS quantity
              FROM history_line GROUP BY store_id, product_id
            UNION ALL
            SELECT dispensing_id, line, day, store_id, product_id, -\(quantity)::bigint FROM history_line WHERE state = 'dispensed'
            """)
        try transaction.execute("ANALYZE moved")
        try transaction.execute(
            """
            INSERT INTO stock_ledger.movement (consortium_id, kind, occurred_on, recorded_at, person_id, request_id, document)
            SELECT \(consortium), CASE WHEN quantity > 0 THEN 'opening' ELSE 'issue' END, day,
                   (day + time '11:00') AT TIME ZONE 'Asia/Shanghai', \(loaded.prescriber), request_id,
                   CASE WHEN quantity > 0 THEN 'opening' ELSE 'dispensing ' || request_id END
              FROM moved WHERE line = 1 ORDER BY day
            """)
        try transaction.execute("ANALYZE stock_ledger.movement")
    }

    private func writeEntries(_ transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO stock_ledger.entry
                   (consortium_id, movement_id, line, occurred_on, store_id, state, batch_id, product_id, quantity)
            SELECT \(consortium), movement_id, line * 2 - side.outside, moved.day, CASE side.outside WHEN 0 THEN moved.store_id END,
                   CASE WHEN side.outside = 0 THEN 'available' WHEN moved.quantity > 0 THEN 'opening' ELSE 'patient' END,
                   batch_id, moved.product_id, CASE side.outside WHEN 0 THEN moved.quantity ELSE -moved.quantity END
              FROM moved
              JOIN stock_ledger.movement ON movement.consortium_id = \(consortium) AND movement.request_id = moved.request_id
              JOIN stock_ledger.batch ON batch.consortium_id = \(consortium) AND batch.product_id = moved.product_id
             CROSS JOIN (VALUES (0), (1)) AS side (outside)
             ORDER BY movement_id
            """)
    }

    private func writeDays(_ transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO stock_ledger.product_day
                   (consortium_id, store_id, product_id, occurred_on, consumed, available, gained)
            SELECT \(consortium), store_id, product_id, day, sum(greatest(-quantity, 0))::bigint, sum(quantity)::bigint,
                   sum(greatest(quantity, 0))::bigint
              FROM moved GROUP BY store_id, product_id, day ORDER BY day
            """)
        try transaction.execute(
            """
            INSERT INTO stock_ledger.shelf (consortium_id, store_id, product_id, last_on)
            SELECT \(consortium), store_id, product_id, max(day) FROM moved GROUP BY store_id, product_id
            """)
        try transaction.execute(
            """
            INSERT INTO stock_ledger.balance (consortium_id, store_id, product_id, batch_id, state, expires_on, quantity)
            SELECT \(consortium), store_id, product_id, batch_id, 'available', expires_on, sum(quantity)::bigint
              FROM moved JOIN stock_ledger.batch USING (product_id)
             WHERE consortium_id = \(consortium) GROUP BY store_id, product_id, batch_id, expires_on
            """)
    }

    /// Each was claimed before it was handed out.
    private func writeDispensings(_ transaction: Transaction) throws {
        let pharmacies = loaded.pharmacies
        try transaction.execute(
            """
            INSERT INTO dispensing.dispensing (consortium_id, dispensing_id, number, prescription_id, version, part, store_id,
                   dispenser_id, movement_id, dispensed_at, dispensed_on, self_checked, checks, retain_through)
            SELECT \(consortium), dispensing_id, 'FY-BENCH-' || number, prescription_id, 1, 1,
                   (\(pharmacies.map(\.store)))[1 + pharmacy], (\(pharmacies.map(\.dispenser)))[1 + pharmacy], movement_id,
                   recorded_at, occurred_on, false, ARRAY['prescription', 'drug', 'incompatibility', 'rational-use'],
                   occurred_on + 366
              FROM history
              JOIN stock_ledger.movement ON movement.consortium_id = \(consortium) AND request_id = dispensing_id
             ORDER BY number
            """)
        try transaction.execute(
            """
            INSERT INTO dispensing.dispensing_line (consortium_id, dispensing_id, line_number, prescription_line, product_id,
                   article_id, batch_id, batch_number, expires_on, quantity)
            SELECT \(consortium), dispensing_id, line, line, product_id, article_id, batch_id, batch_number, expires_on,
                   \(quantity)
              FROM history_line JOIN stock_ledger.batch USING (product_id)
             WHERE consortium_id = \(consortium) AND state = 'dispensed' ORDER BY number, line
            """)
        try transaction.execute(
            """
            INSERT INTO dispensing.claim (consortium_id, claim_id, prescription_id, facility_id, store_id, person_id, claimed_at,
                   expires_at, ended_at, ended_how, dispensing_id)
            SELECT \(consortium), gen_random_uuid(), prescription_id, (\(pharmacies.map(\.facility)))[1 + pharmacy], store_id,
                   dispenser_id, dispensed_at - interval '10 minutes', dispensed_at + interval '20 minutes', dispensed_at,
                   'dispensed', dispensing_id
              FROM history JOIN dispensing.dispensing USING (dispensing_id, prescription_id)
             WHERE consortium_id = \(consortium) ORDER BY history.number
            """)
    }
}
