import Audit
import Outbox
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("Decisions about messages that failed")
struct DecideMessageTests {
    /// A message that has failed, with another behind it.
    private func failed(_ outcome: TryOutcome, in bench: OutboxBench) async throws -> OutboxMessageID {
        let id = try await bench.announce("A1", "A")
        try await bench.announce("A2", "A")
        let claim = try #require(try await bench.claim().first)
        try await bench.begin(claim)
        _ = try await bench.settle(claim, outcome)
        return id
    }

    @Test("what was refused goes out again as it was corrected, and its tries count anew")
    func corrected() async throws {
        try await withTestDatabase { database in
            let bench = try await OutboxBench.make(in: database)
            let id = try await failed(.refused(reason: "no such product"), in: bench)
            try await bench.decide(id, .release(corrected: JSONText(#"{"order": "better"}"#)))
            let claim = try #require(try await bench.claim().first)
            #expect(claim.message.id == id && claim.message.state == .pending && claim.message.reason.isEmpty)
            #expect(claim.message.content.text == #"{"order": "better"}"#)
            #expect(claim.message.tries == 1 && claim.message.triesSinceRelease == 0)
        }
    }

    @Test("what was given up is asked about first")
    func givenUp() async throws {
        try await withTestDatabase { database in
            let bench = try await OutboxBench.make(in: database)
            let id = try await failed(.givenUp(reason: "20 tries"), in: bench)
            await expectRefusal("outbox.not-correctable", field: "content") {
                try await bench.decide(id, .release(corrected: JSONText("{}")))
            }
            try await bench.decide(id, .release(corrected: nil))
            let claim = try #require(try await bench.claim().first)
            #expect(claim.message.id == id && claim.message.state == .unknown && claim.message.state.mustAsk)
            #expect(claim.message.content.text == #"{"order": "A1"}"#)
        }
    }

    @Test("what is discarded says why, and the next takes its turn; the audit trail knows who")
    func discarded() async throws {
        try await withTestDatabase { database in
            let bench = try await OutboxBench.make(in: database)
            let id = try await failed(.refused(reason: "no such product"), in: bench)
            try await bench.decide(id, .discard, reason: "ordered by telephone")
            #expect(try await bench.claim().map(\.message.businessKey) == ["A2"])
            let message = try await bench.read { try $0.message(id) }
            #expect(message.state == .discarded && message.reason == "ordered by telephone")
            let (consortium, officer) = (bench.consortium.id, bench.consortium.officer)
            let events = try await database.application.read(as: consortium.tenant) {
                try AuditTrail($0).events(of: "message \(id)", in: consortium)
            }
            #expect(events.map(\.action) == ["outbox.discard"] && events.map(\.person) == [officer.person])
        }
    }

    @Test("only what has failed is decided about, once, and with a reason")
    func refusals() async throws {
        try await withTestDatabase { database in
            let bench = try await OutboxBench.make(in: database)
            let id = try await failed(.refused(reason: "no such product"), in: bench)
            await expectRefusal("outbox.reason-missing", field: "reason") { try await bench.decide(id, .discard, reason: " \n") }
            await expectRefusal("outbox.message-unknown") { try await bench.decide(OutboxMessageID(id.rawValue + 99), .discard) }
            await expectRefusal("outbox.message-not-failed") {
                try await bench.decide(OutboxMessageID(id.rawValue + 1), .release(corrected: nil))
            }
            try await bench.decide(id, .release(corrected: nil))
            await expectRefusal("outbox.message-not-failed") { try await bench.decide(id, .discard) }
            #expect(try await bench.state(of: id) == .pending)
        }
    }
}
