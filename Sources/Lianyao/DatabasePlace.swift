import EmbeddedPostgres
import Foundation
import Migrations
import Postgres

/// Where the database is.
enum DatabasePlace: Sendable {
    /// In a cluster of the program's own.
    case embedded(Cluster)
    /// On a server elsewhere.
    case server(conninfo: String)

    /// The database's name in a cluster of the program's own.
    private static let name = "lianyao"

    /// The libpq connection string, once the server runs.
    var conninfo: String {
        switch self {
        case .embedded(let cluster): cluster.conninfo(database: Self.name)
        case .server(let conninfo): conninfo
        }
    }

    /// Starts the program's own server, or adopts the one that a crash left running, and owns it until ``stop()``.
    ///
    /// - Throws: ``CommandFailure`` when a server elsewhere is to archive its log.
    func start(archive: ArchiveChoice = .asBefore) throws {
        guard case .embedded(let cluster) = self else {
            guard archive == .asBefore else {
                throw CommandFailure("The database is on a server elsewhere: its administrators archive its log.")
            }
            return
        }
        try cluster.start(archive: archive)
        do {
            try cluster.createDatabase(Self.name)
        } catch {
            try? cluster.stop()
            throw error
        }
    }

    /// Stops the program's own server.
    func stop() throws {
        if case .embedded(let cluster) = self { try cluster.stop() }
    }

    /// Lends the database's connection string for a short while; a server of the program's own runs meanwhile.
    ///
    /// - Parameter make: whether to make the database when there is none.
    /// - Throws: ``CommandFailure`` when there is none and it must not be made; what `body` throws.
    func use<Value: Sendable>(making make: Bool, _ body: @Sendable (String) async throws -> Value) async throws -> Value {
        guard case .embedded(let cluster) = self else { return try await body(conninfo) }
        if !make, access("\(cluster.directory)/postgres", F_OK) != 0, errno == ENOENT {
            throw CommandFailure("There is no database in \(cluster.directory) yet: run `lianyao migrate` first.")
        }
        return try await cluster.attach {
            try cluster.createDatabase(Self.name)
            return try await body(conninfo)
        }
    }

    /// As ``use(making:_:)``, with a database that has every migration of this program.
    ///
    /// - Throws: ``CommandFailure`` when some are missing.
    func useMigrated<Value: Sendable>(
        by migrator: Migrator, _ body: @Sendable (String) async throws -> Value
    ) async throws -> Value {
        try await use(making: false) { conninfo in
            let missing = try await migrator.pending(conninfo)
            guard missing.isEmpty else {
                throw CommandFailure(
                    "The database lacks \(missing.count) migrations of this program: run `lianyao migrate` first.")
            }
            return try await body(conninfo)
        }
    }
}

/// Lends a database as one of the two roles, or as the user who signs in, and closes it afterwards.
func withDatabase<Value: Sendable>(
    _ conninfo: String, as role: StaticString? = nil, connections: Int = 1, _ body: @Sendable (Database) async throws -> Value
) async throws -> Value {
    let database = Database(
        DatabaseConfiguration(
            conninfo: conninfo, connections: connections, role: role, statementTimeout: .seconds(600),
            lockTimeout: .seconds(60)))
    do {
        let value = try await body(database)
        await database.close()
        return value
    } catch {
        await database.close()
        throw error
    }
}

/// The roles that the first migration makes.
enum DatabaseRole {
    /// Owns every table; for migrations, imports and checks.
    static let owner: StaticString = "lianyao_owner"
    /// What the service runs as.
    static let application: StaticString = "lianyao_application"
}
