import Foundation

/// Moves a cluster's data to the newest installed major version, into a data directory of its own.
///
/// The former data directory is copied, not changed, and can be served as before. The new one is made beside its place,
/// checked while its server runs, and moved there when everything was sound.
public struct MajorUpgrade: Sendable {
    private let cluster: Cluster
    private let place: String
    private let older: Installation
    private let newer: Installation

    /// The major versions it moves from and to.
    public var majors: (from: Int, to: Int) { (older.major, newer.major) }

    /// - Parameter directory: the new data directory; does not exist yet, or is empty.
    /// - Throws: ``EmbeddedPostgresError`` `madeByAnotherVersion`, `directoryUnusable`; ``BackupError``
    ///   `noNewerVersion`, `programMissing`.
    public init(of cluster: Cluster, into directory: String) throws {
        let older = try cluster.installationForData()
        guard cluster.newerMajor != nil else { throw BackupError.noNewerVersion(made: older.major) }
        try self.init(of: cluster, into: directory, from: older, to: cluster.installations[0])
    }

    init(of cluster: Cluster, into directory: String, from older: Installation, to newer: Installation) throws(BackupError) {
        (self.cluster, place, self.older, self.newer) = (cluster, directory, older, newer)
        _ = try newer.extra("pg_upgrade")
    }

    /// Moves the data; nobody may use it meanwhile.
    ///
    /// - Parameters:
    ///   - files: names of files beside the cluster that belong to it.
    ///   - checking: looks at the moved data while its server runs; when it throws, nothing is left.
    /// - Throws: ``EmbeddedPostgresError``, `inUse` above all; ``BackupError``; `CancellationError`; what `checking` throws.
    public func run<Value: Sendable>(
        with files: [String], checking: @Sendable (Cluster) async throws -> Value
    ) async throws -> Value {
        guard let lock = try DirectoryLock(cluster.lockFile), let attached = try DirectoryLock(cluster.attachedFile) else {
            throw EmbeddedPostgresError.inUse(directory: cluster.directory, process: DirectoryLock.holder(of: cluster.lockFile))
        }
        defer { withExtendedLifetime((lock, attached)) {} }
        let unfinished = try UnfinishedDirectory(for: place, apartFrom: [cluster.directory], passable: geteuid() == 0)
        try cluster.checkSpace(for: unfinished)
        // It must have been stopped in order.
        try cluster.bringUp()
        try cluster.bringDown(mode: "fast")
        let moved = try Cluster(directory: unfinished.path, options: cluster.options, installations: [newer])
        do {
            try moved.create(with: newer)
            try moved.writeSettings("")
            try moved.user.makePrivate(moved.socketDirectory)
            try await move(to: moved)
            try moved.bringUp()
            try await analyze(moved)
            let checked = try await checking(moved)
            try moved.bringDown(mode: "fast")
            _ = try cluster.copyFiles(files, to: unfinished.path)
            let kept = ["postgres"] + files
            for name in FilePlace.names(in: unfinished.path) ?? [] where !kept.contains(name) {
                try? FileManager.default.removeItem(atPath: "\(unfinished.path)/\(name)")
            }
            try unfinished.finish()
            return checked
        } catch {
            try? moved.bringDown(mode: "immediate")
            throw error
        }
    }

    private func move(to moved: Cluster) async throws {
        let outcome = try await Program.runCancellably(
            moved.user.prefix + [
                // It wants a working directory that it may write.
                "/usr/bin/env", "--chdir=\(moved.socketDirectory)", newer.path("pg_upgrade"), "--old-bindir=\(older.programs)",
                "--new-bindir=\(newer.programs)", "--old-datadir=\(cluster.data)", "--new-datadir=\(moved.data)",
                "--username=\(Cluster.user)", "--socketdir=\(moved.socketDirectory)",
            ])
        guard outcome.succeeded else { throw BackupError.upgradeFailed(output: moved.lastLines(of: outcome.output)) }
        guard let own = try? String(contentsOfFile: "\(cluster.data)/local.conf", encoding: .utf8) else { return }
        try moved.put(own, to: "\(moved.data)/local.conf", flags: O_WRONLY | O_CREAT | O_TRUNC)
    }

    /// What the planner knows of the data is not moved.
    private func analyze(_ moved: Cluster) async throws {
        let outcome = try await Program.runCancellably(
            moved.user.prefix + [
                try newer.extra("vacuumdb"), "--host=\(moved.socketDirectory)", "--port=\(Cluster.port)",
                "--username=\(Cluster.user)", "--all", "--analyze-only", "--quiet",
            ])
        guard outcome.succeeded else { throw BackupError.upgradeFailed(output: moved.lastLines(of: outcome.output)) }
    }
}
