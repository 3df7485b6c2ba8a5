import Postgres
public import Primitives

/// A prescription that waits for review, in the queue.
public struct WaitingPrescription: Sendable, Hashable, Codable {
    public let id: PrescriptionID
    public let number: String
    public let patient: PatientID
    public let patientNumber: String
    public let patientName: String
    public let facility: FacilityID
    public let prescriber: PersonID
    public let kind: PrescriptionKind
    public let state: PrescriptionState
    public let version: Int
    public let diagnosis: String
    public let issuedAt: Instant
    public let validThrough: CalendarDate
    public let lines: Int
    /// 0 emergency, 1 the patient waits, 2 ordinary.
    public let urgency: ReviewUrgency
    /// When this version came to wait.
    public let queuedAt: Instant
    /// Who has it; `nil` when it is free.
    public let heldBy: PersonID?
    public let holdExpiresAt: Instant?
}

extension PrescriptionReadings {
    /// The prescriptions that wait for a pharmacist: emergencies, then those whose patient waits, then the oldest first.
    public func reviewQueue(after: PrescriptionID? = nil, at now: Instant, limit: Int) throws -> [WaitingPrescription] {
        // The last one shown may have left the queue since; its place is known from what it is.
        let later: SQL =
            after.map { after in
                """
                (queue.urgency, queue.queued_at, queue.prescription_id) > (
                    SELECT CASE WHEN last.kind = 'emergency' THEN 0 WHEN last.patient_waiting THEN 1 ELSE 2 END,
                           version.written_at, last.prescription_id
                      FROM dispensing.prescription AS last
                      JOIN dispensing.prescription_version AS version USING (consortium_id, prescription_id, version)
                     WHERE last.consortium_id = \(consortium) AND last.prescription_id = \(after))
                """
            } ?? "TRUE"
        return try transaction.query(
            """
            SELECT \(Self.summaryColumns), urgency, queued_at, holder_id, hold_expires_at
              FROM (SELECT consortium_id, prescription_id, version, urgency, queued_at, holder_id, hold_expires_at
                      FROM dispensing.review_queue) AS queue
              JOIN (\(Self.summaryTables)) USING (consortium_id, prescription_id, version)
             WHERE consortium_id = \(consortium) AND \(later)
             ORDER BY queue.urgency, queue.queued_at, queue.prescription_id LIMIT \(limit)
            """
        ) { try WaitingPrescription($0, at: now) }
    }
}

extension PrescriptionReadings {
    /// What a pharmacist holds, first taken first.
    public func holds(of person: PersonID, at now: Instant) throws -> [ReviewHold] {
        try ReviewQueueStore(transaction, consortium).holds(of: person, at: now)
    }
}

extension WaitingPrescription {
    init(_ row: Row, at now: Instant) throws {
        let summary = try PrescriptionSummary(row)
        let expires: Instant? = try row["hold_expires_at"]
        let isHeld = expires.map { now < $0 } ?? false
        let urgency: Int = try row["urgency"]
        self.init(
            id: summary.id, number: summary.number, patient: summary.patient, patientNumber: summary.patientNumber,
            patientName: summary.patientName, facility: summary.facility, prescriber: summary.prescriber, kind: summary.kind,
            state: summary.state, version: summary.version, diagnosis: summary.diagnosis, issuedAt: summary.issuedAt,
            validThrough: summary.validThrough, lines: summary.lines, urgency: ReviewUrgency(rawValue: urgency) ?? .ordinary,
            queuedAt: try row["queued_at"], heldBy: isHeld ? try row["holder_id"] : nil, holdExpiresAt: isHeld ? expires : nil)
    }
}
