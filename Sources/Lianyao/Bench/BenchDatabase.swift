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
        try await lendCluster { try await body($0.owner, $0.application) }
    }

    /// As ``lend(_:)``, with the cluster, for who wants to stop it in between.
    func lendCluster(_ body: @escaping @Sendable (BenchCluster) async throws -> Void) async throws {
        try await interruptibly { try await use(body) }
    }

    private func use(_ body: @Sendable (BenchCluster) async throws -> Void) async throws {
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
                try await body(
                    BenchCluster(owner: owner, application: application, conninfo: conninfo, directory: directory, cluster: cluster)
                )
            }
            let defects = try await Verification(directory: home.verify).defects(in: owner)
            for defect in defects { Terminal.say("\(defect)") }
            guard defects.isEmpty else { throw CommandFailure("verify: \(defects.count) queries returned rows.") }
            Terminal.say("verify: no row")
        }
    }
}

/// A database of a measurement with its cluster.
struct BenchCluster: Sendable {
    let owner: Database
    let application: Database
    let conninfo: String
    /// Removed with the cluster.
    let directory: String
    fileprivate let cluster: Cluster

    /// Stops the server without notice, as a loss of power does, and starts it again.
    func restart() throws {
        try cluster.stopImmediately()
        try cluster.start()
    }
}
