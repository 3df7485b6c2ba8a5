import Postgres
import Primitives

/// The SQL statements about claims. Whoever writes one holds the prescription's lock.
struct ClaimStore {
    private let transaction: Transaction
    private let consortium: ConsortiumID

    private static let columns: SQL = """
        claim_id, prescription_id, facility_id, store_id, person_id, claimed_at, expires_at, ended_at, ended_how, dispensing_id,
        passed_on_by_id
        """

    init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    // MARK: - Deciding

    /// Refuses to hand out a prescription that another facility has claimed at the moment.
    ///
    /// - Throws: ``DispensingRefusal`` `dispensing.claimed-elsewhere`.
    func requireOpen(_ prescription: PrescriptionID, to facility: FacilityID, at now: Instant) throws {
        try ClaimRules.requireOpen(try live(of: prescription, at: now), to: facility)
    }

    /// The claim that keeps others away at a moment. One whose time has passed is closed on the way.
    func live(of prescription: PrescriptionID, at now: Instant) throws -> Claim? {
        try transaction.execute(
            """
            UPDATE dispensing.claim SET ended_at = expires_at, ended_how = \(ClaimEnd.expired)
             WHERE consortium_id = \(consortium) AND prescription_id = \(prescription) AND ended_at IS NULL
               AND expires_at <= \(now)
            """)
        return try transaction.first(
            """
            SELECT \(Self.columns) FROM dispensing.claim
             WHERE consortium_id = \(consortium) AND prescription_id = \(prescription) AND ended_at IS NULL
            """, Claim.init)
    }

    // MARK: - Writing

    /// - Throws: ``DispensingRefusal`` when the id is taken, or another claim was there first.
    func add(_ claim: Claim) throws {
        try refusing(
            "prescription_has_one_open_claim",
            as: DispensingRefusal(.claimedElsewhere, "prescription \(claim.prescription), at the same time")
        ) {
            try refusing("claim_id_is_unique", as: DispensingRefusal(.documentIDTaken, "claim \(claim.id)", field: "claim")) {
                try transaction.execute(
                    """
                    INSERT INTO dispensing.claim
                           (consortium_id, claim_id, prescription_id, facility_id, store_id, person_id, claimed_at, expires_at,
                            passed_on_by_id)
                    VALUES (\(consortium), \(claim.id), \(claim.prescription), \(claim.facility), \(claim.store),
                            \(claim.person), \(claim.claimedAt), \(claim.expiresAt), \(claim.passedOnBy))
                    """)
            }
        }
    }

    func extend(_ id: ClaimID, until expiry: Instant) throws {
        try transaction.execute(
            """
            UPDATE dispensing.claim SET expires_at = \(expiry)
             WHERE consortium_id = \(consortium) AND claim_id = \(id) AND ended_at IS NULL
            """)
    }

    /// Ends the claim on a prescription, if there is one. A claim whose time has passed has expired, whatever happens now.
    ///
    /// The moment may be a little before the claim's own, when two requests waited for each other; then it ended at once.
    func end(of prescription: PrescriptionID, _ how: ClaimEnd, dispensing: DispensingID? = nil, at now: Instant) throws {
        try transaction.execute(
            """
            UPDATE dispensing.claim
               SET ended_at = CASE WHEN expires_at <= \(now) THEN expires_at ELSE greatest(claimed_at, \(now)) END,
                   ended_how = CASE WHEN expires_at <= \(now) THEN \(ClaimEnd.expired) ELSE \(how) END,
                   dispensing_id = CASE WHEN expires_at <= \(now) THEN NULL ELSE \(dispensing) END
             WHERE consortium_id = \(consortium) AND prescription_id = \(prescription) AND ended_at IS NULL
            """)
    }

    /// Closes claims whose time has passed, but for those of prescriptions that others are busy with.
    ///
    /// - Returns: how many.
    func closeExpired(at now: Instant, limit: Int) throws -> Int {
        try transaction.execute(
            """
            UPDATE dispensing.claim SET ended_at = expires_at, ended_how = \(ClaimEnd.expired)
             WHERE consortium_id = \(consortium) AND ended_at IS NULL AND expires_at <= \(now)
               AND prescription_id IN (
                   SELECT claim.prescription_id
                     FROM dispensing.claim
                     JOIN dispensing.prescription USING (consortium_id, prescription_id)
                    WHERE consortium_id = \(consortium) AND ended_at IS NULL AND expires_at <= \(now)
                    ORDER BY expires_at LIMIT \(limit)
                      FOR UPDATE OF prescription SKIP LOCKED)
            """)
    }

    func declare(minutes: Int, by person: PersonID, at now: Instant) throws {
        try transaction.execute(
            """
            INSERT INTO dispensing.claim_practice (consortium_id, minutes, declared_by_id, declared_at)
            VALUES (\(consortium), \(minutes), \(person), \(now))
            ON CONFLICT (consortium_id) DO UPDATE
               SET minutes = excluded.minutes, declared_by_id = excluded.declared_by_id, declared_at = excluded.declared_at
            """)
    }

    // MARK: - Reading

    /// Locks a claim's prescription until the transaction ends, and reads the claim as it is then.
    ///
    /// - Throws: ``DispensingRefusal`` when there is no such claim.
    func locked(_ id: ClaimID) throws -> Claim {
        _ = try PrescriptionStore(transaction, consortium).locked(try claim(id).prescription)
        return try claim(id)
    }

    /// - Throws: ``DispensingRefusal`` when there is no such claim.
    func claim(_ id: ClaimID) throws -> Claim {
        let found = try transaction.first(
            "SELECT \(Self.columns) FROM dispensing.claim WHERE consortium_id = \(consortium) AND claim_id = \(id)", Claim.init)
        guard let found else { throw DispensingRefusal(.claimUnknown, "claim \(id)") }
        return found
    }

    func claims(of prescription: PrescriptionID) throws -> [Claim] {
        try transaction.query(
            """
            SELECT \(Self.columns) FROM dispensing.claim
             WHERE consortium_id = \(consortium) AND prescription_id = \(prescription)
             ORDER BY claimed_at, ended_at NULLS LAST, claim_id
            """, Claim.init)
    }

    func live(of store: StoreID, at now: Instant, after: ClaimID?, limit: Int) throws -> [Claim] {
        let later: SQL =
            after.map { after in
                """
                (expires_at, claim_id) > (
                    SELECT last.expires_at, last.claim_id FROM dispensing.claim AS last
                     WHERE last.consortium_id = \(consortium) AND last.claim_id = \(after))
                """
            } ?? "TRUE"
        return try transaction.query(
            """
            SELECT \(Self.columns) FROM dispensing.claim
             WHERE consortium_id = \(consortium) AND store_id = \(store) AND ended_at IS NULL AND expires_at > \(now) AND \(later)
             ORDER BY expires_at, claim_id LIMIT \(limit)
            """, Claim.init)
    }

    func minutes() throws -> Int {
        try transaction.first("SELECT minutes FROM dispensing.claim_practice WHERE consortium_id = \(consortium)") {
            try $0["minutes"] as Int
        } ?? ClaimRules.minutesDefault
    }

    func duration() throws -> Duration { .seconds(60 * (try minutes())) }
}
