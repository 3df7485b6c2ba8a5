import Postgres
import TestSupport
import Testing

@Suite struct CancellationTests {
    /// Where a task is when it is cancelled.
    enum Place: String, CaseIterable, Sendable {
        case query, lock, copy, betweenStatements, afterLastStatement
    }

    private static func pool(_ database: TestDatabase, connections: Int) -> Database {
        Database(
            DatabaseConfiguration(conninfo: "\(database.conninfo) application_name=cancelled", connections: connections))
    }

    /// What the server does for the pool's sessions.
    private static func atWork(_ database: TestDatabase) async throws -> Int {
        try await database.owner.read { transaction in
            try transaction.execute(
                "SELECT FROM pg_stat_activity WHERE application_name = 'cancelled' AND state <> 'idle'")
        }
    }

    /// Rows that never end.
    private static func endless() -> some Sequence<[(any SQLParameter)?]> {
        (1_000_000...).lazy.map { (number: Int) -> [(any SQLParameter)?] in [number, number] }
    }

    @Test("a cancelled task leaves nothing running, nothing written and a connection that serves", arguments: Place.allCases)
    func leavesNothing(place: Place) async throws {
        try await withTestDatabase { database in
            try await database.makeCounters()
            let (pool, began, gate) = (Self.pool(database, connections: 3), Recorder<Place>(), Gate())
            let before = try await Self.processes(of: pool, count: 3)
            let (locked, release) = (Recorder<Place>(), Gate())
            let holder = Task {
                guard place == .lock else { return }
                try await database.application.write { transaction in
                    try transaction.execute("UPDATE probe.counter SET value = 7 WHERE id = 2")
                    locked.append(.lock)
                    release.pass()
                }
            }
            if place == .lock { try await wait { !locked.all.isEmpty } }

            let tasks = (0..<6).map { number in
                Task {
                    try await pool.write { transaction in
                        try transaction.execute("INSERT INTO probe.counter VALUES (\(100 + number), 0)")
                        began.append(place)
                        switch place {
                        case .query: try transaction.execute("SELECT pg_sleep(55)")
                        case .lock: try transaction.execute("UPDATE probe.counter SET value = 8 WHERE id = 2")
                        case .copy: try transaction.copy("COPY probe.counter FROM STDIN", rows: Self.endless())
                        case .betweenStatements:
                            gate.pass()
                            try transaction.execute("UPDATE probe.counter SET value = 8 WHERE id = 1")
                        case .afterLastStatement: gate.pass()
                        }
                    }
                }
            }
            try await wait { began.all.count == 3 }
            for task in tasks { task.cancel() }
            for _ in tasks { gate.open() }
            for task in tasks { await #expect(throws: CancellationError.self) { try await task.value } }

            try await wait { try await Self.atWork(database) == 0 }
            #expect(try await Self.atWork(database) == 0)
            release.open()
            try await holder.value
            let counters = try await database.owner.read { transaction in
                try transaction.query("SELECT id, value FROM probe.counter ORDER BY id") { try $0["id"] as Int64 }
            }
            #expect(counters == [1, 2])
            #expect(try await database.counter(1) == 0)
            #expect(try await Self.processes(of: pool, count: 3) == before)
            await pool.close()
        }
    }

    @Test("COPY whose rows never end is ended by the statement's timeout, and not tried again")
    func endlessCopy() async throws {
        try await withTestDatabase { database in
            try await database.makeCounters()
            let attempts = Recorder<Int>()
            let pool = Database(
                DatabaseConfiguration(conninfo: database.conninfo, connections: 1, statementTimeout: .milliseconds(300)))
            let before = try await pool.read(backend)
            let error = await #expect(throws: PostgresError.self) {
                try await pool.write { transaction in
                    attempts.append(1)
                    try transaction.copy("COPY probe.counter FROM STDIN", rows: Self.endless())
                }
            }
            #expect(error?.sqlState == "57014")
            #expect(attempts.all.count == 1)
            #expect(try await pool.read(backend) == before)
            await pool.close()
        }
    }

    @Test("tasks cancelled at any moment are told so or have written, whole")
    func anyMoment() async throws {
        try await withTestDatabase { database in
            try await database.makeCounters()
            let (pool, written) = (Self.pool(database, connections: 4), Recorder<Int64>())
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in Int64(100)..<500 {
                    let task = Task {
                        try await pool.write { transaction in
                            try transaction.execute("INSERT INTO probe.counter VALUES (\(number), 0)")
                            try transaction.execute("UPDATE probe.counter SET value = 1 WHERE id = \(number)")
                        }
                        written.append(number)
                    }
                    group.addTask {
                        for _ in 0..<(number * 7 % 300) { await Task.yield() }
                        if number % 3 != 0 { task.cancel() }
                        do { try await task.value } catch is CancellationError {}
                    }
                }
                try await group.waitForAll()
            }
            let rows = try await database.owner.read { transaction in
                try transaction.query("SELECT id FROM probe.counter WHERE id >= 100 AND value = 1 ORDER BY id") {
                    try $0["id"] as Int64
                }
            }
            let halves = try await database.owner.read {
                try $0.execute("SELECT FROM probe.counter WHERE id >= 100 AND value <> 1")
            }
            #expect(rows == written.all.sorted())
            #expect(halves == 0)
            #expect(written.all.filter { $0 % 3 == 0 }.count == 133)
            #expect(try await Self.atWork(database) == 0)
            await pool.close()
        }
    }

    /// The server's processes behind all connections of `pool`, each held while the others answer.
    private static func processes(of pool: Database, count: Int) async throws -> Set<Int64> {
        let (seen, gate) = (Recorder<Int64>(), Gate())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<count {
                group.addTask {
                    try await pool.read { transaction in
                        seen.append(try backend(transaction))
                        gate.pass()
                    }
                }
            }
            try await wait { seen.all.count == count }
            for _ in 0..<count { gate.open() }
            try await group.waitForAll()
        }
        return Set(seen.all)
    }
}
