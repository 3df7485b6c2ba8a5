public import Postgres
public import Primitives

/// The SQL statements about who reviews.
public struct ReviewerStore {
    private let transaction: Transaction
    private let consortium: ConsortiumID

    public init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    func declare(_ reviewer: ReviewerQualification, by person: PersonID, at now: Instant) throws {
        try transaction.execute(
            """
            INSERT INTO dispensing.reviewer_qualification
                   (consortium_id, person_id, title, dispensing_since, trained_on, declared_by_id, declared_at)
            VALUES (\(consortium), \(reviewer.person), \(reviewer.title), \(reviewer.dispensingSince), \(reviewer.trainedOn),
                    \(person), \(now))
            ON CONFLICT (consortium_id, person_id) DO UPDATE
               SET title = excluded.title, dispensing_since = excluded.dispensing_since, trained_on = excluded.trained_on,
                   declared_by_id = excluded.declared_by_id, declared_at = excluded.declared_at
            """)
    }

    /// Everyone who was declared, in the order of their numbers.
    public func reviewers() throws -> [ReviewerQualification] {
        try transaction.query(
            """
            SELECT person_id, title, dispensing_since, trained_on FROM dispensing.reviewer_qualification
             WHERE consortium_id = \(consortium) ORDER BY person_id
            """, ReviewerQualification.init)
    }

    /// - Throws: ``DispensingRefusal`` when the consortium requires reviewers to be declared, and this person is not, or lacks
    ///   something.
    func requireReviewer(_ principal: Principal, _ practice: ConsortiumPractice, on today: CalendarDate) throws {
        guard practice.requiresQualifiedReviewers else { return }
        let known = try transaction.first(
            """
            SELECT person_id, title, dispensing_since, trained_on FROM dispensing.reviewer_qualification
             WHERE consortium_id = \(consortium) AND person_id = \(principal.person)
            """, ReviewerQualification.init)
        guard let known else { throw DispensingRefusal(.reviewerNotQualified, "\(principal.name) was not declared a reviewer") }
        if let missing = known.missing(on: today) {
            throw DispensingRefusal(.reviewerNotQualified, "\(principal.name) lacks \(missing)")
        }
    }
}

extension ReviewerQualification {
    init(_ row: Row) throws {
        self.init(
            person: try row["person_id"], title: try row["title"], dispensingSince: try row["dispensing_since"],
            trainedOn: try row["trained_on"])
    }
}
