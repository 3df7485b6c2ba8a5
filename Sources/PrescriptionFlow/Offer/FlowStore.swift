import Dispensing
import Parties
import Postgres
import Primitives

/// The SQL statement that finds what a pharmacy may be offered.
struct FlowStore {
    private let transaction: Transaction
    private let consortium: ConsortiumID

    init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    /// Prescriptions that may be handed out today, that no other facility has claimed and whose patients have not chosen
    /// another pharmacy: emergencies, then the newest.
    func candidates(for store: Store, at now: Instant, after: PrescriptionID?, limit: Int) throws -> [Candidate] {
        let later: SQL =
            after.map { after in
                """
                EXISTS (SELECT FROM dispensing.prescription AS last
                         WHERE last.consortium_id = \(consortium) AND last.prescription_id = \(after)
                           AND ((prescription.kind <> 'emergency') > (last.kind <> 'emergency')
                                OR (prescription.kind <> 'emergency') = (last.kind <> 'emergency')
                                   AND (prescription.issued_at, prescription.prescription_id)
                                     < (last.issued_at, last.prescription_id)))
                """
            } ?? "TRUE"
        let today = now.businessDay
        return try transaction.query(
            """
            SELECT prescription.prescription_id, prescription.number, patient_id, patient.name AS patient_name,
                   prescription.kind, prescription.state, prescription.issued_at, day.last_day,
                   choice.store_id IS NOT NULL AS is_chosen, line.products, line.quantities, line.handed_out, line.days
              FROM dispensing.prescription
              JOIN dispensing.prescription_version AS written USING (consortium_id, prescription_id, version)
              JOIN dispensing.patient USING (consortium_id, patient_id)
             CROSS JOIN LATERAL (
                   SELECT CASE prescription.state WHEN 'partly-dispensed'
                          THEN coalesce(prescription.collect_through, written.valid_through)
                          ELSE written.valid_through END AS last_day) AS day
              LEFT JOIN LATERAL (
                   SELECT coalesce(
                          (SELECT store_id FROM prescription_flow.prescription_pharmacy AS chosen
                            WHERE chosen.consortium_id = prescription.consortium_id
                              AND chosen.prescription_id = prescription.prescription_id),
                          (SELECT store_id FROM prescription_flow.patient_pharmacy AS chosen
                            WHERE chosen.consortium_id = prescription.consortium_id
                              AND chosen.patient_id = prescription.patient_id)) AS store_id) AS choice ON TRUE
             CROSS JOIN LATERAL (
                   SELECT array_agg(product_id ORDER BY line_number) AS products,
                          array_agg(quantity ORDER BY line_number) AS quantities,
                          array_agg(handed_out ORDER BY line_number) AS handed_out,
                          array_agg(days ORDER BY line_number) AS days
                     FROM dispensing.prescription_line AS line
                    WHERE line.consortium_id = prescription.consortium_id
                      AND line.prescription_id = prescription.prescription_id AND line.version = prescription.version) AS line
             WHERE prescription.consortium_id = \(consortium) AND prescription.state IN ('approved', 'partly-dispensed')
               -- What has a plan is collected in instalments, by the plan's own register.
               AND NOT (prescription.kind = 'long'
                        AND (prescription.state = 'partly-dispensed' OR prescription.collect_through IS NOT NULL))
               AND \(today) BETWEEN written.written_on AND day.last_day
               AND coalesce(choice.store_id, \(store.id)) = \(store.id)
               AND NOT EXISTS (
                   SELECT FROM dispensing.claim
                    WHERE claim.consortium_id = prescription.consortium_id
                      AND claim.prescription_id = prescription.prescription_id AND claim.ended_at IS NULL
                      AND claim.expires_at > \(now) AND claim.facility_id <> \(store.facility))
               AND \(later)
             ORDER BY prescription.kind <> 'emergency', prescription.issued_at DESC, prescription.prescription_id DESC
             LIMIT \(limit)
            """
        ) { row in
            Candidate(
                id: try row["prescription_id"], number: try row["number"], patient: try row["patient_id"],
                patientName: try row["patient_name"], kind: try row["kind"], state: try row["state"],
                issuedAt: try row["issued_at"], lastDay: try row["last_day"], isChosen: try row["is_chosen"],
                products: try row["products"], quantities: try row["quantities"], handedOut: try row["handed_out"],
                days: try row["days"])
        }
    }
}
