import Dispensing
import PlatformMessages
import Postgres
import Primitives

/// An upload with all that is kept of it.
struct StoredUpload: Sendable {
    let prescription: PrescriptionID
    let round: Int
    let number: String
    let platform: String
    let state: UploadState
    let version: Int?
    let credential: UploadCredential?
    let insurerNumber: String?
    let traceCode: String?
    let original: String?
    let file: String?
    let signDigest: String?
    let revokedBy: PersonID?
    let revocation: String
    let revokedAt: Instant?
    /// How often somebody has asked that it be taken back.
    let revocations: Int
    let use: PlatformPrescriptionUse.Use

    init(_ row: Row) throws {
        prescription = try row["prescription_id"]
        round = try row["round"]
        number = try row["number"]
        platform = try row["platform"]
        state = try row["state"]
        version = try row["version"]
        credential = try (row["credential"] as JSON<UploadCredential>?)?.value
        insurerNumber = try row["insurer_number"]
        traceCode = try row["trace_code"]
        original = try row["original"]
        file = try row["file"]
        signDigest = try row["sign_digest"]
        revokedBy = try row["revoked_by_id"]
        revocation = try row["revocation"]
        revokedAt = try row["revoked_at"]
        revocations = try row["revocations"]
        use = PlatformPrescriptionUse.Use(rawValue: try row["use"]) ?? .unknown
    }

    static var columns: SQL {
        """
        prescription_id, round, number, platform, state, version, credential, insurer_number, trace_code, original, file,
        sign_digest, revoked_by_id, revocation, revoked_at, revocations, use
        """
    }
}

/// Every SQL statement that changes uploads, or reads what they are told from.
struct UploadsStore {
    let transaction: Transaction
    let consortium: ConsortiumID

    init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    // MARK: - Rounds

    /// All rounds of a prescription, the first one first; no other transaction changes them, adds one or does anything with the
    /// prescription before this one ends. The prescription comes first, as whoever reviews it or hands it out locks it first.
    func lockedRounds(of prescription: PrescriptionID) throws -> [StoredUpload] {
        try transaction.execute(
            """
            SELECT 1 FROM dispensing.prescription
             WHERE consortium_id = \(consortium) AND prescription_id = \(prescription) FOR UPDATE
            """)
        return try transaction.query(
            """
            SELECT \(StoredUpload.columns) FROM prescription_uploads.upload
             WHERE consortium_id = \(consortium) AND prescription_id = \(prescription) ORDER BY round FOR NO KEY UPDATE
            """, StoredUpload.init)
    }

    func upload(of prescription: PrescriptionID, round: Int) throws -> StoredUpload? {
        try transaction.first(
            """
            SELECT \(StoredUpload.columns) FROM prescription_uploads.upload
             WHERE consortium_id = \(consortium) AND prescription_id = \(prescription) AND round = \(round)
            """, StoredUpload.init)
    }

    /// - Throws: ``PrescriptionUploadsRefusal`` when it was offered at the same time.
    func add(
        _ prescription: PrescriptionID, round: Int, number: String, at platform: String, credential: UploadCredential,
        by person: PersonID, _ now: Instant
    ) throws {
        let added = try transaction.execute(
            """
            INSERT INTO prescription_uploads.upload
                   (consortium_id, prescription_id, round, number, platform, state, credential, offered_by_id, offered_at, changed_at)
            VALUES (\(consortium), \(prescription), \(round), \(number), \(platform), \(UploadState.offered),
                    \(try JSON(credential)), \(person), \(now), \(now))
            ON CONFLICT DO NOTHING
            """)
        guard added == 1 else { throw PrescriptionUploadsRefusal(.offeredAlready, number) }
    }

    func announce(_ upload: StoredUpload, version: Int, at now: Instant) throws {
        try transaction.execute(
            """
            UPDATE prescription_uploads.upload SET state = \(UploadState.announced), version = \(version), changed_at = \(now)
             WHERE consortium_id = \(consortium) AND prescription_id = \(upload.prescription) AND round = \(upload.round)
            """)
    }

    func ask(revocationOf upload: StoredUpload, by person: PersonID, _ reason: String, at now: Instant) throws {
        try transaction.execute(
            """
            UPDATE prescription_uploads.upload
               SET revoked_by_id = \(person), revocation = \(reason), revoked_at = \(now),
                   revocations = revocations + 1, changed_at = \(now)
             WHERE consortium_id = \(consortium) AND prescription_id = \(upload.prescription) AND round = \(upload.round)
            """)
    }

    /// Ends it. Who the patient is is forgotten, and the file in which it stands.
    func close(_ upload: StoredUpload, as state: UploadState, at now: Instant) throws {
        try transaction.execute(
            """
            UPDATE prescription_uploads.upload
               SET state = \(state), credential = NULL, original = NULL, file = NULL, ask_at = NULL, changed_at = \(now)
             WHERE consortium_id = \(consortium) AND prescription_id = \(upload.prescription) AND round = \(upload.round)
            """)
    }

    /// The message about the round that is told next; `nil` when none is open.
    func openStep(of upload: StoredUpload) throws -> PrescriptionUpload.OpenStep? {
        try transaction.first(
            """
            SELECT kind, state, reason, tries FROM outbox.message
             WHERE consortium_id = \(consortium) AND destination = \(upload.platform)
               AND document_key = (SELECT number FROM dispensing.prescription
                                    WHERE consortium_id = \(consortium) AND prescription_id = \(upload.prescription))
               AND state NOT IN ('accepted', 'discarded')
             ORDER BY message_id LIMIT 1
            """
        ) {
            PrescriptionUpload.OpenStep(
                kind: try $0["kind"], state: try $0["state"], reason: try $0["reason"], tries: try $0["tries"])
        }
    }

    // MARK: - Codes

    func institution(_ facility: FacilityID) throws -> InsuredInstitution? {
        try transaction.first(
            """
            SELECT platform, code, name, division, pharmacy_code, pharmacy_name FROM prescription_uploads.institution
             WHERE consortium_id = \(consortium) AND facility_id = \(facility)
            """
        ) {
            InsuredInstitution(
                facility: facility, platform: try $0["platform"], code: try $0["code"], name: try $0["name"],
                division: try $0["division"], pharmacyCode: try $0["pharmacy_code"], pharmacyName: try $0["pharmacy_name"])
        }
    }

    func clinician(_ person: PersonID) throws -> InsuredClinician? {
        try transaction.first(
            """
            SELECT code, title_code, title, certificate_kind, certificate, practice FROM prescription_uploads.clinician
             WHERE consortium_id = \(consortium) AND person_id = \(person)
            """
        ) {
            InsuredClinician(
                person: person, code: try $0["code"], titleCode: try $0["title_code"], title: try $0["title"],
                certificateKind: try $0["certificate_kind"], certificate: try $0["certificate"], practice: try $0["practice"])
        }
    }

    func name(of person: PersonID) throws -> String {
        try transaction.first(
            "SELECT name FROM identity.person WHERE consortium_id = \(consortium) AND person_id = \(person)"
        ) { try $0["name"] as String } ?? ""
    }

    func write(_ institution: InsuredInstitution) throws {
        do throws(PostgresError) {
            try transaction.execute(
                """
                INSERT INTO prescription_uploads.institution
                       (consortium_id, facility_id, platform, code, name, division, pharmacy_code, pharmacy_name)
                VALUES (\(consortium), \(institution.facility), \(institution.platform), \(institution.code), \(institution.name),
                        \(institution.division), \(institution.pharmacyCode), \(institution.pharmacyName))
                ON CONFLICT (consortium_id, facility_id) DO UPDATE
                   SET platform = excluded.platform, code = excluded.code, name = excluded.name, division = excluded.division,
                       pharmacy_code = excluded.pharmacy_code, pharmacy_name = excluded.pharmacy_name
                """)
        } catch {
            guard error.sqlState == "23503" else { throw error }
            throw PrescriptionUploadsRefusal(.institutionIncomplete, "facility \(institution.facility)", field: "facility")
        }
    }

    func write(_ clinician: InsuredClinician) throws {
        do throws(PostgresError) {
            try transaction.execute(
                """
                INSERT INTO prescription_uploads.clinician
                       (consortium_id, person_id, code, title_code, title, certificate_kind, certificate, practice)
                VALUES (\(consortium), \(clinician.person), \(clinician.code), \(clinician.titleCode), \(clinician.title),
                        \(clinician.certificateKind), \(clinician.certificate), \(clinician.practice))
                ON CONFLICT (consortium_id, person_id) DO UPDATE
                   SET code = excluded.code, title_code = excluded.title_code, title = excluded.title,
                       certificate_kind = excluded.certificate_kind, certificate = excluded.certificate,
                       practice = excluded.practice
                """)
        } catch {
            guard error.sqlState == "23503" else { throw error }
            throw PrescriptionUploadsRefusal(.clinicianIncomplete, "person \(clinician.person)", field: "person")
        }
    }
}
