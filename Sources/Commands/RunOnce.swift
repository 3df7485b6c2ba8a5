public import Foundation
public import Postgres
public import Primitives

/// What a command answered: an HTTP status and a JSON text.
public struct StoredAnswer: Sendable, Hashable {
    public let status: Int
    public let json: String
    /// Whether the answer was given before and the command not run again.
    public var isReplay = false

    public init(status: Int, json: String) {
        self.status = status
        self.json = json
    }
}

/// Runs a command once for its request id, however often it is sent.
///
/// The request is recorded in the command's own transaction: when the command is refused or fails, nothing is kept
/// and the same id may be tried again. Two at once wait for each other; the second gets the first one's answer.
public struct RunOnce: Sendable {
    public var requestID: UUID
    /// The operation, named as the API names it.
    public var operation: String
    /// HMAC-SHA256 over everything the command depends on.
    public var bodyDigest: [UInt8]

    public init(requestID: UUID, operation: String, bodyDigest: [UInt8]) {
        self.requestID = requestID
        self.operation = operation
        self.bodyDigest = bodyDigest
    }

    /// - Throws: ``CommandsRefusal`` when the id belongs to another operation, body or person.
    public func run(
        in transaction: Transaction, by principal: Principal, at now: Instant, _ body: () throws -> StoredAnswer
    ) throws -> StoredAnswer {
        let isNew = try transaction.execute(
            """
            INSERT INTO command.request (consortium_id, request_id, person_id, operation, body_sha256, recorded_at)
            VALUES (\(principal.consortium), \(requestID), \(principal.person), \(operation), \(Bytes(bodyDigest)), \(now))
            ON CONFLICT (consortium_id, request_id) DO NOTHING
            """)
        guard isNew == 1 else { return try replay(in: transaction, by: principal) }
        let answer = try body()
        try transaction.execute(
            """
            UPDATE command.request SET status = \(answer.status), answer = \(answer.json)
             WHERE consortium_id = \(principal.consortium) AND request_id = \(requestID)
            """)
        return answer
    }

    private func replay(in transaction: Transaction, by principal: Principal) throws -> StoredAnswer {
        let earlier = try transaction.first(
            """
            SELECT person_id, operation, body_sha256, status, answer
              FROM command.request
             WHERE consortium_id = \(principal.consortium) AND request_id = \(requestID)
            """
        ) { row in
            var answer = StoredAnswer(status: try row["status"], json: try row["answer"])
            answer.isReplay = true
            return try (
                person: row["person_id"] as PersonID, operation: row["operation"] as String,
                digest: row["body_sha256"] as Bytes, answer: answer
            )
        }
        guard let earlier, earlier.operation == operation, earlier.digest.bytes == bodyDigest, earlier.person == principal.person
        else {
            throw CommandsRefusal(.requestIDReused, "request \(requestID) was \(earlier?.operation ?? "another command")")
        }
        return earlier.answer
    }
}
