import Foundation
import Postgres
import TestSupport
import Testing

private struct Stop: Error {}

@Suite struct PipelineTests {
    @Test("each statement of a pipeline gets its own answer, of its own type")
    func answers() async throws {
        try await withTestDatabase { database in
            try await database.makeCounters()
            for _ in 1...3 {
                let (values, name, count, missing) = try await database.application.write { transaction in
                    try transaction.pipeline(
                        Statement.rows("SELECT id FROM probe.counter ORDER BY id") { try $0["id"] as Int64 },
                        Statement.first("SELECT \("a")::text AS name") { try $0["name"] as String },
                        Statement.affected("UPDATE probe.counter SET value = value + \(Int64(1))"),
                        Statement.first("SELECT value FROM probe.counter WHERE id = \(Int64(99))") { try $0["value"] as Int64 })
                }
                #expect(values == [1, 2])
                #expect(name == "a")
                #expect(count == 2)
                #expect(missing == nil)
            }
            #expect(try await database.counter(1) == 3)
        }
    }

    @Test("a statement sees what those before it in the pipeline did")
    func inOrder() async throws {
        try await withTestDatabase { database in
            try await database.makeCounters()
            let seen = try await database.application.write { transaction in
                let step = Statement<Int64?>.first("UPDATE probe.counter SET value = value + 1 WHERE id = 1 RETURNING value") {
                    try $0["value"] as Int64
                }
                return try transaction.pipeline(Array(repeating: step, count: 50))
            }
            #expect(seen == (1...50).map { Int64($0) })
        }
    }

    @Test("a pipeline takes one round trip, the first time and later")
    func roundTrips() async throws {
        try await withTestDatabase { database in
            let counter = try TurnCounter(before: database.conninfo)
            let through = Database(DatabaseConfiguration(conninfo: counter.conninfo, connections: 1))
            let (first, second, apart) = try await through.read { transaction in
                func turns(_ body: () throws -> Void) rethrows -> Int {
                    let before = counter.count
                    try body()
                    return counter.count - before
                }
                let statements = (0..<20).map { number in
                    let expression = SQL(stringLiteral: "\(number)")
                    return Statement<Int?>.first("SELECT \(expression) + \(number) AS value") { try $0["value"] as Int }
                }
                _ = try transaction.execute("SELECT 1")
                let first = try turns { _ = try transaction.pipeline(statements) }
                let second = try turns { _ = try transaction.pipeline(statements) }
                let apart = try turns { for _ in 0..<20 { try transaction.execute("SELECT 2") } }
                return (first, second, apart)
            }
            #expect(first == 1)
            #expect(second == 1)
            #expect(apart == 20)
            await through.close()
            counter.close()
        }
    }

    @Test("a statement that fails is named, and those after it are not run")
    func failure() async throws {
        try await withTestDatabase { database in
            try await database.makeCounters()
            let found = try await database.application.write { transaction in
                let error = #expect(throws: PostgresError.self) {
                    try transaction.savepoint {
                        _ = try transaction.pipeline(
                            Statement.affected("UPDATE probe.counter SET value = 5 WHERE id = 1"),
                            Statement.affected("UPDATE probe.counter SET value = \(Int64(-1)) WHERE id = 2"),
                            Statement.affected("UPDATE probe.counter SET value = 6 WHERE id = 1"))
                    }
                }
                #expect(error?.constraint == "value_is_not_negative")
                #expect(error?.statement == "UPDATE probe.counter SET value = $1 WHERE id = 2")
                return try transaction.query("SELECT value FROM probe.counter ORDER BY id") { try $0["value"] as Int64 }
            }
            #expect(found == [0, 0])
        }
    }

    @Test("a statement that cannot be parsed fails the pipeline, and is prepared when it can")
    func unparsable() async throws {
        try await withTestDatabase { database in
            let single = database.single()
            let values = try await single.write { transaction in
                func both() throws -> (Int?, Int?) {
                    try transaction.pipeline(
                        Statement.first("SELECT 1 AS value") { try $0["value"] as Int },
                        Statement.first("SELECT number AS value FROM probe_later") { try $0["value"] as Int })
                }
                let error = #expect(throws: PostgresError.self) { try transaction.savepoint { _ = try both() } }
                #expect(error?.sqlState == "42P01")
                try transaction.execute("CREATE TEMPORARY TABLE probe_later AS SELECT 7 AS number")
                return try both()
            }
            #expect(values == (1, 7))
            await single.close()
        }
    }

    @Test("much in both directions does not make both sides wait for each other")
    func bothDirections() async throws {
        try await withTestDatabase { database in
            let text = String(repeating: "联", count: 300_000)
            let lengths = try await database.application.read { transaction in
                try transaction.pipeline(
                    (0..<40).map { number in
                        Statement<Int?>.first("SELECT \(text) || \(number)::text AS text") { (try $0["text"] as String).utf8.count }
                    })
            }
            #expect(lengths == (0..<40).map { 900_000 + ($0 < 10 ? 1 : 2) })
        }
    }

    @Test("more statements than a connection keeps prepared fit one pipeline")
    func many() async throws {
        try await withTestDatabase { database in
            let single = database.single()
            for _ in 1...2 {
                let sum = try await single.read { transaction in
                    try transaction.pipeline(
                        (0..<1_200).map { number in
                            Statement<Int?>.first(SQL(stringLiteral: "SELECT \(number) AS value")) { try $0["value"] as Int }
                        }
                    ).reduce(0) { $0 + ($1 ?? 0) }
                }
                #expect(sum == 1_199 * 600)
            }
            let kept = try await single.read { transaction in
                try transaction.first("SELECT count(*) AS kept FROM pg_prepared_statements") { try $0["kept"] as Int }
            }
            #expect(try #require(kept) <= 500)
            await single.close()
        }
    }

    @Test("nothing at all is a pipeline too; COPY is not for one, and an answer that cannot be read is the caller's error")
    func oddities() async throws {
        try await withTestDatabase { database in
            let single = database.single()
            let nothing = try await single.read { try $0.pipeline([Statement<Int>]()) }
            #expect(nothing.isEmpty)
            let copy = await #expect(throws: PostgresError.self) {
                try await single.read { _ = try $0.pipeline(Statement.affected("COPY (SELECT 1) TO STDOUT")) }
            }
            #expect(copy?.kind == .misuse)
            await #expect(throws: Stop.self) {
                try await single.read { _ = try $0.pipeline([Statement<[Int]>.rows("SELECT 1") { _ in throw Stop() }]) }
            }
            #expect(try await single.read { try $0.execute("SELECT 1") } == 1)
            await single.close()
        }
    }
}
