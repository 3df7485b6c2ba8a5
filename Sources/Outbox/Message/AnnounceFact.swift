public import Postgres
public import Primitives

/// Writes a message in the transaction of the fact it tells: both are there, or neither is.
///
/// The document is locked until the transaction ends, so its messages have the order in which the facts were committed. A
/// transaction that tells of several documents does so in the order of their keys, as all locks are taken.
public struct AnnounceFact: Sendable {
    /// When the destination should hear of it.
    public enum Haste: Sendable {
        /// Whoever tells is woken when the transaction commits.
        case atOnce
        /// At the next look. Waking makes transactions commit one after the other, which is too dear for dispensing.
        case soon
    }

    public var document: OutboxDocument
    public var kind: String
    public var businessKey: String
    public var content: JSONText
    public var haste: Haste

    public init(about document: OutboxDocument, kind: String, businessKey: String, content: JSONText, haste: Haste = .atOnce) {
        self.document = document
        self.kind = kind
        self.businessKey = businessKey
        self.content = content
        self.haste = haste
    }

    /// The channel on which tellers are woken; the payload is the consortium's number.
    public static let channel = "outbox"

    /// - Throws: a violation of `fact_is_told_once` when the business key was used for this destination before.
    @discardableResult
    public func run(in transaction: Transaction, for consortium: ConsortiumID, at now: Instant) throws -> OutboxMessageID {
        let written = try transaction.query(
            """
            WITH document AS (
                INSERT INTO outbox.document (consortium_id, destination, document_key, open, due_at)
                VALUES (\(consortium), \(document.destination), \(document.key), 1, \(now))
                ON CONFLICT (consortium_id, destination, document_key) DO UPDATE
                   SET open = document.open + 1,
                       due_at = CASE WHEN document.halted_at IS NULL THEN coalesce(document.due_at, excluded.due_at) END
                RETURNING consortium_id, destination, document_key
            )
            INSERT INTO outbox.message
                   (consortium_id, destination, document_key, kind, business_key, content, written_at, changed_at)
            SELECT consortium_id, destination, document_key, \(kind), \(businessKey), \(content), \(now), \(now) FROM document
            RETURNING message_id
            """
        ) { try $0["message_id"] as OutboxMessageID }
        if haste == .atOnce { try transaction.notify(Self.channel, "\(consortium)") }
        guard let id = written.first else { throw ColumnMismatch(expected: "message_id") }
        return id
    }
}
