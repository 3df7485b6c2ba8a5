import Postgres
import Primitives

/// The prescriptions: what was written, what was found on it, who reviewed it, what waits.
struct PrescriptionBenchHistory {
    let data: PrescriptionBenchData
    let loaded: PrescriptionBenchData.Loaded

    private var consortium: ConsortiumID { loaded.id }
    /// Days over which what was handed out is spread.
    private static let days = 730

    func load(in transaction: Transaction) throws {
        try makeHistory(transaction)
        try writePrescriptions(transaction)
        try writeReviews(transaction)
    }

    /// What is open has two lines; of what was handed out, one prescription in four.
    private var lines: SQL {
        "generate_series(1, CASE WHEN state <> 'dispensed' OR number % 4 = 0 THEN 2 ELSE 1 END)"
    }

    /// One row for each prescription: whose it is, when it was written, what became of it and where. What was written last is
    /// still open.
    private func makeHistory(_ transaction: Transaction) throws {
        let (today, dispensed) = (data.now.businessDay, data.dispensedCount)
        try transaction.execute(
            """
            CREATE TEMPORARY TABLE history ON COMMIT DROP AS
            SELECT number, gen_random_uuid() AS prescription_id, gen_random_uuid() AS dispensing_id, patient_id, place,
                   (place % \(loaded.pharmacies.count))::integer AS pharmacy,
                   CASE WHEN number <= \(dispensed) THEN 'dispensed' WHEN number <= \(dispensed + data.openCount) THEN 'approved'
                        ELSE 'issued' END AS state,
                   CASE WHEN number > \(dispensed)
                        THEN \(data.now)::timestamptz - (\(data.prescriptionCount) - number) * interval '100 milliseconds'
                        ELSE (\(today)::date - 1 - ((\(dispensed) - number) * \(Self.days) / \(dispensed))::integer
                              + time '08:00') AT TIME ZONE 'Asia/Shanghai' + number % 7200 * interval '1 second'
                   END AS issued_at
              FROM generate_series(1::bigint, \(data.prescriptionCount)) AS number
              JOIN bench_patient ON place = number % \(data.patientCount)
             ORDER BY number
            """)
        try transaction.execute(
            """
            CREATE TEMPORARY TABLE history_line ON COMMIT DROP AS
            SELECT number, prescription_id, dispensing_id, state, line, (issued_at AT TIME ZONE 'Asia/Shanghai')::date AS day,
                   (\(loaded.pharmacies.map(\.store)))[1 + pharmacy] AS store_id,
                   (\(loaded.products))[
                       1 + (place + (line - 1) * \(PrescriptionBenchData.productsApart)) % \(loaded.products.count)] AS product_id
              FROM history CROSS JOIN \(lines) AS line
             ORDER BY number, line
            """)
        try transaction.execute("ANALYZE history")
        try transaction.execute("ANALYZE history_line")
    }

    private func writePrescriptions(_ transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO dispensing.prescription (consortium_id, prescription_id, number, patient_id, facility_id, prescriber_id,
                   kind, state, version, issued_at)
            SELECT \(consortium), prescription_id, 'CF-BENCH-' || number, patient_id, \(loaded.hospital), \(loaded.prescriber),
                   'ordinary', state, 1, issued_at
              FROM history ORDER BY number
            """)
        try transaction.execute(
            """
            INSERT INTO dispensing.prescription_version (consortium_id, prescription_id, version, diagnosis_code, diagnosis,
                   written_at, written_on, valid_through, reason, purpose, long_records)
            SELECT \(consortium), prescription_id, 1, 'I10', '原发性高血压', issued_at, day, day + 2, '', 'none', ARRAY[]::text[]
              FROM history
             CROSS JOIN LATERAL (SELECT (issued_at AT TIME ZONE 'Asia/Shanghai')::date AS day) AS written
             ORDER BY number
            """)
        try transaction.execute(
            """
            INSERT INTO dispensing.prescription_line (consortium_id, prescription_id, version, line_number, product_id, quantity,
                   dose_text, dose, frequency, days, handed_out)
            SELECT \(consortium), prescription_id, 1, line, product_id, \(PrescriptionBenchData.quantity), '2片', 2000, 'bid', 7,
                   CASE state WHEN 'dispensed' THEN \(PrescriptionBenchData.quantity) ELSE 0 END
              FROM history_line ORDER BY number, line
            """)
    }

    private func writeReviews(_ transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO dispensing.prescription_check
                   (consortium_id, prescription_id, version, stage, catalogue, checked_at, findings)
            SELECT \(consortium), prescription_id, 1, stage, '', issued_at, '[]'
              FROM history JOIN unnest(ARRAY['issue', 'review']) AS stage ON stage = 'issue' OR state <> 'issued'
             ORDER BY number
            """)
        try transaction.execute(
            """
            INSERT INTO dispensing.review (consortium_id, prescription_id, version, outcome, reviewer_id, facility_id, reason,
                   queued_at, held_at, reviewed_at)
            SELECT \(consortium), prescription_id, 1, 'approved',
                   (\(loaded.reviewers))[1 + number % \(loaded.reviewers.count)], \(loaded.hospital), '', issued_at,
                   issued_at + interval '5 minutes', issued_at + interval '6 minutes'
              FROM history WHERE state <> 'issued' ORDER BY number
            """)
        try transaction.execute(
            """
            INSERT INTO dispensing.review_queue (consortium_id, prescription_id, version, prescriber_id, urgency, queued_at)
            SELECT \(consortium), prescription_id, 1, \(loaded.prescriber), 2, issued_at
              FROM history WHERE state = 'issued' ORDER BY number
            """)
    }
}
