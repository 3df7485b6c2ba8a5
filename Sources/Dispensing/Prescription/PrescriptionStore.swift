import Postgres
import Primitives

/// The SQL statements that write prescriptions, and read one.
struct PrescriptionStore {
    let transaction: Transaction
    let consortium: ConsortiumID

    init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    // MARK: - Writing

    func nextNumber(year: Int) throws -> String {
        try transaction.documentNumber("CF", year: year, from: "SELECT nextval('dispensing.prescription_number') AS number")
    }

    /// Adds a prescription, whose first version is written next.
    ///
    /// - Throws: ``DispensingRefusal`` when the id is taken.
    func add(
        _ id: PrescriptionID, number: String, patient: PatientID, facility: FacilityID, prescriber: PersonID,
        kind: PrescriptionKind, patientIsWaiting: Bool, at now: Instant
    ) throws {
        try refusing(
            "prescription_id_is_unique", as: DispensingRefusal(.documentIDTaken, "prescription \(id)", field: "prescriptionID")
        ) {
            try transaction.execute(
                """
                INSERT INTO dispensing.prescription
                       (consortium_id, prescription_id, number, patient_id, facility_id, prescriber_id, kind, state, version,
                        issued_at, patient_waiting)
                VALUES (\(consortium), \(id), \(number), \(patient), \(facility), \(prescriber), \(kind),
                        \(PrescriptionState.issued), 1, \(now), \(patientIsWaiting))
                """)
        }
    }

    /// Changes the state of a prescription that the transaction has locked.
    func set(_ state: PrescriptionState, version: Int, of id: PrescriptionID, closingReason: String = "") throws {
        try transaction.execute(
            """
            UPDATE dispensing.prescription SET state = \(state), version = \(version), closing_reason = \(closingReason)
             WHERE consortium_id = \(consortium) AND prescription_id = \(id)
            """)
    }

    func add(_ review: PrescriptionReview, of id: PrescriptionID) throws {
        try transaction.execute(
            """
            INSERT INTO dispensing.review
                   (consortium_id, prescription_id, version, outcome, reviewer_id, facility_id, reason, problem, queued_at,
                    held_at, reviewed_at)
            VALUES (\(consortium), \(id), \(review.version), \(review.outcome), \(review.reviewer), \(review.facility),
                    \(review.reason), \(review.problem), \(review.queuedAt), \(review.heldAt), \(review.reviewedAt))
            """)
    }

    /// Ends the rest of a partly dispensed prescription that the transaction has locked.
    func end(_ id: PrescriptionID, for cause: EndOfRest, reason: String) throws {
        try transaction.execute(
            """
            UPDATE dispensing.prescription
               SET state = \(PrescriptionState.ended), rest_ended_for = \(cause), closing_reason = \(reason)
             WHERE consortium_id = \(consortium) AND prescription_id = \(id)
            """)
    }

    /// Says through which day the rest of a long prescription may be collected.
    func collect(_ id: PrescriptionID, through day: CalendarDate) throws {
        try transaction.execute(
            """
            UPDATE dispensing.prescription SET collect_through = \(day)
             WHERE consortium_id = \(consortium) AND prescription_id = \(id)
            """)
    }

    /// Adds what a dispensing hands out to the lines of a prescription that the transaction has locked.
    ///
    /// - Throws: ``DispensingRefusal`` when more would be handed out than is open; the constraint has the last word.
    func handOut(_ lines: [HandOutLine], of id: PrescriptionID, version: Int) throws {
        try refusing(
            "no_more_is_handed_out_than_prescribed",
            as: DispensingRefusal(.exceedsOpen, "prescription \(id)", field: "lines")
        ) {
            for line in lines.sorted(by: { $0.line < $1.line }) {
                try transaction.execute(
                    """
                    UPDATE dispensing.prescription_line SET handed_out = handed_out + \(line.quantity)
                     WHERE consortium_id = \(consortium) AND prescription_id = \(id) AND version = \(version)
                       AND line_number = \(line.line)
                    """)
            }
        }
    }

    /// Closes prescriptions whose last day is before `today`; those that another transaction holds wait for the next run.
    func expire(before today: CalendarDate, limit: Int) throws -> [PrescriptionID] {
        let closed: [PrescriptionID] = try transaction.query(
            """
            UPDATE dispensing.prescription
               SET state = CASE state WHEN 'partly-dispensed' THEN 'ended' ELSE 'expired' END,
                   rest_ended_for = CASE state WHEN 'partly-dispensed' THEN 'validity' END
             WHERE consortium_id = \(consortium) AND prescription_id IN (
                   SELECT prescription_id
                     FROM dispensing.prescription
                     JOIN dispensing.prescription_version USING (consortium_id, prescription_id, version)
                    WHERE consortium_id = \(consortium)
                      AND state IN ('issued', 'approved', 'returned', 'partly-dispensed')
                      AND CASE state WHEN 'partly-dispensed' THEN coalesce(collect_through, valid_through)
                                     ELSE valid_through END < \(today)
                    ORDER BY prescription_id LIMIT \(limit)
                      FOR UPDATE OF prescription SKIP LOCKED)
            RETURNING prescription_id
            """
        ) { try $0["prescription_id"] }
        if !closed.isEmpty { try ReviewQueueStore(transaction, consortium).remove(closed) }
        return closed
    }

    // MARK: - Reading

    /// Locks a prescription until the transaction ends, and reads it as it is then.
    ///
    /// - Throws: ``DispensingRefusal`` when there is no such prescription.
    func locked(_ id: PrescriptionID) throws -> Prescription {
        try transaction.execute(
            """
            SELECT 1 FROM dispensing.prescription WHERE consortium_id = \(consortium) AND prescription_id = \(id) FOR UPDATE
            """)
        return try prescription(id)
    }

    /// - Throws: ``DispensingRefusal`` when there is no such prescription.
    func prescription(_ id: PrescriptionID) throws -> Prescription {
        let lines = try lines(of: id)
        let reviews = try reviews(of: id)
        let dispensings = try dispensings(of: id)
        let found = try transaction.first(
            """
            SELECT prescription.number, patient_id, facility_id, prescriber_id, kind, state, version, issued_at,
                   patient_waiting, written_at, written_on, valid_through, collect_through, rest_ended_for, key_id, signed_at,
                   signature, \(Self.contentColumns)
              FROM dispensing.prescription
              JOIN dispensing.prescription_version USING (consortium_id, prescription_id, version)
              LEFT JOIN dispensing.prescription_signature USING (consortium_id, prescription_id, version)
             WHERE consortium_id = \(consortium) AND prescription_id = \(id)
            """
        ) { row in
            let writtenOn: CalendarDate = try row["written_on"]
            let validThrough: CalendarDate = try row["valid_through"]
            let content = try Self.content(row, lines: lines.map(\.written), from: writtenOn, through: validThrough)
            return Prescription(
                id: id, number: try row["number"], patient: try row["patient_id"], facility: try row["facility_id"],
                prescriber: try row["prescriber_id"], kind: try row["kind"], state: try row["state"],
                version: try row["version"], issuedAt: try row["issued_at"],
                patientIsWaiting: try row["patient_waiting"], writtenAt: try row["written_at"], writtenOn: writtenOn,
                validThrough: validThrough, override: try Self.override(row), signature: try PrescriptionSignature.read(row),
                collectThrough: try row["collect_through"], content: content, handedOut: lines.map(\.handedOut),
                reviews: reviews, dispensings: dispensings, restEndedFor: try row["rest_ended_for"])
        }
        guard let found else { throw DispensingRefusal(.prescriptionUnknown, "prescription \(id)") }
        return found
    }

    private func dispensings(of id: PrescriptionID) throws -> [DispensingID] {
        try transaction.query(
            """
            SELECT dispensing_id FROM dispensing.dispensing
             WHERE consortium_id = \(consortium) AND prescription_id = \(id)
             ORDER BY part
            """
        ) { try $0["dispensing_id"] }
    }

    private func reviews(of id: PrescriptionID) throws -> [PrescriptionReview] {
        try transaction.query(
            """
            SELECT version, outcome, reviewer_id, facility_id, reason, problem, queued_at, held_at, reviewed_at
              FROM dispensing.review
             WHERE consortium_id = \(consortium) AND prescription_id = \(id)
             ORDER BY version
            """
        ) { row in
            PrescriptionReview(
                version: try row["version"], outcome: try row["outcome"], reviewer: try row["reviewer_id"],
                facility: try row["facility_id"], reason: try row["reason"], problem: try row["problem"],
                queuedAt: try row["queued_at"], heldAt: try row["held_at"], reviewedAt: try row["reviewed_at"])
        }
    }

    /// The lines of a patient's long prescriptions that are to be dispensed or have been. One whose rest was ended covers the
    /// share of its days that was handed out.
    func covered(_ patient: PatientID, except: PrescriptionID?) throws -> [CoveredDays] {
        try transaction.query(
            """
            SELECT product_id, coalesce(first_on, written_on) AS covered_from,
                   CASE state WHEN 'ended' THEN ((days * handed_out + quantity - 1) / quantity)::integer ELSE days END AS days
              FROM dispensing.prescription
              JOIN dispensing.prescription_version USING (consortium_id, prescription_id, version)
              JOIN dispensing.prescription_line USING (consortium_id, prescription_id, version)
              LEFT JOIN (SELECT consortium_id, prescription_id, dispensed_on AS first_on
                           FROM dispensing.dispensing WHERE part = 1) AS begun USING (consortium_id, prescription_id)
             WHERE consortium_id = \(consortium) AND patient_id = \(patient) AND prescription_id IS DISTINCT FROM \(except)
               AND kind = 'long' AND state IN ('issued', 'approved', 'returned', 'partly-dispensed', 'dispensed', 'ended')
             ORDER BY prescription_id, line_number
            """
        ) { row in
            CoveredDays(product: try row["product_id"], from: try row["covered_from"], days: try row["days"])
        }
    }
}
