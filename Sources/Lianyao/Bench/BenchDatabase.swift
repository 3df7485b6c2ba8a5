import EmbeddedPostgres
import Foundation
import Migrations
import Postgres

/// A database made for a measurement and thrown away: a cluster of its own, migrated, verified in the end.
struct BenchDatabase {
    let home: Home
    /// Durable unless told: what is measured is what a service would wait for.
    var options = ClusterOptions.durable
    /// Of the application: how much it does at once.
    var connections = 1

    /// Whatever ends it, Ctrl-C and SIGTERM among it, the cluster is stopped and its directory removed.
    ///
    /// - Parameter body: gets the database as the owner and as the application.
    func lend(_ body: @escaping @Sendable (Database, Database) async throws -> Void) async throws {
        try await interruptibly { try await use(body) }
    }

    private func use(_ body: @Sendable (Database, Database) async throws -> Void) async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("lianyao-bench-\(getpid())").path
        let cluster = try Cluster(directory: directory, options: options)
        try cluster.start()
        defer {
            try? cluster.stop()
            try? FileManager.default.removeItem(atPath: directory)
        }
        try cluster.createDatabase("bench")
        let conninfo = cluster.conninfo(database: "bench")
        _ = try await Migrator(directory: home.migrations).migrate(conninfo)
        try await withDatabase(conninfo, as: DatabaseRole.owner) { owner in
            try await withDatabase(conninfo, as: DatabaseRole.application, connections: connections) { application in
                try await body(owner, application)
            }
            let defects = try await Verification(directory: home.verify).defects(in: owner)
            for defect in defects { Terminal.say("\(defect)") }
            guard defects.isEmpty else { throw CommandFailure("verify: \(defects.count) queries returned rows.") }
            Terminal.say("verify: no row")
        }
    }
}
