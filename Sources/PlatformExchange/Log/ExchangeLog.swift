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

    /// How many of the last answers to a message were refusals.
    func refusals(of message: OutboxMessage, among count: Int) throws -> Int {
        try transaction.first(
            """
            SELECT count(*) FILTER (WHERE outcome = 'refused') AS refusals
              FROM (SELECT answer.outcome
                      FROM platform_exchange.request JOIN platform_exchange.answer USING (consortium_id, sent_at, request_id)
                     WHERE request.consortium_id = \(consortium) AND request.platform = \(message.document.destination)
                       AND request.document_key = \(message.document.key) AND request.message_id = \(message.id)
                     ORDER BY request.sent_at DESC LIMIT \(count)) AS last
            """
        ) { try $0["refusals"] as Int } ?? 0
    }
}
