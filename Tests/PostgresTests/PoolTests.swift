import Foundation
import Postgres
import Synchronization
import TestSupport
import Testing

@Suite struct PoolTests {
    private static func database(
        _ place: TestDatabase, connections: Int = 1, _ change: (inout DatabaseConfiguration) -> Void
    ) -> Database {
        var configuration = DatabaseConfiguration(conninfo: place.conninfo, connections: connections)
        change(&configuration)
        return Database(configuration)
    }

    @Test("a thousand waiters are served in the order they came, and one more than may wait is refused at once")
    func thousandWaiters() async throws {
        try await withTestDatabase { place in
            let database = Self.database(place) { $0.waitersMax = 1_000 }
            let (gate, served) = (Gate(), Recorder<Int>())
            let first = try await occupy(database, until: gate)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<1_000 {
                    group.addTask { try await database.read { _ in served.append(number) } }
                    try await wait { database.waiting == number + 1 }
                }
                let refused = await #expect(throws: PostgresError.self) { try await database.read { _ in served.append(-1) } }
                #expect(refused?.kind == .tooManyWaiting)
                gate.open()
                try await group.waitForAll()
            }
            try await first.value
            #expect(served.all == Array(0..<1_000))
            let metrics = database.metrics
            #expect(metrics.tooManyWaiting == 1)
            // The first may have waited for its thread to begin.
            #expect((1_000...1_001).contains(metrics.waits.count))
            #expect(metrics.waits.total >= metrics.waits.longest && metrics.waits.longest > .zero)
            #expect(metrics.committed == 1_001)
            await database.close()
        }
    }

    @Test("a waiter that was cancelled makes room for another")
    func cancelledMakesRoom() async throws {
        try await withTestDatabase { place in
            let database = Self.database(place) { $0.waitersMax = 1 }
            let (gate, served) = (Gate(), Recorder<Int>())
            let first = try await occupy(database, until: gate)
            for _ in 0..<10 {
                let waiting = Task { try await database.read { _ in served.append(-1) } }
                try await wait { database.waiting == 1 }
                waiting.cancel()
                await #expect(throws: CancellationError.self) { try await waiting.value }
                #expect(database.waiting == 0)
            }
            let last = Task { try await database.read { _ in served.append(1) } }
            try await wait { database.waiting == 1 }
            gate.open()
            try await first.value
            try await last.value
            #expect(served.all == [1])
            await database.close()
        }
    }

    @Test("who waits too long is told so, and its work is not done")
    func waitTimeout() async throws {
        try await withTestDatabase { place in
            let database = Self.database(place) { $0.waitTimeout = .milliseconds(300) }
            let (gate, done) = (Gate(), Recorder<Int>())
            let first = try await occupy(database, until: gate)
            for _ in 0..<2 {
                try await withThrowingTaskGroup(of: PostgresError.Kind?.self) { group in
                    for number in 0..<20 {
                        group.addTask {
                            do {
                                try await database.read { _ in done.append(number) }
                                return nil
                            } catch let error as PostgresError {
                                return error.kind
                            }
                        }
                    }
                    for try await kind in group { #expect(kind == .waitedTooLong) }
                }
            }
            #expect(database.metrics.waitedTooLong == 40)
            gate.open()
            try await first.value
            #expect(try await database.read { try $0.execute("SELECT 1") } == 1)
            #expect(done.all.isEmpty)
            await database.close()
        }
    }

    @Test("connections are opened when they are needed, and closed when they have not been for a while")
    func idleConnections() async throws {
        try await withTestDatabase { place in
            let lasting = Self.database(place, connections: 4) { $0.idleTimeout = nil }
            #expect(lasting.metrics.connectionsOpen == 0)
            for _ in 0..<20 { _ = try await lasting.read { try $0.execute("SELECT 1") } }
            #expect(lasting.metrics.connectionsMade == 1)
            await lasting.close()
            let database = Self.database(place, connections: 4) { $0.idleTimeout = .milliseconds(100) }
            let gate = Gate()
            let tasks = [try await occupy(database, until: gate), try await occupy(database, until: gate)]
            #expect(database.metrics.connectionsOpen == 2)
            #expect(database.metrics.connectionsBusy == 2)
            for _ in tasks { gate.open() }
            for task in tasks { try await task.value }
            try await wait { database.metrics.connectionsOpen == 0 && database.metrics.connectionsClosedIdle >= 2 }
            #expect(database.metrics.connectionsOpen == 0)
            #expect(try await database.read { try $0.execute("SELECT 1") } == 1)
            await database.close()
            #expect(database.metrics.connectionsOpen == 0)
        }
    }

    @Test("a transaction in which nothing happens for too long is ended by the server, and not run again")
    func idleInTransaction() async throws {
        try await withTestDatabase { place in
            let database = Self.database(place) { $0.idleInTransactionTimeout = .milliseconds(50) }
            let attempts = Recorder<Int64>()
            let error = await #expect(throws: PostgresError.self) {
                try await database.write { transaction in
                    let process = try backend(transaction)
                    attempts.append(process)
                    let end = ContinuousClock.now + .seconds(20)
                    while ContinuousClock.now < end, kill(Int32(process), 0) == 0 { sched_yield() }
                    try transaction.execute("SELECT 1")
                }
            }
            #expect(error?.kind == .connectionLost)
            #expect(error?.sqlState == "25P03")
            #expect(attempts.all.count == 1)
            await database.close()
        }
    }

    @Test("metrics tell what became of transactions and statements")
    func metrics() async throws {
        try await withTestDatabase { place in
            try await place.makeCounters()
            let database = Self.database(place) { $0.statementTimeout = .milliseconds(100) }
            func raise(to value: Int64) -> SQL { ("UPDATE probe.counter SET value = \(value)" as SQL).named("raise the counters") }
            for value in 1...2 as ClosedRange<Int64> {
                let sql = raise(to: value)
                _ = try await database.write { try $0.execute(sql) }
            }
            for sql in [raise(to: -1), "SELECT pg_sleep(55)"] as [SQL] {
                await #expect(throws: PostgresError.self) { try await database.write { try $0.execute(sql) } }
            }
            let attempts = Recorder<Int>()
            try await database.write { transaction in
                attempts.append(1)
                guard attempts.all.count < 3 else { return }
                let state = attempts.all.count == 1 ? "40001" : "40P01"
                try transaction.execute(script: "DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '\(state)'; END $$")
            }
            try await database.read { _ in }
            let metrics = database.metrics
            #expect(metrics.committed == 4)
            #expect(metrics.rolledBack == 4)
            #expect(metrics.transactions.count == 8)
            #expect(metrics.statementTimeouts == 1)
            #expect(metrics.retries == [.serializationFailure: 1, .deadlock: 1])
            #expect(metrics.connectionsMax == 1 && metrics.connectionsMade == 1 && metrics.connectionsIdle == 1)
            let raised = metrics.statements.first { $0.name == "raise the counters" }
            #expect(raised?.runs == 3 && raised?.failures == 1)
            let asleep = metrics.statements.first { $0.name.hasPrefix("PostgresTests/PoolTests.swift:") && $0.failures == 1 && $0.runs == 1 }
            #expect(asleep != nil)
            await database.close()
        }
    }

    @Test("the pause grows with each failure up to its limit, and is never less than half of it")
    func backoff() {
        let least = Backoff(first: .milliseconds(10), longest: .milliseconds(100)) { $0.lowerBound }
        let most = Backoff(first: .milliseconds(10), longest: .milliseconds(100)) { $0.upperBound }
        #expect((0...6).map { most.delay(afterFailures: $0) } == [0, 10, 20, 40, 80, 100, 100].map { .milliseconds($0) })
        #expect((0...6).map { least.delay(afterFailures: $0) } == [0, 5, 10, 20, 40, 50, 50].map { .milliseconds($0) })
        #expect(most.delay(afterFailures: .max) == .milliseconds(100))
    }

    @Test("attempts to reach a server that is not there are made with pauses, and a cancelled caller does not sit them out")
    func reconnects() async throws {
        var configuration = DatabaseConfiguration(conninfo: "host=/nonexistent dbname=x", connections: 1)
        let pauses = Recorder<Int64>()
        configuration.reconnectDelay = Backoff(first: .milliseconds(1), longest: .seconds(3_600)) { range in
            pauses.append(range.upperBound)
            return pauses.all.count < 4 ? 1 : range.upperBound * 1_000_000
        }
        let database = Database(configuration)
        for _ in 0..<4 {
            let error = await #expect(throws: PostgresError.self) { try await database.read { _ in } }
            #expect(error?.kind == .unreachable)
        }
        #expect(pauses.all == [1_000, 2_000, 4_000, 8_000])
        #expect(database.metrics.connectionFailures == 4)
        let stuck = Task { try await database.read { _ in } }
        try await wait { database.metrics.connectionsBusy == 1 }
        stuck.cancel()
        await #expect(throws: CancellationError.self) { try await stuck.value }
        await database.close()
    }
}
