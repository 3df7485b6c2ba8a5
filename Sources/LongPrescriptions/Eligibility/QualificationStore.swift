import Postgres
import Primitives

/// The SQL statements about what prescribers and institutions may begin.
struct QualificationStore {
    let transaction: Transaction
    let consortium: ConsortiumID

    init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    func declare(_ qualification: PrescriberQualification, of person: PersonID, by principal: Principal, at now: Instant) throws {
        try transaction.execute(
            """
            INSERT INTO long_prescriptions.qualification
                   (consortium_id, person_id, title, specialties, declared_by_id, declared_at)
            VALUES (\(consortium), \(person), \(qualification.title), \(qualification.specialties.map(\.rawValue)),
                    \(principal.person), \(now))
            ON CONFLICT (consortium_id, person_id) DO UPDATE
               SET title = excluded.title, specialties = excluded.specialties, declared_by_id = excluded.declared_by_id,
                   declared_at = excluded.declared_at
            """)
    }

    func qualification(of person: PersonID) throws -> PrescriberQualification? {
        try transaction.first(
            """
            SELECT title, specialties FROM long_prescriptions.qualification
             WHERE consortium_id = \(consortium) AND person_id = \(person)
            """
        ) { row in PrescriberQualification(title: try row["title"], specialties: try row["specialties"]) }
    }

    func declare(_ facility: FacilityID, mayBegin: Bool, by principal: Principal, at now: Instant) throws {
        try transaction.execute(
            """
            INSERT INTO long_prescriptions.facility_ability (consortium_id, facility_id, may_begin, declared_by_id, declared_at)
            VALUES (\(consortium), \(facility), \(mayBegin), \(principal.person), \(now))
            ON CONFLICT (consortium_id, facility_id) DO UPDATE
               SET may_begin = excluded.may_begin, declared_by_id = excluded.declared_by_id, declared_at = excluded.declared_at
            """)
    }

    func mayBegin(_ facility: FacilityID) throws -> Bool {
        try transaction.first(
            """
            SELECT may_begin FROM long_prescriptions.facility_ability
             WHERE consortium_id = \(consortium) AND facility_id = \(facility)
            """
        ) { try $0["may_begin"] as Bool } ?? false
    }
}
