import EmbeddedPostgres
import Foundation
import Postgres
import Testing

/// A cluster that one test may break as it likes.
struct OwnServer: Sendable {
    let cluster: Cluster

    var data: String { "\(cluster.directory)/postgres" }
    var conninfo: String { cluster.conninfo(database: "postgres") }

    /// Writes `local.conf`; the next start obeys.
    ///
    /// A commit waits for the log to be written, though not for the disk: `kill -9` must not lose it.
    func set(_ settings: String = "") throws {
        try put("synchronous_commit = on\nshared_buffers = 16MB\n\(settings)\n", to: "local.conf")
    }

    /// Writes a file that the server's user may read, and nobody else.
    func put(_ text: String, to name: String) throws {
        let path = "\(data)/\(name)"
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        var found = stat()
        stat(data, &found)
        chown(path, found.st_uid, found.st_gid)
        chmod(path, 0o600)
    }

    func restart() throws {
        try cluster.stop()
        try cluster.start()
    }

    /// Kills the server with all its work, as `kill -9` does.
    func kill() throws {
        let process = try #require(cluster.serverProcess)
        Glibc.kill(process, SIGKILL)
    }
}

/// Lends `body` a running cluster of its own, and removes it afterwards.
func withOwnServer(settings: String = "", _ body: (OwnServer) async throws -> Void) async throws {
    let root = "/tmp/lianyao-cluster-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(
        atPath: root, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    let server = OwnServer(cluster: try Cluster(directory: "\(root)/data", options: .volatile))
    defer {
        try? server.cluster.stopImmediately()
        try? FileManager.default.removeItem(atPath: root)
    }
    try server.cluster.start()
    try server.set(settings)
    try server.restart()
    try await body(server)
}
