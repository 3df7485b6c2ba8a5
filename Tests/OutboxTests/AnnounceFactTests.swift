import Outbox
import Postgres
import Primitives
import Synchronization
import TestSupport
import Testing

@Suite("Facts and their messages")
struct AnnounceFactTests {
    private struct Undone: Error {}

    @Test("a message is there when its fact is, and not otherwise")
    func withItsFact() async throws {
        try await withTestDatabase { database in
            let bench = try await OutboxBench.make(in: database)
            let (id, now) = (bench.consortium.id, bench.now)
            await #expect(throws: Undone.self) {
                try await bench.write { transaction in
                    try AnnounceFact(
                        about: OutboxDocument(at: "zhejiang", key: "A"), kind: "order-create", businessKey: "A1", content: JSONText("{}")
                    ).run(in: transaction, for: id, at: now)
                    throw Undone()
                }
            }
            #expect(try await bench.read { try $0.status() }.isEmpty)
            let written = try await bench.announce("A1", "A")
            let message = try await bench.read { try $0.message(written) }
            #expect(message.state == .pending && message.tries == 0 && message.businessKey == "A1" && message.writtenAt == now)
            #expect(message.content.text == #"{"order": "A1"}"#)
            let status = try #require(try await bench.read { try $0.status() }.first)
            #expect(status.destination == "zhejiang" && status.open == 1 && status.unknown == 0 && status.failed == 0)
            #expect(status.oldestWrittenAt == now)
        }
    }

    @Test("a business key tells one fact at a destination")
    func once() async throws {
        try await withTestDatabase { database in
            let bench = try await OutboxBench.make(in: database)
            try await bench.announce("A1", "A")
            let error = await #expect(throws: PostgresError.self) { try await bench.announce("A1", "B") }
            #expect(error?.constraint == "fact_is_told_once")
            try await bench.announce("A1", "A", at: "shanghai")
            #expect(try await bench.read { try $0.status() }.map(\.destination) == ["shanghai", "zhejiang"])
        }
    }

    @Test("a message waits for the one before it to be committed, and is numbered after it")
    func waits() async throws {
        try await withTestDatabase { database in
            let bench = try await OutboxBench.make(in: database)
            let (id, now, database) = (bench.consortium.id, bench.now, bench.database.application)
            let write = { @Sendable (transaction: Transaction, key: String) in
                try AnnounceFact(
                    about: OutboxDocument(at: "zhejiang", key: "A"), kind: "order-create", businessKey: key, content: JSONText("{}")
                ).run(in: transaction, for: id, at: now)
            }
            let order = Mutex<[String]>([])
            let begun = AsyncStream.makeStream(of: Void.self)
            async let first: OutboxMessageID = database.write(as: id.tenant) { transaction in
                let message = try write(transaction, "first")
                begun.continuation.yield()
                // Long enough for the second to come to the lock; if it came earlier it would be done earlier.
                try transaction.execute("SELECT pg_sleep(0.3)")
                order.withLock { $0.append("first") }
                return message
            }
            var wait = begun.stream.makeAsyncIterator()
            await wait.next()
            let second = try await database.write(as: id.tenant) { transaction in
                let message = try write(transaction, "second")
                order.withLock { $0.append("second") }
                return message
            }
            #expect(try await first < second && order.withLock { $0 } == ["first", "second"])
        }
    }

    @Test("messages of a document are told in their order, however many were written at once")
    func inOrder() async throws {
        try await withTestDatabase { database in
            let bench = try await OutboxBench.make(in: database)
            try await withThrowingTaskGroup { group in
                for number in 0..<40 { group.addTask { try await bench.announce("A\(number)", "A") } }
                try await group.waitForAll()
            }
            var claim = try #require(try await bench.claim().first)
            var ids = [claim.message.id]
            while true {
                try await bench.begin(claim)
                guard let next = try await bench.settle(claim, .accepted) else { break }
                claim = next
                ids.append(claim.message.id)
            }
            #expect(ids.count == 40 && ids == ids.sorted())
            #expect(try await bench.read { try $0.status() }.isEmpty)
        }
    }

    @Test("another consortium neither sees nor claims it")
    func tenants() async throws {
        try await withTestDatabase { database in
            let bench = try await OutboxBench.make(in: database)
            let other = OutboxBench(database: database, consortium: try await SmallConsortium.make(in: database, code: "other"))
            let message = try await bench.announce("A1", "A")
            #expect(try await other.claim().isEmpty)
            await expectRefusal("outbox.message-unknown") { try await other.read { try $0.message(message) } }
            #expect(try await bench.claim().map(\.message.id) == [message])
        }
    }
}
