import Audit
public import Postgres
public import Primitives

/// A person's decision about a message that was refused or given up. Until then its document stands still.
public struct DecideMessage: Sendable {
    public enum Decision: Sendable {
        /// It goes out again; the destination is asked first when nobody knows what became of it.
        ///
        /// - Parameter corrected: what it says from now on, or nil for what it said. Only what was refused can be corrected:
        ///   the destination may have the other as it was.
        case release(corrected: JSONText?)
        /// It goes out no more, and the next of its document takes its turn.
        case discard
    }

    public var message: OutboxMessageID
    public var decision: Decision
    /// Why; kept with the message and in the audit trail.
    public var reason: String

    public init(_ message: OutboxMessageID, _ decision: Decision, reason: String) {
        self.message = message
        self.decision = decision
        self.reason = reason
    }

    /// - Throws: ``OutboxRefusal``: reason missing, message unknown, message not failed, not correctable.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws {
        guard reason.contains(where: { !$0.isWhitespace }) else {
            throw OutboxRefusal(.reasonMissing, "Say why.", field: "reason")
        }
        let readings = OutboxReadings(transaction, of: principal.consortium)
        let document = try readings.message(message).document
        try lock(document, in: transaction, of: principal.consortium)
        let found = try readings.message(message)
        let step: MessageStep = if case .discard = decision { .discard } else { .release }
        guard let state = found.state.after(step) else {
            throw OutboxRefusal(.messageNotFailed, "Message \(message) is \(found.state.rawValue).")
        }
        if isCorrected, found.state != .refused {
            throw OutboxRefusal(.notCorrectable, "Message \(message) was given up with an unknown outcome.", field: "content")
        }
        try write(found, becoming: state, in: transaction, of: principal.consortium, at: now)
        try AuditTrail(transaction).append(
            "outbox.\(step.rawValue)", subject: "message \(message)", by: principal, at: now,
            detail: ["destination": document.destination, "kind": found.kind, "reason": reason, "corrected": "\(isCorrected)"])
        try transaction.notify(AnnounceFact.channel, "\(principal.consortium)")
    }

    private var isCorrected: Bool { if case .release(.some) = decision { true } else { false } }

    /// Documents are locked before their messages, as tellers do it.
    private func lock(_ document: OutboxDocument, in transaction: Transaction, of consortium: ConsortiumID) throws {
        try transaction.execute(
            """
            SELECT FROM outbox.document
             WHERE consortium_id = \(consortium) AND destination = \(document.destination) AND document_key = \(document.key)
               FOR UPDATE
            """)
    }

    private func write(
        _ message: OutboxMessage, becoming state: MessageState, in transaction: Transaction, of consortium: ConsortiumID, at now: Instant
    ) throws {
        var content = message.content
        if case .release(let corrected?) = decision { content = corrected }
        try transaction.execute(
            """
            UPDATE outbox.message
               SET state = \(state), content = \(content), tries_before = tries, changed_at = \(now),
                   reason = CASE WHEN \(state) = 'discarded' THEN \(reason) ELSE '' END
             WHERE consortium_id = \(consortium) AND message_id = \(message.id)
            """)
        let settled = state.isSettled ? 1 : 0
        try transaction.execute(
            """
            UPDATE outbox.document
               SET open = open - \(settled), halted_at = NULL, due_at = CASE WHEN open > \(settled) THEN \(now)::timestamptz END
             WHERE consortium_id = \(consortium) AND destination = \(message.document.destination)
               AND document_key = \(message.document.key)
            """)
    }
}
