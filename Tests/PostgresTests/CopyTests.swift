import Postgres
import TestSupport
import Testing

private struct Stop: Error {}

@Suite struct CopyTests {
    private static let table: SQL = "CREATE TEMPORARY TABLE probe (number bigint CHECK (number >= 0), text text)"
    private static let copy: SQL = "COPY probe (number, text) FROM STDIN"

    @Test("COPY takes every row as it is, escapes and NULL included")
    func takesRows() async throws {
        let texts = ["", "\\N", "\\.", "a\tb", "a\nb", "a\r\nb", "\\", "\\\\t", "联药", "\u{8}\u{b}\u{c}", nil]
        try await withTestDatabase { database in
            let (count, found) = try await database.owner.write { transaction in
                try transaction.execute(Self.table)
                let count = try transaction.copy(
                    Self.copy, rows: texts.enumerated().map { [$0.offset, $0.element] as [(any SQLParameter)?] })
                return (count, try transaction.query("SELECT text FROM probe ORDER BY number") { try $0["text"] as String? })
            }
            #expect(count == texts.count)
            #expect(found == texts)
        }
    }

    @Test("COPY takes more than fits one buffer, and nothing at all")
    func takesMany() async throws {
        try await withTestDatabase { database in
            let counts = try await database.owner.write { transaction in
                try transaction.execute(Self.table)
                let many = (0..<20_000).lazy.map { (number: Int) -> [(any SQLParameter)?] in [number, "line \(number)"] }
                return [try transaction.copy(Self.copy, rows: many), try transaction.copy(Self.copy, rows: [])]
            }
            #expect(counts == [20_000, 0])
        }
    }

    @Test("COPY that the server refuses midway keeps nothing, and the connection serves on")
    func refusedMidway() async throws {
        try await withTestDatabase { database in
            let (state, count) = try await database.owner.write { transaction in
                try transaction.execute(Self.table)
                let error = #expect(throws: PostgresError.self) {
                    try transaction.savepoint {
                        let rows = (0..<20_000).lazy.map { (number: Int) -> [(any SQLParameter)?] in
                            [number == 10_000 ? -1 : number, ""]
                        }
                        try transaction.copy(Self.copy, rows: rows)
                    }
                }
                return (error?.sqlState, try transaction.first("SELECT count(*) AS count FROM probe") { try $0["count"] as Int })
            }
            #expect(state == "23514")
            #expect(count == 0)
        }
    }

    @Test("COPY whose rows stop coming keeps nothing, and the caller gets the reason")
    func stoppedMidway() async throws {
        struct Rows: Sequence, IteratorProtocol {
            var number: Int64 = 0
            mutating func next() -> [(any SQLParameter)?]? {
                number += 1
                return number > 5_000 ? nil : [number, "\0"]
            }
        }
        try await withTestDatabase { database in
            let count = try await database.owner.write { transaction in
                try transaction.execute(Self.table)
                #expect(throws: PostgresError.self) {
                    try transaction.savepoint { try transaction.copy(Self.copy, rows: Rows()) }
                }
                return try transaction.first("SELECT count(*) AS count FROM probe") { try $0["count"] as Int }
            }
            #expect(count == 0)
        }
    }

    @Test("only COPY … FROM STDIN can be copied into", arguments: ["SELECT 1", "COPY (SELECT 1) TO STDOUT", "SELEC"] as [SQL])
    func otherStatements(statement: SQL) async throws {
        try await withTestDatabase { database in
            let error = await #expect(throws: PostgresError.self) {
                try await database.owner.write { try $0.copy(statement, rows: []) }
            }
            #expect(error != nil)
            let served = try await database.owner.read { try $0.execute("SELECT 1") }
            #expect(served == 1)
        }
    }
}
