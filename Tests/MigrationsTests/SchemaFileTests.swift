import EmbeddedPostgres
import Foundation
import TestSupport
import Testing

@Suite("db/schema.sql")
struct SchemaFileTests {
    @Test("is the schema after all migrations")
    func isCurrent() async throws {
        try await withTestDatabase { database in
            let path = "\(repositoryRoot)/db/schema.sql"
            let dumped = try Self.schema(of: database.conninfo)
            if ProcessInfo.processInfo.environment["LIANYAO_WRITE_DOCS"] != nil {
                try dumped.write(toFile: path, atomically: true, encoding: .utf8)
            }
            let written = try? String(contentsOfFile: path, encoding: .utf8)
            #expect(written == dumped, "run LIANYAO_WRITE_DOCS=1 scripts/test --filter SchemaFileTests and commit db/schema.sql")
        }
    }

    /// What `pg_dump` says of the schema, without what differs between servers and releases: comments, settings, and
    /// the monthly parts of partitioned tables.
    private static func schema(of conninfo: String) throws -> String {
        let dump = Process()
        dump.executableURL = URL(fileURLWithPath: "/usr/bin/pg_dump")
        dump.arguments = ["--schema-only", "--no-owner", "--dbname", conninfo]
        let output = Pipe()
        dump.standardOutput = output
        try dump.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        dump.waitUntilExit()
        try #require(dump.terminationStatus == 0)
        let statements = text.split(separator: "\n", omittingEmptySubsequences: false)
            .filter { !$0.hasPrefix("--") && !$0.hasPrefix("SET ") && !$0.hasPrefix("\\") && !$0.hasPrefix("SELECT pg_catalog.set_config") }
            .joined(separator: "\n").components(separatedBy: ";\n")
            .map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
            .filter { statement in !statement.isEmpty && statement.firstMatch(of: /_\d{6}\b/) == nil }
        return "-- The schema after all migrations, for reading and review. Made by the tests; see docs/development.md.\n\n"
            + statements.map { "\($0);\n" }.joined(separator: "\n")
    }
}
