import Postgres
import TestSupport
import Testing

@Suite struct ErrorTests {
    private static func error(_ place: TestDatabase, _ sql: SQL) async -> PostgresError? {
        await #expect(throws: PostgresError.self) { try await place.application.write { try $0.execute(sql) } }
    }

    @Test("what the server says was violated is told by name: constraint, table, column")
    func names() async throws {
        try await withTestDatabase { place in
            try await place.makeCounters()
            let null = try #require(await Self.error(place, "INSERT INTO probe.counter VALUES (\(Int64(5)), NULL)"))
            #expect((null.sqlState, null.schema, null.table, null.column) == ("23502", "probe", "counter", "value"))
            #expect(null.description.contains("table probe.counter, column value"))
            let twice = try #require(await Self.error(place, "INSERT INTO probe.counter VALUES (\(Int64(1)), 0)"))
            #expect((twice.sqlState, twice.constraint) == ("23505", "counter_pkey"))
        }
    }

    @Test("no value of a statement stands in a description, whatever the server says", arguments: [
        "SELECT \("secret")::text::integer", "SELECT \("secret")::text::date", "SELECT 1 / (length(\("secret")) - 6)",
        "SELECT \("secret")::text::jsonb", "INSERT INTO probe.counter VALUES (1, length(\("secret")) - 100)",
    ] as [SQL])
    func noData(sql: SQL) async throws {
        try await withTestDatabase { place in
            try await place.makeCounters()
            let error = try #require(await Self.error(place, sql))
            #expect(error.kind == .statement)
            #expect(!error.description.contains("secret"))
            #expect(error.description.contains("PostgresTests/ErrorTests.swift:"))
        }
    }

    @Test("a statement is called by the line that runs it, or by the name it was given")
    func statementNames() async throws {
        try await withTestDatabase { place in
            let (line, divide) = (#line + 1, { @Sendable (transaction: Transaction) throws -> Int in
                try transaction.execute("SELECT 1 / 0")
            })
            let unnamed = await #expect(throws: PostgresError.self) { try await place.application.read(divide) }
            #expect(unnamed?.name == "PostgresTests/ErrorTests.swift:\(line)")
            let named = await #expect(throws: PostgresError.self) {
                try await place.application.read { transaction in
                    let sql: SQL = "SELECT 1 / 0"
                    try transaction.execute(sql.named("divide by nothing"))
                }
            }
            #expect(named?.name == "divide by nothing")
            #expect(named?.description == "PostgreSQL: statement 22012, in divide by nothing")
            #expect(named.map { String(reflecting: $0) }?.contains("SELECT 1 / 0") == true)
        }
    }

    @Test("a serializable write is tried again when another stands in its way")
    func serializable() async throws {
        try await withTestDatabase { place in
            try await place.makeCounters()
            let (meeting, attempts) = (Rendezvous(), Recorder<Int>())
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (mine, other) in [(1, 2), (2, 1)] as [(Int64, Int64)] {
                    group.addTask {
                        try await place.application.write(level: .serializable) { transaction in
                            attempts.append(1)
                            let value = try transaction.first("SELECT value FROM probe.counter WHERE id = \(other)") { try $0["value"] as Int64 }
                            meeting.meet()
                            try transaction.execute("UPDATE probe.counter SET value = \((value ?? 0) + 1) WHERE id = \(mine)")
                        }
                    }
                }
                try await group.waitForAll()
            }
            // One after another: the second sees what the first did.
            #expect(try await place.counter(1) != place.counter(2))
            #expect(attempts.all.count >= 3)
            let level = try await place.application.read(level: .serializableDeferrable) { transaction in
                try transaction.first(
                    """
                    SELECT current_setting('transaction_isolation') || ' ' || current_setting('transaction_deferrable')
                           || ' ' || current_setting('transaction_read_only') AS level
                    """
                ) { try $0["level"] as String }
            }
            #expect(level == "serializable on on")
        }
    }
}
