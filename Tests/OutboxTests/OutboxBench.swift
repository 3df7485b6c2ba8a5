import Outbox
import Postgres
import Primitives
import TestSupport
import Testing

/// A consortium with an outbox, at a moment that the test moves.
struct OutboxBench {
    let database: TestDatabase
    let consortium: SmallConsortium
    var now = Instant.ofTests

    static func make(in database: TestDatabase) async throws -> OutboxBench {
        OutboxBench(database: database, consortium: try await SmallConsortium.make(in: database))
    }

    func later(seconds: Int64) -> OutboxBench {
        var bench = self
        bench.now = Instant(microseconds: now.microseconds + seconds * 1_000_000)
        return bench
    }

    /// Half a minute from now: how long claims hold.
    var leaseEnd: Instant { later(seconds: 30).now }

    func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await database.application.write(as: consortium.id.tenant, body)
    }

    func deliver<Value: Sendable>(_ body: @escaping @Sendable (Delivery) throws -> Value) async throws -> Value {
        let id = consortium.id
        return try await write { try body(Delivery($0, for: id)) }
    }

    @discardableResult
    func announce(_ key: String, _ document: String, at destination: String = "zhejiang") async throws -> OutboxMessageID {
        let (id, now) = (consortium.id, now)
        return try await write { transaction in
            try AnnounceFact(
                about: OutboxDocument(at: destination, key: document), kind: "order-create", businessKey: key,
                content: JSONText(#"{"order": "\#(key)"}"#)
            ).run(in: transaction, for: id, at: now)
        }
    }

    func claim(at destination: String = "zhejiang", most: Int = 10) async throws -> [ClaimedDocument] {
        let (until, now) = (leaseEnd, now)
        return try await deliver { try $0.claim(at: destination, most: most, until: until, at: now) }
    }

    func begin(_ claim: ClaimedDocument) async throws {
        let (until, now) = (leaseEnd, now)
        try await deliver { try $0.begin(claim, until: until, at: now) }
    }

    func settle(_ claim: ClaimedDocument, _ outcome: TryOutcome) async throws -> ClaimedDocument? {
        let (until, now) = (leaseEnd, now)
        return try await deliver { try $0.settle(claim, outcome, until: until, at: now) }
    }

    func decide(_ message: OutboxMessageID, _ decision: DecideMessage.Decision, reason: String = "looked at it") async throws {
        let (officer, now) = (consortium.officer, now)
        try await write { try DecideMessage(message, decision, reason: reason).run(in: $0, by: officer, at: now) }
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (OutboxReadings) throws -> Value) async throws -> Value {
        let id = consortium.id
        return try await database.application.read(as: id.tenant) { try body(OutboxReadings($0, of: id)) }
    }

    func state(of message: OutboxMessageID) async throws -> MessageState {
        try await read { try $0.message(message).state }
    }
}
