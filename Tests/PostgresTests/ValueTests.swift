import Foundation
import Postgres
import TestSupport
import Testing

@Suite struct ValueTests {
    private func roundTrip<Value: SQLParameter & ColumnDecodable & Equatable>(_ values: [Value]) async throws {
        try await withTestDatabase { database in
            let found = try await database.application.read { transaction in
                try values.map { value in
                    try transaction.first("SELECT \(value) AS value") { try $0["value"] as Value }
                }
            }
            #expect(found == values.map(Optional.some))
        }
    }

    @Test("whole numbers of every width come back") func numbers() async throws {
        try await roundTrip([0, 1, -1, Int64.max, .min])
        try await roundTrip([0, Int.max, .min])
        try await roundTrip([0, Int32.max, .min])
        try await roundTrip([0, Int16.max, .min])
    }

    @Test("truth values come back") func booleans() async throws { try await roundTrip([true, false]) }

    private static let texts = [
        "", " ", "NULL", "null", "a'b", "a\"b", "a\\b", "\\N", "\\.", "a,b", "{a}", "tab\t", "line\nline\r\n", "联药 💊",
        "\"\u{301}", "\\\u{301}", "$1", "%s",
    ]

    @Test("texts come back, whatever they hold") func texts() async throws { try await roundTrip(Self.texts) }

    @Test("arrays of texts come back, whatever they hold") func textArrays() async throws {
        try await roundTrip([[], [""], Self.texts, Self.texts.reversed()])
    }

    @Test("NULL in an array is not the text NULL") func arraysWithNull() async throws {
        try await roundTrip([[nil], ["NULL", nil, ""], [nil, nil]] as [[String?]])
        try await roundTrip([[1, nil, 3]] as [[Int64?]])
    }

    @Test("arrays of numbers and identifiers come back") func otherArrays() async throws {
        try await roundTrip([[], [Int64.max, .min, 0]])
        try await roundTrip([[], [Int32.max, .min, 0]])
        try await roundTrip([[1, 2], [Int.max]])
        try await roundTrip([[], [UUID(), UUID()]])
    }

    @Test("bytes come back, every one of them") func bytes() async throws {
        try await roundTrip([Bytes([]), Bytes([0]), Bytes(0...255), Bytes((0..<100_000).map { UInt8(truncatingIfNeeded: $0) })])
    }

    @Test("UUIDs and NULL come back") func identifiers() async throws {
        try await roundTrip([UUID(), UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))])
        try await roundTrip([nil, "x"] as [String?])
        try await roundTrip([nil, 1] as [Int64?])
        try await roundTrip([nil, []] as [[Int64]?])
    }

    @Test("JSON comes back as the server writes it") func json() async throws {
        try await withTestDatabase { database in
            let text = try await database.application.read { transaction in
                let sent = JSONText(#"{"b":[1,null],"a":"\"'\\"}"#)
                return try transaction.first("SELECT \(sent) AS value") { try $0["value"] as JSONText }
            }
            #expect(text == JSONText(#"{"a": "\"'\\", "b": [1, null]}"#))
        }
    }

    @Test("a column that does not hold what was asked for is named in the error", arguments: [
        ("SELECT 'x' AS value", "column value does not hold Int64"),
        ("SELECT '' AS value", "column value does not hold Int64"),
        ("SELECT '-' AS value", "column value does not hold Int64"),
        ("SELECT 1.5 AS value", "column value does not hold Int64"),
        ("SELECT 9223372036854775808 AS value", "column value does not hold Int64"),
        ("SELECT NULL AS value", "column value does not hold Int64, it is NULL"),
        ("SELECT 1 AS other", "column value does not hold any column of that name"),
    ] as [(SQL, String)])
    func mismatch(sql: SQL, description: String) async throws {
        try await withTestDatabase { database in
            let error = await #expect(throws: ColumnMismatch.self) {
                try await database.application.read { transaction in
                    _ = try transaction.query(sql) { try $0["value"] as Int64 }
                }
            }
            #expect(error?.description == description)
        }
    }

    @Test("a column of another type is refused for every type")
    func otherTypes() async throws {
        try await withTestDatabase { database in
            func refuses<Value: ColumnDecodable & Sendable & SendableMetatype>(_ sql: SQL, as type: Value.Type) async {
                let error = await #expect(throws: ColumnMismatch.self) {
                    try await database.application.read { transaction in
                        _ = try transaction.query(sql) { try $0["value"] as Value }
                    }
                }
                #expect(error?.column == "value")
            }
            await refuses("SELECT 32768 AS value", as: Int16.self)
            await refuses("SELECT 2147483648 AS value", as: Int32.self)
            await refuses("SELECT 'tea' AS value", as: Bool.self)
            await refuses("SELECT 'x' AS value", as: UUID.self)
            await refuses("SELECT '\\x0g' AS value", as: Bytes.self)
            await refuses("SELECT 'x' AS value", as: [Int64].self)
            await refuses("SELECT ARRAY[1, NULL] AS value", as: [Int64].self)
            await refuses("SELECT NULL::text AS value", as: String.self)
        }
    }
}
