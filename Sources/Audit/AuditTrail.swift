public import Postgres
public import Primitives

/// The append-only record of who did what, when, to which record.
///
/// ```swift
/// try AuditTrail(transaction).append("requisitions.submit", subject: "requisition \(id)", by: principal, at: now)
/// ```
public struct AuditTrail {
    private let transaction: Transaction

    public init(_ transaction: Transaction) { self.transaction = transaction }

    /// Appends one event in the transaction of the fact it records.
    ///
    /// - Parameters:
    ///   - action: the operation, named as the API names it.
    ///   - subject: the kind and the id of what it was done to.
    ///   - detail: what changed, as plain words or numbers; nothing that identifies a patient.
    public func append(
        _ action: String, subject: String, by principal: Principal, at now: Instant, detail: [String: String] = [:]
    ) throws {
        try transaction.execute(
            """
            INSERT INTO audit.event (consortium_id, recorded_at, person_id, facility_id, action, subject, detail)
            VALUES (\(principal.consortium), \(now), \(principal.person), \(principal.facility), \(action), \(subject),
                    jsonb_object(\(Array(detail.keys)), \(Array(detail.values))))
            """)
    }

    /// The events of one subject, oldest first.
    public func events(of subject: String, in consortium: ConsortiumID) throws -> [AuditEvent] {
        try transaction.query(
            """
            SELECT recorded_at, person_id, action, subject
              FROM audit.event
             WHERE consortium_id = \(consortium) AND subject = \(subject)
             ORDER BY recorded_at, event_id
            """
        ) { row in
            try AuditEvent(
                recordedAt: row["recorded_at"], person: row["person_id"], action: row["action"], subject: row["subject"])
        }
    }
}

/// One thing that was done.
public struct AuditEvent: Sendable, Hashable, Codable {
    public let recordedAt: Instant
    public let person: PersonID
    public let action: String
    public let subject: String
}
