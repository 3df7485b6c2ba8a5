public import EmbeddedPostgres
import Foundation
import Migrations
import Synchronization

/// The one PostgreSQL cluster of a test process: made when the first test asks, removed when the process ends.
public enum TestCluster {
    static let template = "lianyao_template"
    private static let prefix = "lianyao-tests-"
    private static let started = Mutex<Cluster?>(nil)
    private static let preparation = Task { try await prepare() }

    /// The running cluster with its migrated template database.
    public static func shared() async throws -> Cluster { try await preparation.value }

    private static func prepare() async throws -> Cluster {
        removeLeftovers()
        let cluster = try Cluster(directory: "\(temporaryDirectory)/\(prefix)\(getpid())", options: .volatile)
        started.withLock { $0 = cluster }
        atexit { TestCluster.remove() }
        try cluster.start()
        try cluster.createDatabase(template)
        try await Migrator(directory: "\(repositoryRoot)/db/migrations").migrate(cluster.conninfo(database: template))
        return cluster
    }

    private static var temporaryDirectory: String {
        URL(fileURLWithPath: NSTemporaryDirectory()).standardizedFileURL.path
    }

    private static func remove() {
        guard let cluster = started.withLock({ $0.take() }) else { return }
        try? cluster.stopImmediately()
        try? FileManager.default.removeItem(atPath: cluster.directory)
    }

    /// Removes the clusters of test processes that were killed.
    private static func removeLeftovers() {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: temporaryDirectory)) ?? []
        for name in names where name.hasPrefix(prefix) {
            guard let process = Int32(name.dropFirst(prefix.count)), kill(process, 0) != 0, errno == ESRCH else { continue }
            let directory = "\(temporaryDirectory)/\(name)"
            if let leftover = try? Cluster(directory: directory, options: .volatile), leftover.serverProcess != nil {
                guard (try? leftover.start()) != nil, (try? leftover.stopImmediately()) != nil else { continue }
            }
            try? FileManager.default.removeItem(atPath: directory)
        }
    }
}
