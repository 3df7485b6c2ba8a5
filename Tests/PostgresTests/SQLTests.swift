import Postgres
import TestSupport
import Testing

@Suite struct SQLTests {
    @Test("interpolated values become numbered parameters")
    func numbersParameters() {
        let (name, store) = ("O'Brien; DROP TABLE x", Int64(7))
        let sql: SQL = "SELECT 1 FROM store WHERE name = \(name) AND store_id = \(store)"
        #expect(sql.text == "SELECT 1 FROM store WHERE name = $1 AND store_id = $2")
    }

    @Test("a statement inside a statement keeps its values in place")
    func nests() {
        let condition: SQL = "b = \(2) OR c = \(3)"
        let sql: SQL = "SELECT \(1) WHERE \(condition) AND d = \(4)"
        #expect(sql.text == "SELECT $1 WHERE b = $2 OR c = $3 AND d = $4")
    }

    @Test("rows become lists of parameters")
    func rows() {
        let sql: SQL = "INSERT INTO t VALUES \(rows: [[1, "a"], [2, String?.none]])"
        #expect(sql.text == "INSERT INTO t VALUES ($1, $2), ($3, $4)")
    }

    @Test(
        "conditions are joined by AND, each in its parentheses",
        arguments: [([], "TRUE"), (["a"], "(a)"), (["a", "b OR c", "d"], "(a) AND (b OR c) AND (d)")] as [([SQL], String)])
    func joins(conditions: [SQL], text: String) {
        #expect(SQL.all(conditions).text == text)
    }

    @Test("values arrive in the order they were written")
    func valuesInOrder() async throws {
        try await withTestDatabase { database in
            let values = try await database.application.read { transaction in
                let inner: SQL = "\("two") || \("three")"
                return try transaction.first("SELECT \("one")::text AS a, \(inner) AS b, \(Int64(4)) AS c") { row in
                    (try row["a"] as String, try row["b"] as String, try row["c"] as Int64)
                }
            }
            let (a, b, c) = try #require(values)
            #expect((a, b, c) == ("one", "twothree", 4))
        }
    }

    @Test("insert splits many rows and keeps each one, NULL included", arguments: [0, 1, 999, 1_000, 1_001, 2_500])
    func insertsMany(count: Int) async throws {
        try await withTestDatabase { database in
            let found = try await database.owner.write { transaction in
                try transaction.execute("CREATE TEMPORARY TABLE probe (number bigint, name text, rest bigint[])")
                try transaction.insert(
                    into: "probe (number, name, rest)",
                    rows: (0..<count).map { [$0, $0.isMultiple(of: 3) ? nil : "name \($0)", [$0, $0]] })
                return try transaction.query("SELECT number, name, rest FROM probe ORDER BY number") { row in
                    let (number, name, rest): (Int, String?, [Int]) = (try row["number"], try row["name"], try row["rest"])
                    return rest == [number, number] && name == (number.isMultiple(of: 3) ? nil : "name \(number)")
                }
            }
            #expect(found == Array(repeating: true, count: count))
        }
    }

    @Test("an insert may say what happens to rows that are there already")
    func insertsOnConflict() async throws {
        try await withTestDatabase { database in
            try await database.makeCounters()
            try await database.application.write { transaction in
                try transaction.insert(
                    into: "probe.counter (id, value)", rows: [[Int64(1), Int64(5)], [Int64(3), Int64(7)]],
                    "ON CONFLICT (id) DO UPDATE SET value = excluded.value + \(Int64(1))")
            }
            #expect(try await database.counter(1) == 6)
            #expect(try await database.counter(3) == 7)
        }
    }

    @Test("a value with a zero byte is refused before it is sent")
    func refusesZeroByte() async throws {
        try await withTestDatabase { database in
            let error = await #expect(throws: PostgresError.self) {
                try await database.application.read { try $0.execute("SELECT \("a\0b")") }
            }
            #expect(error?.kind == .misuse)
            #expect(error?.statement == "SELECT $1")
        }
    }
}
