import Postgres
import Primitives

/// The SQL of differences at one platform.
struct DifferencesStore {
    let transaction: Transaction
    let consortium: ConsortiumID
    let platform: String

    init(_ transaction: Transaction, _ consortium: ConsortiumID, _ platform: String) {
        self.transaction = transaction
        self.consortium = consortium
        self.platform = platform
    }

    /// Opens a difference, or writes what it is now. One that a person has settled as it is stays settled.
    func open(_ kind: Difference.Kind, _ subject: String, ours: String, theirs: String, at now: Instant) throws {
        try transaction.execute(
            """
            INSERT INTO platform_exchange.difference (consortium_id, platform, kind, subject, ours, theirs, found_at)
            SELECT \(consortium), \(platform), \(kind), \(subject), \(ours), \(theirs), \(now)
             WHERE NOT EXISTS (
                   SELECT FROM (SELECT ours, theirs, settled_by_id FROM platform_exchange.difference
                                 WHERE consortium_id = \(consortium) AND platform = \(platform) AND kind = \(kind)
                                   AND subject = \(subject) ORDER BY difference_id DESC LIMIT 1) AS last
                    WHERE last.settled_by_id IS NOT NULL AND last.ours = \(ours) AND last.theirs = \(theirs))
            ON CONFLICT (consortium_id, platform, subject, kind) WHERE settled_at IS NULL
               DO UPDATE SET ours = excluded.ours, theirs = excluded.theirs
            """)
    }

    /// Settles those of a subject that are not found any more.
    func agree(_ subject: String, except kinds: [Difference.Kind], at now: Instant) throws {
        try transaction.execute(
            """
            UPDATE platform_exchange.difference SET settled_at = \(now), reason = 'agrees again'
             WHERE consortium_id = \(consortium) AND platform = \(platform) AND subject = \(subject) AND settled_at IS NULL
               AND NOT kind = ANY(\(kinds.map(\.rawValue)))
            """)
    }

    /// - Returns: whether it was open.
    func settle(_ id: DifferenceID, by person: PersonID, reason: String, at now: Instant) throws -> Bool {
        let changed = try transaction.execute(
            """
            UPDATE platform_exchange.difference SET settled_at = \(now), settled_by_id = \(person), reason = \(reason)
             WHERE consortium_id = \(consortium) AND difference_id = \(id) AND settled_at IS NULL
            """)
        return changed == 1
    }

    /// Settles what is open about a subject.
    func settle(_ subject: String, by person: PersonID, reason: String, at now: Instant) throws {
        try transaction.execute(
            """
            UPDATE platform_exchange.difference SET settled_at = \(now), settled_by_id = \(person), reason = \(reason)
             WHERE consortium_id = \(consortium) AND platform = \(platform) AND subject = \(subject) AND settled_at IS NULL
            """)
    }

    /// Oldest first.
    func open(limit: Int) throws -> [Difference] {
        try transaction.query(
            """
            SELECT \(Difference.columns) FROM platform_exchange.difference
             WHERE consortium_id = \(consortium) AND platform = \(platform) AND settled_at IS NULL
             ORDER BY difference_id LIMIT \(limit)
            """
        ) { try Difference($0) }
    }
}
