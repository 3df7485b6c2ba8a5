import EmbeddedPostgres
import Foundation
import Migrations
import Postgres
import Synchronization
import TestSupport

private let databasesMade = Atomic<Int>(0)

/// A directory of SQL files and an empty database to apply them to.
struct Workplace {
    let directory: String
    let conninfo: String

    var migrator: Migrator { Migrator(directory: directory) }
    var verification: Verification { Verification(directory: directory) }

    func write(_ file: String, _ text: String) throws {
        try text.write(toFile: "\(directory)/\(file)", atomically: false, encoding: .utf8)
    }

    /// Applies the repository's migrations before the first whose name holds `part`, writes `rows`, and applies the others.
    func migrate(before part: String, writing rows: String) async throws {
        let source = "\(repositoryRoot)/db/migrations"
        let files = try FileManager.default.contentsOfDirectory(atPath: source).filter { $0.hasSuffix(".sql") }.sorted()
        guard let first = files.firstIndex(where: { $0.contains(part) }) else { throw NoSuchMigration(part: part) }
        for file in files[1..<first] {
            try FileManager.default.copyItem(atPath: "\(source)/\(file)", toPath: "\(directory)/\(file)")
        }
        try await migrator.migrate(conninfo)
        try await run { try $0.execute(script: rows) }
        for file in files[first...] {
            try FileManager.default.copyItem(atPath: "\(source)/\(file)", toPath: "\(directory)/\(file)")
        }
        try await migrator.migrate(conninfo)
    }

    private struct NoSuchMigration: Error { let part: String }

    func remove(_ file: String) throws { try FileManager.default.removeItem(atPath: "\(directory)/\(file)") }

    /// Runs one transaction as the user who signs in.
    func run<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        let database = Database(DatabaseConfiguration(conninfo: conninfo, connections: 1))
        do {
            let value = try await database.write(body)
            await database.close()
            return value
        } catch {
            await database.close()
            throw error
        }
    }

    /// The versions that `migration.applied` holds.
    func applied() async throws -> [Int32] {
        try await run { transaction in
            try transaction.query("SELECT version FROM migration.applied ORDER BY version") { try $0["version"] }
        }
    }

    func exists(_ relation: String) async throws -> Bool {
        try await run { transaction in
            try transaction.first("SELECT to_regclass(\(relation)) IS NOT NULL AS exists") { try $0["exists"] } ?? false
        }
    }
}

/// Lends `body` a directory with the repository's first migration, which makes the roles, and an empty database.
func withWorkplace(_ body: (Workplace) async throws -> Void) async throws {
    let cluster = try await TestCluster.shared()
    let name = "migrations_\(databasesMade.add(1, ordering: .relaxed).newValue)"
    let directory = "\(NSTemporaryDirectory())/\(name)-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    try FileManager.default.copyItem(
        atPath: "\(repositoryRoot)/db/migrations/0001_roles.sql", toPath: "\(directory)/0001_roles.sql")
    try cluster.createDatabase(name)
    do {
        try await body(Workplace(directory: directory, conninfo: cluster.conninfo(database: name)))
        try cluster.dropDatabase(name)
    } catch {
        try? cluster.dropDatabase(name)
        throw error
    }
}
