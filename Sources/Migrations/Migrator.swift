import Postgres

/// Brings a database to the schema that the files in a directory describe.
///
/// Files are applied in order, each in a transaction of its own, and recorded in `migration.applied` with the SHA-256
/// of their text. The first runs as the user who signed in and makes the roles; the others run as `lianyao_owner`.
/// Several programs may migrate one database at once: an advisory lock lets them through one by one.
public struct Migrator: Sendable {
    /// The advisory lock of migrations: "lianyao" in ASCII.
    private static let lock: Int64 = 0x6C_6961_6E79_616F

    private let directory: String

    /// - Parameter directory: where the files `NNNN_name.sql` are.
    public init(directory: String) {
        self.directory = directory
    }

    /// Applies what is missing.
    ///
    /// - Parameter conninfo: a libpq connection string of a user who may create roles and schemas.
    /// - Returns: what was applied now, in order.
    /// - Throws: ``MigrationError``; `PostgresError` when there is no connection.
    @discardableResult
    public func migrate(_ conninfo: String) async throws -> [Migration] {
        let migrations = try Migration.all(in: directory)
        return try await withDatabase(conninfo) { database in
            try await database.write { transaction in
                try Self.waitForOthers(transaction)
                try transaction.execute(script: Self.record)
            }
            var applied: [Migration] = []
            for migration in migrations {
                let isNew = try await database.write { transaction in
                    try Self.waitForOthers(transaction)
                    guard try Self.pending(of: migrations, transaction).contains(migration) else { return false }
                    try Self.apply(migration, transaction)
                    return true
                }
                if isNew { applied.append(migration) }
            }
            // An empty directory must still notice that the database is newer.
            _ = try await database.read { try Self.pending(of: migrations, $0) }
            return applied
        }
    }

    /// What ``migrate(_:)`` would apply now.
    ///
    /// - Throws: as ``migrate(_:)``.
    public func pending(_ conninfo: String) async throws -> [Migration] {
        let migrations = try Migration.all(in: directory)
        return try await withDatabase(conninfo) { database in
            try await database.read { transaction in
                let exists = try transaction.first("SELECT to_regclass('migration.applied') IS NOT NULL AS exists") {
                    try $0["exists"] as Bool
                }
                return exists == true ? try Self.pending(of: migrations, transaction) : migrations
            }
        }
    }

    private static let record = """
        CREATE SCHEMA IF NOT EXISTS migration;
        CREATE TABLE IF NOT EXISTS migration.applied (
            version    integer     NOT NULL PRIMARY KEY,
            name       text        NOT NULL,
            sha256     text        NOT NULL,  -- of the file's text, hexadecimal
            applied_at timestamptz NOT NULL DEFAULT now()
        );
        """

    private static func waitForOthers(_ transaction: Transaction) throws {
        try transaction.execute("SELECT pg_advisory_xact_lock(\(lock))")
    }

    /// The migrations that are not in the database yet.
    ///
    /// - Throws: `changed`, `newer`, `gap`.
    private static func pending(of migrations: [Migration], _ transaction: Transaction) throws -> [Migration] {
        let applied = try transaction.query("SELECT version, sha256 FROM migration.applied ORDER BY version") { row in
            (version: try row["version"] as Int32, sha256: try row["sha256"] as String)
        }
        for (index, record) in applied.enumerated() where record.version != Int32(index + 1) {
            throw MigrationError.gap(missing: Int32(index + 1))
        }
        guard applied.count <= migrations.count else {
            throw MigrationError.newer(version: Int32(applied.count), known: Int32(migrations.count))
        }
        let checksums = try transaction.query(
            """
            SELECT encode(sha256(convert_to(file.script, 'UTF8')), 'hex') AS sha256
              FROM unnest(\(migrations.map(\.script))) WITH ORDINALITY AS file (script, number)
             ORDER BY file.number
            """
        ) { try $0["sha256"] as String }
        for (record, (migration, checksum)) in zip(applied, zip(migrations, checksums)) where record.sha256 != checksum {
            throw MigrationError.changed(file: migration.file)
        }
        return Array(migrations.dropFirst(applied.count))
    }

    private static func apply(_ migration: Migration, _ transaction: Transaction) throws {
        do throws(PostgresError) {
            if migration.version > 1 { try transaction.execute("SET LOCAL ROLE lianyao_owner") }
            try transaction.execute(script: migration.script)
            try transaction.execute("RESET ROLE")
        } catch {
            if error.isTransient { throw error }
            throw MigrationError.failed(
                file: migration.file, line: error.position.map { Self.line(of: $0, in: migration.script) },
                reason: String(reflecting: error))
        }
        try transaction.execute(
            """
            INSERT INTO migration.applied (version, name, sha256)
            VALUES (\(migration.version), \(migration.name), encode(sha256(convert_to(\(migration.script), 'UTF8')), 'hex'))
            """)
    }

    /// The line of the `position`-th character, both from 1.
    private static func line(of position: Int, in script: String) -> Int {
        script.unicodeScalars.prefix(max(0, position - 1)).count { $0 == "\n" } + 1
    }

    private func withDatabase<Value: Sendable>(
        _ conninfo: String, _ body: (Database) async throws -> Value
    ) async throws -> Value {
        // A migration may rewrite a large table, and may wait for another program that does.
        let database = Database(
            DatabaseConfiguration(
                conninfo: conninfo, connections: 1, statementTimeout: .seconds(4 * 3_600), lockTimeout: .seconds(600)))
        do {
            let value = try await body(database)
            await database.close()
            return value
        } catch {
            await database.close()
            throw error
        }
    }
}
