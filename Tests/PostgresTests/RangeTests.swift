import Postgres
import Primitives
import TestSupport
import Testing

@Suite struct RangeTests {
    private static func end<Bound: SQLRangeBound>(_ value: Bound, _ random: inout SeededGenerator) -> SQLRange<Bound>.End {
        switch Int.random(in: 0...2, using: &random) {
        case 0: .unbounded
        case 1: .inclusive(value)
        default: .exclusive(value)
        }
    }

    private static func check<Bound: SQLRangeBound>(
        _ candidates: [Bound], _ random: inout SeededGenerator, _ database: TestDatabase
    ) async throws {
        let ranges = (0..<12).map { _ in
            let (a, b) = (candidates.randomElement(using: &random) ?? candidates[0], candidates.randomElement(using: &random) ?? candidates[0])
            return SQLRange<Bound>.between(Self.end(min(a, b), &random), Self.end(max(a, b), &random))
        } + [SQLRange<Bound>.empty]
        let found = try await database.application.read { transaction in
            try ranges.map { range in
                let (back, inside) = try transaction.pipeline(
                    Statement.first("SELECT \(range) AS range") { try $0["range"] as SQLRange<Bound> },
                    Statement.rows("SELECT \(range) @> value AS inside FROM unnest(ARRAY[\(candidates.map(SQL.value).joined())]) AS value") {
                        try $0["inside"] as Bool
                    })
                return (back, inside)
            }
        }
        for (range, (back, inside)) in zip(ranges, found) {
            #expect(candidates.map(range.contains) == inside, "\(range)")
            #expect(candidates.map { back?.contains($0) ?? false } == inside, "\(range)")
        }
    }

    @Test("ranges come back holding the same values as on the server", arguments: UInt64(0)..<20)
    func roundTrip(seed: UInt64) async throws {
        try await withTestDatabase { database in
            var random = SeededGenerator(seed: seed)
            try await Self.check([-5, 0, 1, 2, 3, 100] as [Int64], &random, database)
            try await Self.check([Int32.min, -1, 0, 7, Int32.max - 1], &random, database)
            try await Self.check(["-1.5", "0", "0.001", "2", "2.00001"].compactMap { Numeric($0) }, &random, database)
            let day = CalendarDate(day: Int32.random(in: 0...40_000, using: &random))
            try await Self.check((0..<5).map { day.adding(days: $0 * $0) }, &random, database)
            let moment = Instant(microseconds: Int64.random(in: 0...2_000_000_000_000_000, using: &random))
            try await Self.check((0..<5).map { moment.adding(.microseconds($0)) }, &random, database)
        }
    }

    @Test("the bounds are those that were written, except where the server puts whole numbers into one form")
    func bounds() async throws {
        try await withTestDatabase { database in
            let (whole, decimal, endless, empty, null) = try await database.application.read { transaction in
                try transaction.pipeline(
                    Statement.first("SELECT int8range(1, 3, '[]') AS range") { try $0["range"] as SQLRange<Int64> },
                    Statement.first("SELECT '(1.5,2.50]'::numrange AS range") { try $0["range"] as SQLRange<Numeric> },
                    Statement.first("SELECT '(,)'::daterange AS range") { try $0["range"] as SQLRange<CalendarDate> },
                    Statement.first("SELECT int4range(4, 4) AS range") { try $0["range"] as SQLRange<Int32> },
                    Statement.first("SELECT NULL::int4range AS range") { try $0["range"] as SQLRange<Int32>? })
            }
            #expect(whole == SQLRange(1..<4))
            let (low, high) = try (#require(Numeric("1.5")), #require(Numeric("2.5")))
            #expect(decimal == .between(.exclusive(low), .inclusive(high)))
            #expect(endless == .between(.unbounded, .unbounded))
            #expect(empty == .empty)
            #expect(null == .some(nil))
            #expect(SQLRange(5..<5) == SQLRange<Int>.empty)
        }
    }

    @Test("what is no range is refused", arguments: ["SELECT 'x' AS range", "SELECT '[1,2' AS range", "SELECT '[1]' AS range", "SELECT '[a,b)' AS range"] as [SQL])
    func refused(sql: SQL) async throws {
        try await withTestDatabase { database in
            await #expect(throws: ColumnMismatch.self) {
                try await database.application.read { _ = try $0.query(sql) { try $0["range"] as SQLRange<Int64> } }
            }
        }
    }
}

extension SQL {
    fileprivate static func value(_ value: some SQLParameter) -> SQL { "\(value)" }
}

extension [SQL] {
    fileprivate func joined() -> SQL { dropFirst().reduce(first ?? "") { "\($0), \($1)" } }
}
