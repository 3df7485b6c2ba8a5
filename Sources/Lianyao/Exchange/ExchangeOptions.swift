import ArgumentParser
import EmbeddedPostgres
import Foundation
import Migrations
import Postgres
import Primitives

/// What every command about the exchange has.
struct ExchangeOptions: ParsableArguments {
    static let directoryName = "secrets"

    @OptionGroup var database: DatabaseOptions

    @Option(
        help: ArgumentHelp(
            "Where the secrets of the platforms' accounts are (default: \(PlatformsOnDisk.secretsVariable), else \(Self.directoryName) beside the database).",
            valueName: "directory"))
    var secrets: String?

    func platforms() throws -> PlatformsOnDisk {
        let directory = secrets ?? Self.secretsDirectory(beside: database)
        return try PlatformsOnDisk(home: try Home.find(option: database.home), secretsDirectory: directory)
    }

    /// Where secrets are when no option says it.
    static func secretsDirectory(
        beside database: DatabaseOptions, environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> String {
        environment[PlatformsOnDisk.secretsVariable]
            ?? "\(database.dataDirectory ?? DatabaseOptions.directoryDefault)/\(directoryName)"
    }

    /// Lends a migrated database as the application.
    func use(connections: Int = 2, _ body: @escaping @Sendable (Database, String) async throws -> Void) async throws {
        let (home, place) = (try Home.find(option: database.home), try database.place())
        try await interruptibly {
            do {
                try await place.useMigrated(by: Migrator(directory: home.migrations)) { conninfo in
                    try await withDatabase(conninfo, as: DatabaseRole.application, connections: connections) {
                        try await body($0, conninfo)
                    }
                }
            } catch let refusal as any Refusal {
                throw CommandFailure("\(refusal.refusalCode.meaning.english): \(refusal.detail).")
            }
        }
    }
}
