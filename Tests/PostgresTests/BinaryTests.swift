import Foundation
import Postgres
import Primitives
import TestSupport
import Testing

/// How a column came.
private struct Form: ColumnDecodable, Equatable {
    let type: SQLType?
    init(column: ColumnText) { type = column.binaryType }
}

@Suite struct BinaryTests {
    private static let table = """
        CREATE TEMPORARY TABLE probe (
            number bigint, truth boolean, bytes bytea, small smallint, whole integer, text text, day date, at timestamptz, id uuid)
        """

    private static func fill(_ transaction: Transaction, seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        func some<Value: SQLParameter>(_ value: Value) -> Value? { Int.random(in: 0...9, using: &random) == 0 ? nil : value }
        try transaction.execute(script: table)
        let rows = (0..<50).map { number -> [any SQLParameter] in
            let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
            return [
                number, some(Bool.random(using: &random)), some(Bytes(bytes)), some(Int16.random(in: .min ... .max, using: &random)),
                some(Int32.random(in: .min ... .max, using: &random)), some("联药 \(number)\t\\"),
                some(CalendarDate(day: Int32.random(in: -20_000...2_000_000, using: &random))),
                some(Instant(microseconds: Int64.random(in: -1_000_000_000_000_000...9_000_000_000_000_000, using: &random))),
                some(UUID.random(using: &random)),
            ]
        }
        try transaction.insert(into: "probe", rows: rows)
        try transaction.execute(
            script: """
                INSERT INTO probe (number, day, at) VALUES
                    (1000, 'infinity', 'infinity'), (1001, '-infinity', '-infinity'), (1002, '0044-03-15 BC', '0044-03-15 12:30:00.5 BC'),
                    (1003, '0001-01-01', '0001-01-01 00:00:00Z'), (1004, '12345-06-07', '12345-06-07 08:09:10.000001Z')
                """)
    }

    @Test("every value reads the same in binary as in text", arguments: UInt64(0)..<20)
    func same(seed: UInt64) async throws {
        try await withTestDatabase { database in
            let single = database.single()
            let (forms, texts, typed) = try await single.write { transaction in
                try Self.fill(transaction, seed: seed)
                var (forms, texts, typed): ([Form], [[[String?]]], [[String]]) = ([], [], [])
                for _ in 1...2 {
                    var rows: [[String?]] = []
                    var values: [String] = []
                    _ = try transaction.query("SELECT * FROM probe ORDER BY number") { row in
                        if rows.isEmpty { forms.append(try row["number"]) }
                        rows.append(try (0..<9).map { try row[$0] as String? })
                        guard (try row["number"] as Int64) < 1_000 else { return }
                        let numbers = (
                            try row["number"] as Int, try row["small"] as Int16?, try row["whole"] as Int32?, try row["truth"] as Bool?)
                        let others = (
                            try row["bytes"] as Bytes?, try row["day"] as CalendarDate?, try row["at"] as Instant?, try row["id"] as UUID?)
                        values.append("\(numbers) \(others)")
                    }
                    texts.append(rows)
                    typed.append(values)
                }
                return (forms, texts, typed)
            }
            #expect(forms.map(\.type) == [nil, .bigint])
            #expect(texts[0] == texts[1])
            #expect(typed[0] == typed[1])
            #expect(typed[0].count == 50)
            await single.close()
        }
    }

    @Test("a column that binary form is not read of keeps the whole result in text")
    func keepsText() async throws {
        try await withTestDatabase { database in
            let single = database.single()
            let forms = try await single.read { transaction in
                try (1...3).map { _ in
                    try transaction.first("SELECT now() AS at, 1.5 AS numeric, ARRAY[1] AS list") { try $0["at"] as Form }
                }
            }
            #expect(forms.allSatisfy { $0?.type == nil })
            await single.close()
        }
    }

    @Test("a value of another type, or too large, is refused in binary as in text")
    func mismatches() async throws {
        try await withTestDatabase { database in
            let single = database.single()
            func refuses<Value: ColumnDecodable & Sendable & SendableMetatype>(_ sql: SQL, as type: Value.Type) async {
                for _ in 1...3 {
                    let error = await #expect(throws: ColumnMismatch.self) {
                        try await single.read { transaction in _ = try transaction.query(sql) { try $0["value"] as Value } }
                    }
                    #expect(error?.column == "value")
                }
            }
            await refuses("SELECT 32768 AS value, now() AS at", as: Int16.self)
            await refuses("SELECT now() AS value", as: Int64.self)
            await refuses("SELECT 'x'::text AS value, now() AS at", as: Int64.self)
            await refuses("SELECT 1 AS value, now() AS at", as: Bool.self)
            await refuses("SELECT 1 AS value, now() AS at", as: UUID.self)
            await refuses("SELECT 'infinity'::timestamptz AS value", as: Instant.self)
            await refuses("SELECT '1899-12-31'::date AS value", as: CalendarDate.self)
            await refuses("SELECT 'zz'::text AS value, now() AS at", as: Bytes.self)
            await single.close()
        }
    }

    @Test("bytes come back, in arrays too", arguments: UInt64(0)..<10)
    func bytes(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let values = (0..<20).map { _ in
            Bytes((0..<Int.random(in: 0...3_000, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) })
        }
        try await withTestDatabase { database in
            let single = database.single()
            for _ in 1...2 {
                let (array, back) = try await single.read { transaction in
                    let array = try transaction.first("SELECT \(values) AS value") { try $0["value"] as [Bytes] }
                    let back = try values.map { value in
                        try transaction.first("SELECT \(value) AS value, \(Bytes?.none) AS missing") { row in
                            (try row["value"] as Bytes, try row["missing"] as Bytes?)
                        }
                    }
                    return (array, back)
                }
                #expect(array == values)
                #expect(back.map { $0?.0 } == values)
                #expect(back.allSatisfy { $0?.1 == nil })
            }
            await single.close()
        }
    }
}

extension UUID {
    fileprivate static func random(using random: inout SeededGenerator) -> UUID {
        var bytes = (UInt64.random(in: 0 ... .max, using: &random), UInt64.random(in: 0 ... .max, using: &random))
        return withUnsafeBytes(of: &bytes) { UUID(uuid: $0.load(as: uuid_t.self)) }
    }
}
