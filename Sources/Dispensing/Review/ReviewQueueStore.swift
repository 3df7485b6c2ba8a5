import Postgres
import Primitives

/// The SQL statements about prescriptions that wait for review. The table holds only these, so that taking the next one
/// costs the same however many prescriptions there are.
struct ReviewQueueStore {
    private let transaction: Transaction
    private let consortium: ConsortiumID

    private static let placeColumns: SQL = "version, queued_at, holder_id, held_at, hold_expires_at"

    init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    // MARK: - Waiting

    func add(
        _ id: PrescriptionID, version: Int, prescriber: PersonID, urgency: ReviewUrgency, at now: Instant
    ) throws {
        try transaction.execute(
            """
            INSERT INTO dispensing.review_queue (consortium_id, prescription_id, version, prescriber_id, urgency, queued_at)
            VALUES (\(consortium), \(id), \(version), \(prescriber), \(urgency.rawValue), \(now))
            """)
    }

    func remove(_ id: PrescriptionID) throws { try remove([id]) }

    func remove(_ ids: [PrescriptionID]) throws {
        try transaction.execute(
            "DELETE FROM dispensing.review_queue WHERE consortium_id = \(consortium) AND prescription_id = ANY(\(ids))")
    }

    /// Locks the place of a prescription that the transaction has locked; `nil` when it does not wait.
    func locked(_ id: PrescriptionID) throws -> QueuedPrescription? {
        try transaction.first(
            """
            SELECT \(Self.placeColumns) FROM dispensing.review_queue
             WHERE consortium_id = \(consortium) AND prescription_id = \(id) FOR UPDATE
            """, QueuedPrescription.init)
    }

    /// The place of a prescription; `nil` when it does not wait.
    func place(of id: PrescriptionID) throws -> QueuedPrescription? {
        try transaction.first(
            """
            SELECT \(Self.placeColumns) FROM dispensing.review_queue
             WHERE consortium_id = \(consortium) AND prescription_id = \(id)
            """, QueuedPrescription.init)
    }

    /// The place of a prescription, locked, unless another person than `person` holds it.
    ///
    /// - Throws: ``DispensingRefusal`` when another does.
    @discardableResult
    func requireFree(_ prescription: Prescription, for person: PersonID, at now: Instant) throws -> QueuedPrescription? {
        let place = try locked(prescription.id)
        if let holder = place?.holder(at: now), holder != person {
            throw DispensingRefusal(.heldByAnother, "\(prescription.number) is being reviewed by person \(holder)")
        }
        return place
    }

    // MARK: - Holding

    /// Frees what a person held until it expired, so that it counts no more.
    func releaseExpired(of person: PersonID, at now: Instant) throws {
        try transaction.execute(
            """
            UPDATE dispensing.review_queue SET holder_id = NULL, hold_slot = NULL, held_at = NULL, hold_expires_at = NULL
             WHERE consortium_id = \(consortium) AND holder_id = \(person) AND hold_expires_at <= \(now)
            """)
    }

    /// The places, from 1, at which a person holds something.
    func slots(of person: PersonID) throws -> Set<Int> {
        Set(
            try transaction.query(
                "SELECT hold_slot FROM dispensing.review_queue WHERE consortium_id = \(consortium) AND holder_id = \(person)"
            ) { try $0["hold_slot"] })
    }

    /// The first prescription that nobody holds and another than `person` wrote, locked; those that another transaction is
    /// about to take are passed over.
    func next(for person: PersonID, at now: Instant) throws -> PrescriptionID? {
        try transaction.first(
            """
            SELECT prescription_id FROM dispensing.review_queue
             WHERE consortium_id = \(consortium) AND (holder_id IS NULL OR hold_expires_at <= \(now))
               AND prescriber_id <> \(person)
             ORDER BY urgency, queued_at, prescription_id
             LIMIT 1 FOR UPDATE SKIP LOCKED
            """
        ) { try $0["prescription_id"] }
    }

    /// Lets a person hold a place that the transaction has locked.
    ///
    /// - Throws: ``DispensingRefusal`` when the person took another one at the same slot meanwhile.
    func hold(_ id: PrescriptionID, by person: PersonID, slot: Int, from now: Instant, until: Instant) throws -> ReviewHold? {
        try refusing(
            "person_holds_one_prescription_in_a_slot", as: DispensingRefusal(.holdsFull, "another was taken at the same time")
        ) {
            try transaction.first(
                """
                UPDATE dispensing.review_queue AS queue
                   SET holder_id = \(person), hold_slot = \(slot), held_at = \(now), hold_expires_at = \(until)
                  FROM dispensing.prescription
                 WHERE queue.consortium_id = \(consortium) AND queue.prescription_id = \(id)
                   AND prescription.consortium_id = queue.consortium_id
                   AND prescription.prescription_id = queue.prescription_id
                RETURNING queue.prescription_id, prescription.number, queue.version, holder_id, held_at, hold_expires_at
                """, ReviewHold.init)
        }
    }

    /// - Returns: the hold as it is then; `nil` when the person holds it no more.
    func renew(_ id: PrescriptionID, by person: PersonID, at now: Instant, until: Instant) throws -> ReviewHold? {
        try transaction.first(
            """
            UPDATE dispensing.review_queue AS queue SET hold_expires_at = \(until)
              FROM dispensing.prescription
             WHERE queue.consortium_id = \(consortium) AND queue.prescription_id = \(id) AND holder_id = \(person)
               AND hold_expires_at > \(now) AND prescription.consortium_id = queue.consortium_id
               AND prescription.prescription_id = queue.prescription_id
            RETURNING queue.prescription_id, prescription.number, queue.version, holder_id, held_at, hold_expires_at
            """, ReviewHold.init)
    }

    /// - Returns: whether the person held it.
    func release(_ id: PrescriptionID, by person: PersonID, at now: Instant) throws -> Bool {
        try transaction.execute(
            """
            UPDATE dispensing.review_queue SET holder_id = NULL, hold_slot = NULL, held_at = NULL, hold_expires_at = NULL
             WHERE consortium_id = \(consortium) AND prescription_id = \(id) AND holder_id = \(person)
               AND hold_expires_at > \(now)
            """) == 1
    }

    /// What a person holds, first taken first.
    func holds(of person: PersonID, at now: Instant) throws -> [ReviewHold] {
        try transaction.query(
            """
            SELECT prescription_id, prescription.number, queue.version, holder_id, held_at, hold_expires_at
              FROM dispensing.review_queue AS queue
              JOIN dispensing.prescription USING (consortium_id, prescription_id)
             WHERE consortium_id = \(consortium) AND holder_id = \(person) AND hold_expires_at > \(now)
             ORDER BY held_at, prescription_id
            """, ReviewHold.init)
    }
}

extension QueuedPrescription {
    init(_ row: Row) throws {
        self.init(
            version: try row["version"], queuedAt: try row["queued_at"], holder: try row["holder_id"],
            heldAt: try row["held_at"], expiresAt: try row["hold_expires_at"])
    }
}

extension ReviewHold {
    init(_ row: Row) throws {
        self.init(
            prescription: try row["prescription_id"], number: try row["number"], version: try row["version"],
            holder: try row["holder_id"], heldAt: try row["held_at"], expiresAt: try row["hold_expires_at"])
    }
}
