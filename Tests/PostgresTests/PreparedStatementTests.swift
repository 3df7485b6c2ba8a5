import Postgres
import TestSupport
import Testing

@Suite struct PreparedStatementTests {
    private static func rows(_ database: Database) async throws -> [Int64] {
        try await database.read { transaction in
            try transaction.query("SELECT * FROM probe.counter ORDER BY id") { try $0["value"] as Int64 }
        }
    }

    @Test("the statement used least recently gives way, one that is used again and again stays")
    func leastRecentlyUsed() async throws {
        try await withTestDatabase { database in
            let single = database.single()
            let (names, kept) = try await single.read { transaction in
                var names: Set<String> = []
                for number in 0..<1_500 {
                    let name = try transaction.first(
                        "SELECT name FROM pg_prepared_statements WHERE statement LIKE '%' || \("pg_prepared")::text || '%'"
                    ) { try $0["name"] as String }
                    if let name { names.insert(name) }
                    try transaction.execute(SQL(stringLiteral: "SELECT \(number)"))
                }
                return (
                    names,
                    try transaction.query("SELECT statement FROM pg_prepared_statements WHERE statement ~ '^SELECT [0-9]'") {
                        try $0["statement"] as String
                    }
                )
            }
            #expect(names.count == 1)
            #expect(kept.contains("SELECT 1499") && !kept.contains("SELECT 0"))
            #expect((480...500).contains(kept.count))
            await single.close()
        }
    }

    @Test(
        "a table changed by another session between two transactions is no trouble, for reading and for writing",
        arguments: [
            "ALTER TABLE probe.counter ADD COLUMN note text",
            "ALTER TABLE probe.counter ALTER COLUMN value TYPE integer",
            "ALTER TABLE probe.counter ALTER COLUMN id TYPE text",
            "ALTER TABLE probe.counter DROP COLUMN value; ALTER TABLE probe.counter ADD COLUMN value bigint NOT NULL DEFAULT 0",
            "ALTER TABLE probe.counter ADD COLUMN at timestamptz DEFAULT now()",
        ])
    func schemaChanges(change: String) async throws {
        try await withTestDatabase { database in
            try await database.makeCounters()
            let (reading, writing) = (database.single(role: "lianyao_application"), database.single(role: "lianyao_application"))
            func returned() async throws -> [Int64] {
                try await writing.write { transaction in
                    try transaction.query("UPDATE probe.counter SET value = 0 RETURNING *") { try $0["value"] as Int64 }
                }
            }
            for _ in 1...2 {
                #expect(try await Self.rows(reading) == [0, 0])
                #expect(try await returned() == [0, 0])
            }
            try await database.owner.write { try $0.execute(script: change) }
            for _ in 1...2 {
                #expect(try await Self.rows(reading) == [0, 0])
                #expect(try await returned() == [0, 0])
            }
            await reading.close()
            await writing.close()
        }
    }

    @Test("a plan that the schema has outlived is made anew also when a transaction is tried once only")
    func oneAttempt() async throws {
        try await withTestDatabase { database in
            try await database.makeCounters()
            let single = database.single(role: "lianyao_application", attemptsMax: 1)
            #expect(try await Self.rows(single) == [0, 0])
            try await database.owner.write { try $0.execute(script: "ALTER TABLE probe.counter ADD COLUMN note text") }
            #expect(try await Self.rows(single) == [0, 0])
            await single.close()
        }
    }

    @Test("statements that the session has lost are prepared anew", arguments: ["DEALLOCATE ALL", "DISCARD PLANS; DEALLOCATE ALL"])
    func lost(script: String) async throws {
        try await withTestDatabase { database in
            try await database.makeCounters()
            let single = database.single()
            for _ in 1...3 {
                #expect(try await Self.rows(single) == [0, 0])
                let (one, two) = try await single.write { transaction in
                    try transaction.pipeline(
                        Statement.first("SELECT 1 AS value") { try $0["value"] as Int }, Statement.first("SELECT 2 AS value") { try $0["value"] as Int })
                }
                #expect(one == 1 && two == 2)
                try await single.write { try $0.execute(script: script) }
            }
            await single.close()
        }
    }

    @Test("a table changed inside the transaction is no trouble to a statement that ran before it")
    func sameTransaction() async throws {
        try await withTestDatabase { database in
            try await database.makeCounters()
            let found = try await database.owner.write { transaction in
                func rows() throws -> [Int64] {
                    try transaction.query("SELECT * FROM probe.counter ORDER BY id") { try $0["value"] as Int64 }
                }
                let before = try rows()
                try transaction.execute(script: "ALTER TABLE probe.counter ADD COLUMN note text")
                return before + (try rows())
            }
            #expect(found == [0, 0, 0, 0])
        }
    }
}
