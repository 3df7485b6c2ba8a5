import Foundation
import Postgres
import Primitives
import TestSupport
import Testing

@Suite struct ArrayTests {
    private static let alphabet: [Character] = ["a", "\"", "\\", ",", "{", "}", " ", "\n", "'", "联", "N", "U", "L", "\u{301}", "💊"]

    @Test("arrays come back with every element as it was, NULL included, and the server counts the same", arguments: UInt64(0)..<20)
    func roundTrip(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let texts: [[String?]] = (0..<20).map { _ in
            (0..<Int.random(in: 0...6, using: &random)).map { _ in
                guard Int.random(in: 0...5, using: &random) > 0 else { return nil }
                return String((0..<Int.random(in: 0...6, using: &random)).map { _ in Self.alphabet.randomElement(using: &random) ?? "a" })
            }
        }
        let truths = (0..<10).map { _ in Bool.random(using: &random) }
        let moments = (0..<10).map { _ in Instant(microseconds: Int64.random(in: 0...4_000_000_000_000_000, using: &random)) }
        try await withTestDatabase { place in
            let (found, counts, others) = try await place.application.read { transaction in
                let answers = try transaction.pipeline(
                    texts.map { array in
                        Statement<([String?], Int)?>.first("SELECT \(array) AS value, cardinality(\(array)) AS count") { row in
                            (try row["value"], try row["count"])
                        }
                    })
                let others = try transaction.first("SELECT \(truths) AS a, \(moments) AS b, \([Int16.min, .max]) AS c") { row in
                    (try row["a"] as [Bool], try row["b"] as [Instant], try row["c"] as [Int16])
                }
                return (answers.map { $0?.0 }, answers.map { $0?.1 }, others)
            }
            #expect(found == texts.map(Optional.some))
            #expect(counts == texts.map { Optional($0.count) })
            let (a, b, c) = try #require(others)
            #expect(a == truths && b == moments && c == [.min, .max])
        }
    }

    @Test("an array that begins elsewhere than at 1 is read, one of several dimensions is refused")
    func shapes() async throws {
        try await withTestDatabase { place in
            let shifted = try await place.application.read { transaction in
                try transaction.first("SELECT '[0:2]={1,2,3}'::bigint[] AS value") { try $0["value"] as [Int64] }
            }
            #expect(shifted == [1, 2, 3])
            for sql in ["SELECT ARRAY[[1, 2], [3, 4]] AS value", "SELECT 'a' AS value", "SELECT '{' AS value"] as [SQL] {
                await #expect(throws: ColumnMismatch.self) {
                    try await place.application.read { _ = try $0.query(sql) { try $0["value"] as [String] } }
                }
            }
        }
    }
}

@Suite struct JSONTests {
    private struct Label: Codable, Sendable, Equatable {
        var name: String
        var batches: [Int64]
        var note: String?
    }

    @Test("a Codable value comes back from jsonb, json and text")
    func roundTrip() async throws {
        let label = Label(name: "联 \"药\" / \\ \u{1}", batches: [.max, .min, 0], note: nil)
        try await withTestDatabase { place in
            let sent = try JSON(label)
            let found = try await place.application.read { transaction in
                try transaction.first("SELECT \(sent) AS a, \(sent)::text::json AS b, \(JSON<Label>?.none) AS c, \(sent) ->> 'name' AS d") { row in
                    (try row["a"] as JSON<Label>, try row["b"] as JSON<Label>, try row["c"] as JSON<Label>?, try row["d"] as String)
                }
            }
            let (a, b, c, d) = try #require(found)
            #expect(a.value == label && b == sent && c == nil && d == label.name)
        }
    }

    @Test("JSON of another shape is refused without being quoted")
    func refused() async throws {
        try await withTestDatabase { place in
            for sql in [#"SELECT '{"name": "secret"}'::jsonb AS value"#, "SELECT 'secret' AS value"] as [SQL] {
                let error = await #expect(throws: ColumnMismatch.self) {
                    try await place.application.read { _ = try $0.query(sql) { try $0["value"] as JSON<Label> } }
                }
                #expect(error?.column == "value")
                #expect(error.map { "\($0)".contains("secret") } == false)
            }
        }
    }
}
