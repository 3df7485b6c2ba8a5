public import Foundation

/// Makes a data directory from a backup, and with the archived log brings it to a later moment.
///
/// It is made beside its place, checked while its server runs, and moved there when everything was sound. The restored
/// cluster is a new life: it has a timeline of its own and remembers no archive.
public struct Restoration: Sendable {
    /// How far the restored data reaches.
    public struct Reach: Sendable, Equatable {
        /// The time of the last transaction that was replayed, as PostgreSQL writes it in Asia/Shanghai; `nil` when
        /// nothing happened after the backup began.
        public let lastTransaction: String?
        /// How many archived segments were there to be replayed.
        public let segmentCount: Int
    }

    /// Beyond the size of the backup: what the recovery writes.
    private static let spareBytes: Int64 = 128 * 1_048_576

    private let backup: Backup
    private let place: String
    private let until: BackupTime?
    private let goesUpToGap: Bool
    private let options: ClusterOptions
    private let installations: [Installation]
    private let installation: Installation
    private let log: ArchivedLog?

    /// Looks at what can be seen without reading the files.
    ///
    /// - Parameters:
    ///   - directory: the new data directory; does not exist yet, or is empty.
    ///   - archive: the directory of the archived log; without one the backup is restored as of its end.
    ///   - until: the last moment to restore; without one everything archived is.
    ///   - options: of its server while it is replayed and checked.
    ///   - goesUpToGap: whether to restore what can be read when a part of the log is missing or unreadable.
    /// - Throws: ``BackupError``, ``EmbeddedPostgresError`` `programsNotFound`.
    public init(
        of backup: Backup, into directory: String, archive: String? = nil, until: BackupTime? = nil, goesUpToGap: Bool = false,
        options: ClusterOptions = .durable, environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws {
        (self.backup, place, self.until) = (backup, directory, until)
        (self.goesUpToGap, self.options) = (goesUpToGap, options)
        installations = Installation.all(environment: environment)
        if installations.isEmpty { throw EmbeddedPostgresError.programsNotFound }
        installation = try backup.installation(of: installations)
        if let until {
            guard archive != nil else { throw BackupError.untilWithoutArchive }
            guard until.microseconds >= backup.contents.finishedAt.microseconds else {
                throw BackupError.untilBeforeBackup(until: until.text, finishedAt: backup.contents.finishedAt.text)
            }
        }
        log = try archive.map { try ArchivedLog(in: $0, for: backup.contents) }
        if let log, let missing = log.missing, until == nil, !goesUpToGap {
            throw BackupError.segmentMissing(missing.name, archive: log.directory)
        }
    }

    /// Restores, and leaves the cluster stopped.
    ///
    /// - Parameter checking: looks at the restored data while its server runs; when it throws, nothing is left.
    /// - Throws: ``BackupError``, ``EmbeddedPostgresError``, `CancellationError`, what `checking` throws.
    public func run<Value: Sendable>(
        checking: @Sendable (Cluster) async throws -> Value
    ) async throws -> (reach: Reach, checked: Value) {
        let apart = [backup.directory] + (log.map { [$0.directory] } ?? [])
        let unfinished = try UnfinishedDirectory(for: place, apartFrom: apart, passable: geteuid() == 0)
        try checkSpace(for: unfinished)
        try await backup.check(with: installation)
        try await log?.check()
        let cluster = try Cluster(directory: unfinished.path, options: options, installations: installations)
        try checkReadable(by: cluster.user)
        try await copy(to: cluster)
        do {
            let recovery = Recovery(cluster: cluster, installation: installation, log: log, until: until)
            let last = try await recovery.run()
            if until == nil, !goesUpToGap { try recovery.checkEnd() }
            let checked = try await checking(cluster)
            try cluster.bringDown(mode: "fast")
            try recovery.tidy(keeping: ["postgres"] + backup.contents.files.keys)
            try unfinished.finish()
            return (Reach(lastTransaction: last, segmentCount: log?.segments.count ?? 0), checked)
        } catch {
            try? cluster.bringDown(mode: "immediate")
            throw error
        }
    }

    private func checkSpace(for unfinished: UnfinishedDirectory) throws(BackupError) {
        let needed = backup.contents.bytes + Self.spareBytes
        guard let free = FilePlace.freeBytes(at: unfinished.path), free < needed else { return }
        throw .spaceMissing(unfinished.place, neededBytes: needed, freeBytes: free)
    }

    /// The server reads the archive itself.
    private func checkReadable(by user: ServerUser) throws(BackupError) {
        guard let log else { return }
        let files = ["\(log.directory)/\(Archive.markerName)"] + log.segments.suffix(1).map(log.path(of:))
        for file in files where !user.run(["/usr/bin/test", "-r", file]).succeeded {
            throw .archiveUnreadable(log.directory, user: user.name)
        }
    }

    private func copy(to cluster: Cluster) async throws {
        var steps = [["/bin/cp", "--archive", "--", backup.data, cluster.data]]
        if !cluster.user.prefix.isEmpty {
            steps.append(["/bin/chown", "--recursive", "\(cluster.user.id):\(cluster.user.group)", "--", cluster.data])
        }
        for step in steps {
            let outcome = try await Program.runCancellably(step)
            guard outcome.succeeded else { throw BackupError.notMade(cluster.data, reason: cluster.lastLines(of: outcome.output)) }
        }
        for name in backup.contents.files.keys {
            guard let contents = FileManager.default.contents(atPath: "\(backup.directory)/\(name)"),
                FileManager.default.createFile(
                    atPath: "\(cluster.directory)/\(name)", contents: contents, attributes: [.posixPermissions: 0o600])
            else { throw BackupError.notMade("\(cluster.directory)/\(name)", reason: Program.reason(errno)) }
        }
    }
}
