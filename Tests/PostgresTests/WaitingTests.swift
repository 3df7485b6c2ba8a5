import Postgres
import TestSupport
import Testing

@Suite struct WaitingTests {
    @Test("callers are served in the order they came")
    func inOrder() async throws {
        try await withTestDatabase { database in
            let single = database.single()
            let (gate, served) = (Gate(), Recorder<Int>())
            let first = try await occupy(single, until: gate)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<200 {
                    group.addTask { try await single.read { _ in served.append(number) } }
                    try await wait { single.waiting == number + 1 }
                }
                #expect(single.waiting == 200)
                gate.open()
                try await group.waitForAll()
            }
            try await first.value
            #expect(served.all == Array(0..<200))
            await single.close()
        }
    }

    @Test("a task that is cancelled while it waits is answered at once, and its work is not done")
    func cancelledWhileWaiting() async throws {
        try await withTestDatabase { database in
            let single = database.single()
            let (gate, done) = (Gate(), Recorder<String>())
            let first = try await occupy(single, until: gate)
            let waiting = Task { try await single.read { _ in done.append("done") } }
            try await wait { single.waiting == 1 }
            waiting.cancel()
            await #expect(throws: CancellationError.self) { try await waiting.value }
            gate.open()
            try await first.value
            #expect(try await single.read { try $0.execute("SELECT 1") } == 1)
            #expect(done.all.isEmpty)
            await single.close()
        }
    }

    @Test("a task that is cancelled before it asks gets no connection")
    func cancelledBefore() async throws {
        try await withTestDatabase { database in
            let done = Recorder<String>()
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                try await database.application.read { _ in done.append("done") }
            }
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(done.all.isEmpty)
        }
    }

    @Test("a task that is cancelled while its query runs ends promptly, and the connection serves on")
    func cancelledWhileRunning() async throws {
        try await withTestDatabase { database in
            let (single, watching) = (database.single(), database.single())
            let process = try await single.read(backend)
            let sleeping = Task { try await single.write { try $0.execute("SELECT pg_sleep(55)") } }
            try await wait {
                try await watching.read { transaction in
                    try transaction.execute(
                        "SELECT 1 FROM pg_stat_activity WHERE pid = \(Int32(process)) AND wait_event = 'PgSleep'") == 1
                }
            }
            let clock = ContinuousClock()
            let start = clock.now
            sleeping.cancel()
            await #expect(throws: CancellationError.self) { try await sleeping.value }
            #expect(clock.now - start < .seconds(10))
            #expect(try await single.read(backend) == process)
            await single.close()
            await watching.close()
        }
    }

    @Test("a task that is cancelled between two statements does not run the second")
    func cancelledBetween() async throws {
        try await withTestDatabase { database in
            try await database.makeCounters()
            let (began, gate, done) = (Recorder<Int>(), Gate(), Recorder<String>())
            let task = Task {
                try await database.application.write { transaction in
                    try transaction.execute("UPDATE probe.counter SET value = 1")
                    began.append(1)
                    gate.pass()
                    try transaction.execute("SELECT pg_sleep(55)")
                    done.append("done")
                }
            }
            try await wait { began.all.count == 1 }
            task.cancel()
            gate.open()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(done.all.isEmpty)
            #expect(try await database.counter(1) == 0)
        }
    }

    @Test("a statement that runs too long, or waits too long for a lock, is ended")
    func timeouts() async throws {
        try await withTestDatabase { database in
            try await database.makeCounters()
            let hurried = Database(
                DatabaseConfiguration(
                    conninfo: database.conninfo, connections: 1, statementTimeout: .milliseconds(300),
                    lockTimeout: .milliseconds(100)))
            let slow = await #expect(throws: PostgresError.self) {
                try await hurried.read { try $0.execute("SELECT pg_sleep(55)") }
            }
            #expect(slow?.sqlState == "57014")
            let (locked, gate) = (Recorder<Int>(), Gate())
            let holder = Task {
                try await database.application.write { transaction in
                    try transaction.execute("UPDATE probe.counter SET value = 1 WHERE id = 1")
                    locked.append(1)
                    gate.pass()
                }
            }
            try await wait { locked.all.count == 1 }
            let blocked = await #expect(throws: PostgresError.self) {
                try await hurried.write { try $0.execute("UPDATE probe.counter SET value = 2 WHERE id = 1") }
            }
            #expect(blocked?.sqlState == "55P03")
            gate.open()
            try await holder.value
            await hurried.close()
        }
    }

    @Test("close finishes the work that waits, and nothing is taken afterwards")
    func closes() async throws {
        try await withTestDatabase { database in
            let single = database.single()
            let (gate, done) = (Gate(), Recorder<Int>())
            let first = try await occupy(single, until: gate)
            let waiting = (1...5).map { number in
                Task { try await single.read { _ in done.append(number) } }
            }
            try await wait { single.waiting == 5 }
            let closing = Task { await single.close() }
            try await wait { single.isClosed }
            gate.open()
            try await first.value
            for task in waiting { try await task.value }
            await closing.value
            #expect(done.all.sorted() == [1, 2, 3, 4, 5])
            let error = await #expect(throws: PostgresError.self) { try await single.read { _ in } }
            #expect(error?.kind == .misuse)
        }
    }
}
