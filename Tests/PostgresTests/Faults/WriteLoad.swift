import Postgres
import Synchronization
import Testing

/// Many tasks that write numbered rows through one pool while a test breaks the server, and what each was told.
final class WriteLoad: Sendable {
    private struct State {
        var next = 0
        var acknowledged: Set<Int> = []
        var unknown: Set<Int> = []
        var failures: [PostgresError.Kind] = []
        var isOver = false
    }

    static let name = "load"
    private static let counters = 8

    private let database: Database
    private let state = Mutex(State())

    init(_ conninfo: String, connections: Int = 6) {
        database = Database(
            DatabaseConfiguration(conninfo: "\(conninfo) application_name=\(Self.name)", connections: connections))
    }

    /// Runs `tasks` writers while `body` runs, and closes the pool.
    func run(tasks: Int = 16, while body: () async throws -> Void) async throws {
        try await database.write { transaction in
            try transaction.execute(
                script: """
                    CREATE TABLE written (number bigint NOT NULL);
                    CREATE TABLE counter (id bigint PRIMARY KEY, rows bigint NOT NULL);
                    """)
            try transaction.execute("INSERT INTO counter SELECT id, 0 FROM generate_series(0, \(Self.counters - 1)) AS id")
        }
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<tasks {
                group.addTask { while let number = self.next() { await self.write(number) } }
            }
            do { try await body() } catch { Issue.record(error) }
            state.withLock { $0.isOver = true }
        }
        await database.close()
    }

    /// Waits until so many more writes were acknowledged than now: the pool serves.
    func serves(_ count: Int = 200) async throws {
        let target = state.withLock { $0.acknowledged.count } + count
        try await wait { state.withLock { $0.acknowledged.count } >= target }
        #expect(state.withLock { $0.acknowledged.count } >= target, "the pool does not serve")
    }

    /// The sessions of the pool that the server has now.
    func sessions(in database: Database) async throws -> [Int32] {
        try await database.read { transaction in
            try transaction.query("SELECT pid FROM pg_stat_activity WHERE application_name = \(Self.name)") {
                try $0["pid"] as Int32
            }
        }
    }

    /// Holds what the callers were told against the rows that are there.
    func expectKept(in conninfo: String) async throws {
        let database = Database(DatabaseConfiguration(conninfo: conninfo, connections: 1))
        let (rows, counted) = try await database.read { transaction in
            let rows = try transaction.query("SELECT number, count(*) AS times FROM written GROUP BY number") { row in
                (try row["number"] as Int, try row["times"] as Int)
            }
            return (rows, try transaction.first("SELECT sum(rows)::bigint AS rows FROM counter") { try $0["rows"] as Int })
        }
        await database.close()
        let told = state.withLock { $0 }
        let present = Set(rows.map(\.0))
        #expect(told.acknowledged.subtracting(present) == [], "acknowledged, and not there")
        #expect(rows.filter { $0.1 != 1 }.map(\.0) == [], "there more than once")
        #expect(present.subtracting(told.acknowledged).subtracting(told.unknown) == [], "failed, and there")
        #expect(counted == rows.count, "a transaction happened by halves")
        #expect(told.failures.filter { $0 != .unreachable && $0 != .connectionLost } == [])
    }

    private func next() -> Int? {
        state.withLock { state in
            guard !state.isOver else { return nil }
            state.next += 1
            return state.next
        }
    }

    private func write(_ number: Int) async {
        do {
            try await database.write { transaction in
                try transaction.execute("INSERT INTO written VALUES (\(number))")
                try transaction.execute("UPDATE counter SET rows = rows + 1 WHERE id = \(number % Self.counters)")
            }
            state.withLock { _ = $0.acknowledged.insert(number) }
        } catch let error as PostgresError where error.kind == .outcomeUnknown {
            state.withLock { _ = $0.unknown.insert(number) }
        } catch {
            state.withLock { $0.failures.append((error as? PostgresError)?.kind ?? .misuse) }
            await Task.yield()
        }
    }
}
