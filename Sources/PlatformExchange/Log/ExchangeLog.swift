import Foundation
import Outbox
import Postgres
import Primitives

/// A request that was written down before it was sent.
struct LoggedRequest: Sendable {
    let id: UUID
    let sentAt: Instant
}

/// What came of a request.
struct LoggedAnswer: Sendable {
    var status: Int?
    /// How it was understood: `done`, `unclear`, `not-sent`, …
    var outcome: String
    var detail = ""
    var body = ""
    var receivedAt: Instant
}

/// The record of every request and answer.
struct ExchangeLog {
    let transaction: Transaction
    let consortium: ConsortiumID

    init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    func sent(_ request: LoggedRequest, _ operation: String, of message: OutboxMessage?, at platform: String, body: String) throws {
        try transaction.execute(
            """
            INSERT INTO platform_exchange.request
                   (consortium_id, sent_at, request_id, platform, operation, message_id, document_key, body)
            VALUES (\(consortium), \(request.sentAt), \(request.id), \(platform), \(operation), \(message?.id),
                    \(message?.document.key ?? ""), \(body))
            """)
    }

    func received(_ answer: LoggedAnswer, to request: LoggedRequest) throws {
        try transaction.execute(
            """
            INSERT INTO platform_exchange.answer
                   (consortium_id, sent_at, request_id, received_at, status, outcome, detail, body, microseconds)
            VALUES (\(consortium), \(request.sentAt), \(request.id), \(answer.receivedAt), \(answer.status), \(answer.outcome),
                    \(answer.detail), \(answer.body), \(max(0, answer.receivedAt.microseconds - request.sentAt.microseconds)))
            """)
    }

    /// The last clear replies to a message itself, the last one first; none from before a person let it go again.
    func lastReplies(to message: OutboxMessage, most count: Int) throws -> [LoggedReply] {
        try transaction.query(
            """
            SELECT outcome, detail
              FROM (SELECT sent_at, answer.outcome, answer.detail
                      FROM platform_exchange.request LEFT JOIN platform_exchange.answer USING (consortium_id, sent_at, request_id)
                     WHERE request.consortium_id = \(consortium) AND request.platform = \(message.document.destination)
                       AND request.document_key = \(message.document.key) AND request.message_id = \(message.id)
                       AND coalesce(answer.outcome, '') NOT IN ('page', 'unknown')
                       AND coalesce(answer.outcome, '') NOT LIKE 'question-%'
                     ORDER BY sent_at DESC LIMIT \(message.triesSinceRelease)) AS tried
             WHERE outcome IN ('done', 'not-done', 'refused', 'doubtful')
             ORDER BY sent_at DESC LIMIT \(count)
            """
        ) { LoggedReply(outcome: try $0["outcome"], detail: try $0["detail"]) }
    }
}

/// How a reply was understood, as it was written down.
struct LoggedReply: Sendable, Hashable {
    let outcome: String
    let detail: String

    var isRefusal: Bool { outcome == "refused" || outcome == "doubtful" }
}
