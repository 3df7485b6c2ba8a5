public import Postgres
public import Primitives

extension Subject {
    public enum OutboxMessage {}
}

public typealias OutboxMessageID = Identifier<Subject.OutboxMessage>

/// Who is told, and what keeps the order of telling.
public struct OutboxDocument: Sendable, Hashable {
    /// A platform's code in the catalogue.
    public let destination: String
    /// The document whose messages go one after the other: an order, a batch's serial.
    public let key: String

    public init(at destination: String, key: String) {
        self.destination = destination
        self.key = key
    }
}

/// A fact that a destination must learn.
public struct OutboxMessage: Sendable {
    public let id: OutboxMessageID
    public let document: OutboxDocument
    /// What is told, in this project's words: `order-create`.
    public let kind: String
    /// Ours for the fact, the same in every try; the destination is asked by it.
    public let businessKey: String
    public let content: JSONText
    public let writtenAt: Instant
    public let state: MessageState
    /// Times it was sent; a person's release does not begin anew.
    public let tries: Int
    /// Times it was sent since a person last released it.
    public let triesSinceRelease: Int
    /// Times the destination was asked in vain since it was last sent.
    public let asks: Int
    /// Why it was refused, given up or discarded; empty otherwise.
    public let reason: String
    public let changedAt: Instant

    init(_ row: Row) throws {
        id = try row["message_id"]
        document = OutboxDocument(at: try row["destination"], key: try row["document_key"])
        kind = try row["kind"]
        businessKey = try row["business_key"]
        content = try row["content"]
        writtenAt = try row["written_at"]
        state = try row["state"]
        tries = try row["tries"]
        triesSinceRelease = tries - (try row["tries_before"] as Int)
        asks = try row["asks"]
        reason = try row["reason"]
        changedAt = try row["changed_at"]
    }

    /// The columns that a message is read from.
    static var columns: SQL {
        """
        message.message_id, message.destination, message.document_key, message.kind, message.business_key, message.content,
        message.written_at, message.state, message.tries, message.tries_before, message.asks, message.reason, message.changed_at
        """
    }
}
