public import Postgres
public import Primitives

/// The SQL statements about how consortia prescribe and review.
public struct PracticeStore {
    private let transaction: Transaction
    private let consortium: ConsortiumID

    public init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    public func practice() throws -> ConsortiumPractice { try declared().practice }

    func declared() throws -> DeclaredPractice {
        try transaction.first(
            """
            SELECT signatures_required_from, qualified_reviewers, rounds_up_to_packs, hold_minutes, holds_max
              FROM dispensing.consortium_practice WHERE consortium_id = \(consortium)
            """
        ) { row in
            let from: Instant? = try row["signatures_required_from"]
            return DeclaredPractice(
                practice: ConsortiumPractice(
                    requiresSignatures: from != nil, requiresQualifiedReviewers: try row["qualified_reviewers"],
                    roundsUpToPacks: try row["rounds_up_to_packs"], holdMinutes: try row["hold_minutes"],
                    holdsMax: try row["holds_max"]),
                signaturesRequiredFrom: from)
        } ?? .undeclared
    }

    func declare(_ practice: ConsortiumPractice, by person: PersonID, at now: Instant) throws {
        let from = practice.requiresSignatures ? try declared().signaturesRequiredFrom ?? now : nil
        try transaction.execute(
            """
            INSERT INTO dispensing.consortium_practice
                   (consortium_id, signatures_required_from, qualified_reviewers, rounds_up_to_packs, hold_minutes, holds_max,
                    declared_by_id, declared_at)
            VALUES (\(consortium), \(from), \(practice.requiresQualifiedReviewers), \(practice.roundsUpToPacks),
                    \(practice.holdMinutes), \(practice.holdsMax), \(person), \(now))
            ON CONFLICT (consortium_id) DO UPDATE
               SET signatures_required_from = excluded.signatures_required_from,
                   qualified_reviewers = excluded.qualified_reviewers, rounds_up_to_packs = excluded.rounds_up_to_packs,
                   hold_minutes = excluded.hold_minutes, holds_max = excluded.holds_max,
                   declared_by_id = excluded.declared_by_id, declared_at = excluded.declared_at
            """)
    }
}
