import Foundation
import Postgres
import Primitives
import TestSupport
import Testing

@Suite struct NumericTests {
    private static func random(_ random: inout SeededGenerator) -> Numeric? {
        let whole = (0..<Int.random(in: 1...30, using: &random)).map { _ in String(Int.random(in: 0...9, using: &random)) }
        let decimals = (0..<Int.random(in: 0...20, using: &random)).map { _ in String(Int.random(in: 0...9, using: &random)) }
        let sign = Bool.random(using: &random) ? "-" : ""
        return Numeric(sign + whole.joined() + (decimals.isEmpty ? "" : "." + decimals.joined()))
    }

    @Test("reads plain decimals and writes them with the scale they had", arguments: [
        ("0", "0"), ("-0", "0"), ("-0.00", "0.00"), ("1", "1"), ("+1.50", "1.50"), ("007", "7"), ("-0.050", "-0.050"),
        ("100", "100"), ("0.1", "0.1"), ("123456789012345678901234567890.123", "123456789012345678901234567890.123"),
    ])
    func description(text: String, written: String) { #expect(Numeric(text)?.description == written) }

    @Test("refuses what is no plain decimal", arguments: ["", "-", ".", "1.", ".5", "1e5", "NaN", "Infinity", "1.2.3", "１", "1,5", " 1"])
    func refuses(text: String) { #expect(Numeric(text) == nil) }

    @Test("whole numbers convert at a scale, or not at all", arguments: [
        ("12.34", 2, 1_234), ("12.34", 4, 123_400), ("12.30", 1, 123), ("12.34", 1, nil), ("0", 18, 0), ("0.000", 0, 0),
        ("-9223372036854775808", 0, .min), ("9223372036854775807", 0, .max), ("9223372036854775808", 0, nil),
        ("-922337203685477.5808", 4, .min), ("0.0001", 4, 1), ("0.0001", 3, nil), ("1", 19, nil), ("0.00", 40, 0),
    ] as [(String, Int, Int64?)])
    func unscaled(text: String, scale: Int, value: Int64?) throws {
        let number = try #require(Numeric(text))
        #expect(number.unscaled(scale: scale) == value)
        if let value { #expect(Numeric(unscaled: value, scale: scale) == number) }
    }

    @Test("order and equality are those of the numbers, whatever the scale")
    func order() throws {
        let ascending = ["-100.5", "-100", "-1.01", "-1.001", "0", "0.001", "0.01", "1", "1.5", "1.50001", "9", "10", "99.9"]
        let numbers = try ascending.map { try #require(Numeric($0)) }
        for (left, a) in numbers.enumerated() {
            for (right, b) in numbers.enumerated() { #expect((a < b) == (left < right) && (a == b) == (left == right)) }
        }
        #expect(Numeric("1.50") == Numeric("1.5") && Numeric("1.50")?.hashValue == Numeric("1.5")?.hashValue)
        #expect(Numeric("-0.0") == Numeric("0"))
    }

    @Test("the server keeps, writes and compares numbers in the same way", arguments: UInt64(0)..<20)
    func server(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let numbers = try (0..<60).map { _ in try #require(Self.random(&random)) }
        let expected = zip(numbers, numbers.dropFirst()).map { ($0 < $1, $0 == $1) }
        try await withTestDatabase { database in
            let (texts, back, compared, array) = try await database.application.read { transaction in
                let texts = try numbers.map { number in
                    try transaction.first("SELECT \(number)::text AS text") { try $0["text"] as String }
                }
                let back = try numbers.map { number in
                    try transaction.first("SELECT \(number) AS value") { try $0["value"] as Numeric }
                }
                let compared = try zip(numbers, numbers.dropFirst()).map { a, b in
                    try transaction.first("SELECT \(a) < \(b) AS less, \(a) = \(b) AS same") { row in
                        (try row["less"] as Bool, try row["same"] as Bool)
                    }
                }
                let array = try transaction.first("SELECT \(numbers) AS value") { try $0["value"] as [Numeric] }
                return (texts, back, compared, array)
            }
            #expect(texts == numbers.map { Optional($0.description) })
            #expect(back.map { $0?.description } == numbers.map { Optional($0.description) })
            #expect(array == numbers)
            for (found, wanted) in zip(compared, expected) { #expect(try #require(found) == wanted) }
        }
    }

    @Test("what is no number is refused, also from a column")
    func specials() async throws {
        try await withTestDatabase { database in
            for sql in ["SELECT 'NaN'::numeric AS value", "SELECT 'Infinity'::numeric AS value", "SELECT 'x' AS value"] as [SQL] {
                await #expect(throws: ColumnMismatch.self) {
                    try await database.application.read { _ = try $0.query(sql) { try $0["value"] as Numeric } }
                }
            }
            let (bigint, null) = try await database.application.read { transaction in
                try transaction.pipeline(
                    Statement.first("SELECT 42::bigint AS value") { try $0["value"] as Numeric },
                    Statement.first("SELECT NULL::numeric AS value") { try $0["value"] as Numeric? })
            }
            #expect(bigint == Numeric(42))
            #expect(null == .some(nil))
        }
    }
}
