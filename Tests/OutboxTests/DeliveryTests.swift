import Outbox
import Primitives
import TestSupport
import Testing

@Suite("Telling")
struct DeliveryTests {
    @Test("documents go side by side, the messages of each one after the other")
    func inTurn() async throws {
        try await withTestDatabase { database in
            let bench = try await OutboxBench.make(in: database)
            for key in ["A1", "B1", "A2", "C1"] { try await bench.announce(key, String(key.prefix(1))) }
            let claims = try await bench.claim()
            #expect(claims.map(\.message.businessKey) == ["A1", "B1", "C1"])
            #expect(try await bench.claim().isEmpty)
            try await bench.begin(claims[0])
            let next = try #require(try await bench.settle(claims[0], .accepted))
            #expect(next.message.businessKey == "A2" && next.number == claims[0].number)
            try await bench.begin(next)
            #expect(try await bench.settle(next, .accepted) == nil)
            #expect(try await bench.read { try $0.status() }.map(\.open) == [2])
        }
    }

    @Test("what was missed is sent again at its time, what was lost is asked about, and the tries are counted")
    func again() async throws {
        try await withTestDatabase { database in
            let bench = try await OutboxBench.make(in: database)
            let id = try await bench.announce("A1", "A")
            var claim = try #require(try await bench.claim().first)
            try await bench.begin(claim)
            #expect(try await bench.settle(claim, .missed(nextAt: bench.later(seconds: 5).now)) == nil)
            #expect(try await bench.state(of: id) == .pending)
            #expect(try await bench.later(seconds: 4).claim().isEmpty)
            let second = bench.later(seconds: 5)
            claim = try #require(try await second.claim().first)
            #expect(claim.message.tries == 1 && !claim.message.state.mustAsk)
            try await second.begin(claim)
            #expect(try await second.settle(claim, .lost(nextAt: bench.later(seconds: 9).now)) == nil)
            let third = bench.later(seconds: 9)
            claim = try #require(try await third.claim().first)
            #expect(claim.message.tries == 2 && claim.message.state == .unknown && claim.message.state.mustAsk)
            #expect(try await third.settle(claim, .accepted) == nil)
            #expect(try await third.state(of: id) == .accepted)
        }
    }

    @Test("a teller that dies leaves a question, not a second sending; when it comes back late it writes nothing")
    func dies() async throws {
        try await withTestDatabase { database in
            let bench = try await OutboxBench.make(in: database)
            let id = try await bench.announce("A1", "A")
            let late = try #require(try await bench.claim().first)
            try await bench.begin(late)
            #expect(try await bench.later(seconds: 29).claim().isEmpty)
            let after = bench.later(seconds: 30)
            let claim = try #require(try await after.claim().first)
            #expect(claim.message.state == .sending && claim.message.state.mustAsk && claim.number == late.number + 1)
            await #expect(throws: ClaimLost.self) { try await after.settle(late, .missed(nextAt: after.now)) }
            await #expect(throws: ClaimLost.self) { try await after.begin(late) }
            #expect(try await after.state(of: id) == .sending)
            #expect(try await after.settle(claim, .accepted) == nil)
            await #expect(throws: ClaimLost.self) { try await after.settle(claim, .accepted) }
            await #expect(throws: ClaimLost.self) { try await after.settle(claim, .refused(reason: "twice")) }
        }
    }

    @Test("a lease that has run out is not renewed by sending, though nobody else has come")
    func lateBegin() async throws {
        try await withTestDatabase { database in
            let bench = try await OutboxBench.make(in: database)
            let id = try await bench.announce("A1", "A")
            let claim = try #require(try await bench.claim().first)
            await #expect(throws: ClaimLost.self) { try await bench.later(seconds: 30).begin(claim) }
            #expect(try await bench.state(of: id) == .pending)
            try await bench.later(seconds: 29).begin(claim)
            #expect(try await bench.later(seconds: 58).claim().isEmpty)
            #expect(try await bench.later(seconds: 59).claim().count == 1)
        }
    }

    @Test("a claim that was lost changes nothing, also where that is caught and the transaction goes on")
    func caught() async throws {
        try await withTestDatabase { database in
            let bench = try await OutboxBench.make(in: database)
            try await bench.announce("A1", "A")
            let claim = try #require(try await bench.claim().first)
            let (until, now) = (bench.leaseEnd, bench.now)
            try await bench.deliver { delivery in
                // Never begun, so there is nothing to settle.
                do { _ = try delivery.settle(claim, .accepted, until: until, at: now) } catch is ClaimLost {}
            }
            #expect(try await bench.read { try $0.status() }.map(\.open) == [1])
            #expect(try await bench.later(seconds: 30).claim().count == 1)
        }
    }

    @Test("a claim is given back until a later hour")
    func postponed() async throws {
        try await withTestDatabase { database in
            let bench = try await OutboxBench.make(in: database)
            let id = try await bench.announce("A1", "A")
            let claim = try #require(try await bench.claim().first)
            let morning = bench.later(seconds: 3_600).now
            try await bench.deliver { try $0.postpone(claim, until: morning) }
            #expect(try await bench.later(seconds: 3_599).claim().isEmpty)
            let again = try #require(try await bench.later(seconds: 3_600).claim().first)
            #expect(again.message.id == id && again.message.state == .pending && again.message.tries == 0)
        }
    }

    @Test("asking in vain is counted, and since when nothing is known is kept")
    func asks() async throws {
        try await withTestDatabase { database in
            let bench = try await OutboxBench.make(in: database)
            let id = try await bench.announce("A1", "A")
            var claim = try #require(try await bench.claim().first)
            try await bench.begin(claim)
            _ = try await bench.settle(claim, .lost(nextAt: bench.now))
            for round in 1...3 {
                let later = bench.later(seconds: Int64(round) * 60)
                claim = try #require(try await later.claim().first)
                #expect(claim.message.asks == round - 1)
                _ = try await later.settle(claim, .lost(nextAt: later.now))
            }
            let message = try await bench.read { try $0.message(id) }
            #expect(message.asks == 3 && message.tries == 1 && message.changedAt == bench.now)
        }
    }

    @Test("what is sent or settled without its step before it is not")
    func outOfStep() async throws {
        try await withTestDatabase { database in
            let bench = try await OutboxBench.make(in: database)
            try await bench.announce("A1", "A")
            let claim = try #require(try await bench.claim().first)
            await #expect(throws: ClaimLost.self) { try await bench.settle(claim, .accepted) }
            try await bench.begin(claim)
            await #expect(throws: ClaimLost.self) { try await bench.begin(claim) }
        }
    }

    @Test(
        "a refusal or the last try halts the document until a person has decided, and no other document",
        arguments: [TryOutcome.refused(reason: "no such product"), .givenUp(reason: "20 tries")])
    func halts(outcome: TryOutcome) async throws {
        try await withTestDatabase { database in
            let bench = try await OutboxBench.make(in: database)
            let id = try await bench.announce("A1", "A")
            let claim = try #require(try await bench.claim().first)
            try await bench.begin(claim)
            #expect(try await bench.settle(claim, outcome) == nil)
            try await bench.announce("A2", "A")
            try await bench.announce("B1", "B")
            #expect(try await bench.later(seconds: 86_400).claim().map(\.message.businessKey) == ["B1"])
            let failed = try await bench.read { try $0.failed(limit: 10) }
            #expect(failed.map(\.id) == [id] && failed.first?.reason.isEmpty == false)
            #expect(try await bench.read { try $0.failed(after: id, limit: 10) }.isEmpty)
            #expect(try await bench.read { try $0.status() }.first?.failed == 1)
        }
    }
}
