import EmbeddedPostgres
import Foundation
import Postgres

/// Lends `body` a path for a data directory that does not exist yet, and clears up whatever became of it.
func withDataDirectory(named name: String = "data", _ body: (String) async throws -> Void) async throws {
    let root = "/tmp/lianyao-cluster-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(
        atPath: root, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    let directory = "\(root)/\(name)"
    defer {
        if let leftover = try? Cluster(directory: directory, options: .volatile), leftover.serverProcess != nil {
            try? leftover.start()
            try? leftover.stopImmediately()
        }
        try? FileManager.default.removeItem(atPath: root)
    }
    try await body(directory)
}

extension Cluster {
    /// Runs one transaction in `database` on a connection of its own.
    func write<Value: Sendable>(
        _ database: String = "postgres", _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        let connection = Database(DatabaseConfiguration(conninfo: conninfo(database: database), connections: 1))
        do {
            let value = try await connection.write(body)
            await connection.close()
            return value
        } catch {
            await connection.close()
            throw error
        }
    }

    func setting(_ name: String) async throws -> String? {
        try await write { transaction in
            try transaction.first("SELECT current_setting(\(name)) AS value") { try $0["value"] as String }
        }
    }
}

func mode(of path: String) throws -> Int {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int ?? 0
}

let isRoot = geteuid() == 0
