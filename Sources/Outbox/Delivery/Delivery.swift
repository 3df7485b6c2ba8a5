public import Postgres
public import Primitives

/// What a teller writes: claims on documents, and what became of each try. Any number of tellers may be at it.
///
/// A claim is a lease. When it has run out the document is claimed by whoever comes next, and what the late one writes is
/// refused with ``ClaimLost``, with nothing changed. The database cannot call back a request that is on its way: so a lease
/// must last longer than a request may take, the difference of the clocks and what the destination needs to take it in.
public struct Delivery {
    let transaction: Transaction
    let consortium: ConsortiumID

    public init(_ transaction: Transaction, for consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    /// Claims documents whose time has come, longest due first.
    ///
    /// - Parameter until: when the claim runs out.
    public func claim(at destination: String, most: Int, until: Instant, at now: Instant) throws -> [ClaimedDocument] {
        let claimed = try transaction.query(claiming(at: destination, most: most, until: until, at: now)) {
            (key: try $0["document_key"] as String, number: try $0["claim_number"] as Int64)
        }
        // Read after the documents are locked, so that it is what the last teller has left.
        let numbers = Dictionary(uniqueKeysWithValues: claimed.map { ($0.key, $0.number) })
        return try first(of: claimed.map(\.key), at: destination).compactMap { message in
            numbers[message.document.key].map { ClaimedDocument(document: message.document, number: $0, message: message) }
        }
    }

    /// How the server goes about a claim, with what it has read: the claim is made.
    public func claimPlan(at destination: String, most: Int, until: Instant, at now: Instant) throws -> [String] {
        try transaction.query(
            "EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF) \(claiming(at: destination, most: most, until: until, at: now))"
        ) { try $0["QUERY PLAN"] }
    }

    private func claiming(at destination: String, most: Int, until: Instant, at now: Instant) -> SQL {
        """
        WITH due AS (
            SELECT consortium_id, destination, document_key
              FROM outbox.document
             WHERE consortium_id = \(consortium) AND destination = \(destination) AND due_at <= \(now)
             ORDER BY due_at LIMIT \(most) FOR UPDATE SKIP LOCKED
        )
        UPDATE outbox.document SET due_at = \(until), claim_number = claim_number + 1
          FROM due
         WHERE (document.consortium_id, document.destination, document.document_key)
             = (due.consortium_id, due.destination, due.document_key)
        RETURNING document.document_key, document.claim_number
        """
    }

    /// When the next document's time comes; `nil` when none has one.
    public func nextDue(at destination: String) throws -> Instant? {
        try transaction.first(
            """
            SELECT due_at FROM outbox.document
             WHERE consortium_id = \(consortium) AND destination = \(destination) AND due_at IS NOT NULL
             ORDER BY due_at LIMIT 1
            """
        ) { try $0["due_at"] as Instant }
    }

    /// Notes that the message is about to be sent. Nothing is sent before this is committed.
    ///
    /// - Parameter until: when the claim runs out from now on.
    /// - Throws: ``ClaimLost``.
    public func begin(_ claim: ClaimedDocument, until: Instant, at now: Instant) throws {
        try transaction.savepoint {
            try hold(claim, "due_at = \(until)", onlyIf: "due_at > \(now)")
            try change(claim.message, by: .send, reason: "", at: now)
        }
    }

    /// Gives a claim back without a try: the destination is closed at this hour, or the teller stops.
    ///
    /// - Throws: ``ClaimLost``.
    public func postpone(_ claim: ClaimedDocument, until: Instant) throws {
        try hold(claim, "due_at = \(until)")
    }

    /// Notes what became of the message.
    ///
    /// - Parameter until: when the claim runs out, if the document has another message.
    /// - Returns: the claim on the document's next message, if there is one to tell now.
    /// - Throws: ``ClaimLost``.
    public func settle(
        _ claim: ClaimedDocument, _ outcome: TryOutcome, until: Instant, at now: Instant
    ) throws -> ClaimedDocument? {
        try transaction.savepoint {
            switch outcome {
            case .accepted: try hold(claim, "open = open - 1, due_at = CASE WHEN open > 1 THEN \(until)::timestamptz END")
            case .refused, .givenUp: try hold(claim, "halted_at = \(now), due_at = NULL")
            case .missed(let next), .lost(let next): try hold(claim, "due_at = \(next)")
            }
            try change(claim.message, by: outcome.step, reason: outcome.reason, at: now)
        }
        guard outcome == .accepted, let next = try first(of: [claim.document.key], at: claim.document.destination).first else {
            return nil
        }
        return ClaimedDocument(document: claim.document, number: claim.number, message: next)
    }

    /// The first open message of each document, in the order in which they were written.
    private func first(of documents: [String], at destination: String) throws -> [OutboxMessage] {
        try transaction.query(
            """
            SELECT \(OutboxMessage.columns)
              FROM unnest(\(documents)) AS wanted (document_key)
             CROSS JOIN LATERAL (
                   SELECT * FROM outbox.message
                    WHERE message.consortium_id = \(consortium) AND message.destination = \(destination)
                      AND message.document_key = wanted.document_key AND message.state NOT IN ('accepted', 'discarded')
                    ORDER BY message.message_id LIMIT 1) AS message
             ORDER BY message.message_id
            """
        ) { try OutboxMessage($0) }
    }

    /// Changes the document, if the claim on it is the last and still held.
    private func hold(_ claim: ClaimedDocument, _ change: SQL, onlyIf condition: SQL = "TRUE") throws {
        let changed = try transaction.execute(
            """
            UPDATE outbox.document SET \(change)
             WHERE consortium_id = \(consortium) AND destination = \(claim.document.destination)
               AND document_key = \(claim.document.key) AND claim_number = \(claim.number) AND due_at IS NOT NULL
               AND \(condition)
            """)
        guard changed == 1 else { throw ClaimLost(document: claim.document) }
    }

    private func change(_ message: OutboxMessage, by step: MessageStep, reason: String, at now: Instant) throws {
        let from = MessageState.allCases.filter { $0.after(step) != nil }
        guard let to = from.first?.after(step) else { preconditionFailure("\(step) leads nowhere") }
        let changed = try transaction.execute(
            """
            UPDATE outbox.message
               SET state = \(to), reason = \(reason), changed_at = CASE WHEN state = \(to) THEN changed_at ELSE \(now) END,
                   tries = tries + \(step == .send ? 1 : 0),
                   asks = CASE WHEN state = 'unknown' AND \(to) = 'unknown' THEN asks + 1 ELSE 0 END
             WHERE consortium_id = \(consortium) AND message_id = \(message.id) AND state = ANY(\(from.map(\.rawValue)))
            """)
        guard changed == 1 else { throw ClaimLost(document: message.document) }
    }
}
