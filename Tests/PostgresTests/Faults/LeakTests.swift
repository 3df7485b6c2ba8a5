import Foundation
import Postgres
import Testing

/// What a pool takes it gives back. Other suites run in the same process meanwhile, so connections are counted exactly,
/// at the server and in the relay that all of them go through; threads and files of the process against a number that
/// a leak would exceed many times.
@Suite struct LeakTests {
    private static let transactions = 2_000
    private static let pools = 200

    private static func count(_ directory: String) -> Int {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/\(directory)"))?.count ?? 0
    }

    @Test("2,000 transactions with failures and cancellations, and 200 pools, leave nothing behind")
    func leavesNothing() async throws {
        try await withRelay { line in
            let (files, threads) = (Self.count("fd"), Self.count("task"))
            let pool = line.pool(connections: 4)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<Self.transactions {
                    group.addTask { try await Self.transact(number, on: pool) }
                }
                try await group.waitForAll()
            }
            // A connection that broke is replaced at once; the server ends its session a moment later.
            try await wait { try await line.sessions() <= 4 }
            #expect(try await line.sessions() <= 4)
            await pool.close()

            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<Self.pools {
                    if number >= 8 { try await group.next() }
                    group.addTask {
                        let pool = line.pool(connections: 2)
                        async let first = pool.read { try $0.execute("SELECT 1") }
                        async let second = pool.read { try $0.execute("SELECT 1") }
                        let answers = try await [first, second]
                        #expect(answers == [1, 1])
                        // The other half is let go without a word.
                        if number % 2 == 0 { await pool.close() }
                    }
                }
                try await group.waitForAll()
            }

            try await wait {
                let sessions = try await line.sessions()
                return sessions == 0 && line.relay.open == 0
            }
            #expect(line.relay.accepted >= 200)
            #expect(line.relay.open == 0)
            #expect(try await line.sessions() == 0)
            let spare = 150
            try await wait { Self.count("fd") < files + spare && Self.count("task") < threads + spare }
            #expect(Self.count("fd") < files + spare)
            #expect(Self.count("task") < threads + spare)
        }
    }

    private static func transact(_ number: Int, on pool: Database) async throws {
        switch number % 10 {
        case 0:
            await #expect(throws: PostgresError.self) { try await pool.write { try $0.execute("SELECT 1 / 0") } }
        case 1:
            let task = Task { try await pool.read { try $0.execute("SELECT pg_sleep(0.05)") } }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        case 2 where number % 100 == 2:
            await #expect(throws: PostgresError.self) {
                try await pool.write { try $0.execute("SELECT pg_terminate_backend(pg_backend_pid())") }
            }
        default:
            try await expectServing(pool)
        }
    }
}
