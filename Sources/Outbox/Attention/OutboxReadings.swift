public import Postgres
public import Primitives

/// How the telling goes at one destination.
public struct DestinationStatus: Sendable, Hashable, Codable {
    public let destination: String
    /// Messages that are not settled, those that have failed included.
    public let open: Int
    /// Of these, sent and with an unknown outcome.
    public let unknown: Int
    /// Of these, refused or given up: they wait for a person, and what comes after them in their documents for them.
    public let failed: Int
    /// When the oldest open message was written.
    public let oldestWrittenAt: Instant
}

/// What is told, what waits and what has failed.
public struct OutboxReadings {
    let transaction: Transaction
    let consortium: ConsortiumID

    public init(_ transaction: Transaction, of consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    /// - Throws: ``OutboxRefusal`` when there is no such message.
    public func message(_ id: OutboxMessageID) throws -> OutboxMessage {
        let found = try transaction.first(
            """
            SELECT \(OutboxMessage.columns) FROM outbox.message
             WHERE message.consortium_id = \(consortium) AND message.message_id = \(id)
            """
        ) { try OutboxMessage($0) }
        guard let found else {
            throw OutboxRefusal(.messageUnknown, "There is no message \(id).")
        }
        return found
    }

    /// Messages that were refused or given up, oldest first, after one of them.
    public func failed(after: OutboxMessageID? = nil, limit: Int) throws -> [OutboxMessage] {
        try transaction.query(
            """
            SELECT \(OutboxMessage.columns) FROM outbox.message
             WHERE message.consortium_id = \(consortium) AND message.state IN ('refused', 'dead')
               AND message.message_id > \(after?.rawValue ?? 0)
             ORDER BY message.message_id LIMIT \(limit)
            """
        ) { try OutboxMessage($0) }
    }

    /// Documents with something to tell that waits for nobody's decision.
    public func movable() throws -> Int {
        try transaction.first(
            "SELECT count(*) AS movable FROM outbox.document WHERE consortium_id = \(consortium) AND due_at IS NOT NULL"
        ) { try $0["movable"] as Int } ?? 0
    }

    /// Every destination with open messages, by its name.
    public func status() throws -> [DestinationStatus] {
        try transaction.query(
            """
            SELECT waiting.*, coalesce(stuck.unknown, 0) AS unknown, coalesce(stuck.failed, 0) AS failed
              FROM (SELECT destination, count(*) AS open, min(written_at) AS oldest
                      FROM outbox.message
                     WHERE consortium_id = \(consortium) AND state NOT IN ('accepted', 'discarded')
                     GROUP BY destination) AS waiting
              LEFT JOIN (SELECT destination, count(*) FILTER (WHERE state IN ('sending', 'unknown')) AS unknown,
                                count(*) FILTER (WHERE state IN ('refused', 'dead')) AS failed
                           FROM outbox.message
                          WHERE consortium_id = \(consortium) AND state IN ('sending', 'unknown', 'refused', 'dead')
                          GROUP BY destination) AS stuck USING (destination)
             ORDER BY destination
            """
        ) { row in
            DestinationStatus(
                destination: try row["destination"], open: try row["open"], unknown: try row["unknown"], failed: try row["failed"],
                oldestWrittenAt: try row["oldest"])
        }
    }
}
