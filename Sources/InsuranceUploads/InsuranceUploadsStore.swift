import PlatformMessages
import Postgres
import Primitives

/// The SQL of institutions and of what insurers ask besides.
struct InsuranceUploadsStore {
    let transaction: Transaction
    let consortium: ConsortiumID

    init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    /// An institution begins with the movement after the last that is there; one that told nothing for a while begins anew.
    func register(_ institution: Institution, by person: PersonID, at now: Instant) throws(PostgresError) {
        try transaction.execute(
            """
            INSERT INTO insurance_uploads.institution AS known
                   (consortium_id, facility_id, platform, code, name, begins_after, is_active, registered_at, person_id)
            SELECT \(consortium), \(institution.facility), \(institution.platform), \(institution.code), \(institution.name),
                   coalesce(max(movement_id), 0), \(institution.isActive), \(now), \(person)
              FROM stock_ledger.movement WHERE consortium_id = \(consortium)
            ON CONFLICT (consortium_id, facility_id) DO UPDATE
               SET platform = excluded.platform, code = excluded.code, name = excluded.name, is_active = excluded.is_active,
                   begins_after = CASE WHEN known.is_active THEN known.begins_after ELSE excluded.begins_after END,
                   registered_at = excluded.registered_at, person_id = excluded.person_id
            """)
        try transaction.execute(
            """
            INSERT INTO insurance_uploads.feed (consortium_id, settled_through, fed_at)
            SELECT \(consortium), begins_after, \(now) FROM insurance_uploads.institution
             WHERE consortium_id = \(consortium) AND facility_id = \(institution.facility)
            ON CONFLICT DO NOTHING
            """)
    }

    /// How many messages of an institution its platform has not answered for good and no person has discarded.
    func openMessages(of institution: Institution) throws -> Int {
        try transaction.first(
            """
            SELECT count(*) AS open
              FROM insurance_uploads.record
              JOIN outbox.message ON message.consortium_id = record.consortium_id AND message.destination = \(institution.platform)
                                 AND message.business_key = 'upload/' || record.record_id
             WHERE record.consortium_id = \(consortium) AND record.facility_id = \(institution.facility)
               AND record.accepted_at IS NULL AND message.state NOT IN ('accepted', 'discarded')
            """
        ) { try $0["open"] as Int } ?? 0
    }

    /// By facility.
    func institutions() throws -> [Institution] {
        try transaction.query(
            """
            SELECT facility_id, platform, code, name, is_active FROM insurance_uploads.institution
             WHERE consortium_id = \(consortium) ORDER BY facility_id
            """, Institution.init)
    }

    func note(_ facts: [NoteUploadFacts.BatchFact], by person: PersonID, at now: Instant) throws(PostgresError) {
        for fact in facts {
            try transaction.execute(
                """
                INSERT INTO insurance_uploads.batch_fact AS known (consortium_id, batch_id, made_on, pack_price, person_id, noted_at)
                VALUES (\(consortium), \(fact.batch), \(fact.madeOn), \(fact.packPrice), \(person), \(now))
                ON CONFLICT (consortium_id, batch_id) DO UPDATE
                   SET made_on = excluded.made_on, pack_price = coalesce(excluded.pack_price, known.pack_price),
                       person_id = excluded.person_id, noted_at = excluded.noted_at
                """)
        }
    }

    func note(_ articles: [NoteUploadFacts.ArticleSale], by person: PersonID, at now: Instant) throws(PostgresError) {
        for article in articles {
            try transaction.execute(
                """
                INSERT INTO insurance_uploads.article_sale (consortium_id, article_id, sale, noted_by_id, noted_at)
                VALUES (\(consortium), \(article.article), \(article.sale), \(person), \(now))
                ON CONFLICT (consortium_id, article_id) DO UPDATE
                   SET sale = excluded.sale, noted_by_id = excluded.noted_by_id, noted_at = excluded.noted_at
                """)
        }
    }

    func note(_ licences: [NoteUploadFacts.Licence], by person: PersonID, at now: Instant) throws(PostgresError) {
        for licence in licences {
            try transaction.execute(
                """
                INSERT INTO insurance_uploads.pharmacist_licence (consortium_id, person_id, number, noted_by_id, noted_at)
                VALUES (\(consortium), \(licence.person), \(licence.number), \(person), \(now))
                ON CONFLICT (consortium_id, person_id) DO UPDATE
                   SET number = excluded.number, noted_by_id = excluded.noted_by_id, noted_at = excluded.noted_at
                """)
        }
    }

    /// Writes the platform's number of a record that it gave none of when it took it.
    func note(_ number: String, of record: UploadRecordID) throws {
        try transaction.execute(
            """
            UPDATE insurance_uploads.record SET platform_record = \(number)
             WHERE consortium_id = \(consortium) AND record_id = \(record) AND accepted_at IS NOT NULL AND platform_record IS NULL
            """)
    }

    /// Writes that the platform has a record, and its number of it.
    func accept(_ record: UploadRecordID, as number: String?, at now: Instant) throws {
        try transaction.execute(
            """
            UPDATE insurance_uploads.record SET accepted_at = \(now), platform_record = \(number)
             WHERE consortium_id = \(consortium) AND record_id = \(record)
            """)
    }
}
