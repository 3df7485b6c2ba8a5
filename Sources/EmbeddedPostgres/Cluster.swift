public import Foundation
import Synchronization

/// A PostgreSQL cluster of this program's own, in its data directory, reachable on a Unix socket only.
///
/// ```
/// <directory>/lock        held by the process that owns the server
/// <directory>/attached    shared by the processes that use it for a short while
/// <directory>/postgres/   the cluster; server.log is the server's log, local.conf may hold settings of your own
/// <directory>/run/        the socket
/// <directory>/archive     where the log is archived, when it is; see ``ArchiveChoice``
/// ```
///
/// The server runs in a session of its own: Ctrl-C in the terminal does not reach it, and it outlives a crash of
/// this program, whose next start adopts it. Every call blocks until it is done.
public final class Cluster: Sendable {
    /// The superuser of the cluster. Who can open the socket is trusted: the directory admits its owner and root.
    public static let user = "lianyao"
    /// Part of the socket's name; nothing listens on the network.
    public static let port = 5432
    /// What must be free on the disk before a cluster is made.
    public static let freeBytesMin: Int64 = 200 * 1_048_576

    /// The data directory, an absolute path without symbolic links.
    public let directory: String
    /// The directory of the Unix socket.
    public let socketDirectory: String
    let options: ClusterOptions
    let user: ServerUser
    let installations: [Installation]
    private let owned = Mutex<DirectoryLock?>(nil)
    let warnings = Mutex<[DurabilityFinding]>([])

    var data: String { "\(directory)/postgres" }
    var log: String { "\(data)/server.log" }
    var lockFile: String { "\(directory)/lock" }
    var attachedFile: String { "\(directory)/attached" }

    /// Describes the cluster in `directory`; touches nothing yet.
    ///
    /// - Throws: ``EmbeddedPostgresError``, `programsNotFound` above all.
    public convenience init(
        directory: String, options: ClusterOptions = .durable,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(EmbeddedPostgresError) {
        try self.init(directory: directory, options: options, installations: Installation.all(environment: environment))
    }

    /// - Parameter installations: the newest first.
    init(directory: String, options: ClusterOptions, installations: [Installation]) throws(EmbeddedPostgresError) {
        self.directory = FilePlace.real(directory)
        self.options = options
        guard !self.directory.contains(where: { "\"$`\\\n\r".contains($0) }) else {
            throw .directoryUnusable(
                directory: self.directory,
                reason: "its path holds a quotation mark, dollar sign, backquote, backslash or line break, "
                    + "which PostgreSQL's pg_ctl cannot take")
        }
        self.installations = installations
        if installations.isEmpty { throw .programsNotFound }
        user = try ServerUser.forThisProcess()
        socketDirectory = SocketDirectory.path(forData: self.directory)
    }

    /// A libpq connection string for `database` on this cluster.
    public func conninfo(database: String) -> String {
        func quoted(_ text: String) -> String {
            "'\(text.replacing("\\", with: "\\\\").replacing("'", with: "\\'"))'"
        }
        return "host=\(quoted(socketDirectory)) port=\(Self.port) user=\(Self.user) dbname=\(quoted(database))"
    }

    /// The newest major version that is installed, when it is newer than the one that made the data and serves it.
    public var newerMajor: Int? {
        guard let made = majorOfData.flatMap({ Int($0) }), let newest = installations.first?.major else { return nil }
        return newest > made ? newest : nil
    }

    /// The server's process, when it runs.
    public var serverProcess: Int32? { ServerProcess.running(in: data) }

    /// Takes ownership of the directory, makes the cluster when there is none, and starts its server or adopts the
    /// one that a crash left running. Does nothing when this object owns it already.
    ///
    /// An adopted server is restarted when it must archive otherwise than it does.
    ///
    /// - Throws: ``EmbeddedPostgresError``; the ownership is given up again.
    public func start(archive: ArchiveChoice = .asBefore) throws(EmbeddedPostgresError) {
        guard owned.withLock({ $0 == nil }) else { return }
        try prepareDirectory()
        guard let lock = try DirectoryLock(lockFile) else {
            throw .inUse(directory: directory, process: DirectoryLock.holder(of: lockFile))
        }
        try bringUp(archive: archive)
        owned.withLock { $0 = lock }
    }

    /// Stops the server that this object owns, rolling back what is under way, and gives up the ownership.
    public func stop() throws(EmbeddedPostgresError) {
        guard let lock = owned.withLock({ $0.take() }) else { return }
        defer { withExtendedLifetime(lock) {} }
        try bringDown(mode: "fast")
    }

    /// Stops the server without a checkpoint; the next start recovers. For data that is thrown away.
    public func stopImmediately() throws(EmbeddedPostgresError) {
        guard let lock = owned.withLock({ $0.take() }) else { return }
        defer { withExtendedLifetime(lock) {} }
        try bringDown(mode: "immediate")
    }

    /// Starts the server again when it is gone although this object owns it. Waits for a ``stop()`` under way, and does
    /// nothing after it.
    ///
    /// - Returns: whether it was started now.
    /// - Throws: ``EmbeddedPostgresError``; the ownership is kept.
    @discardableResult
    public func revive() throws(EmbeddedPostgresError) -> Bool {
        try owned.withLock { lock throws(EmbeddedPostgresError) in
            guard lock != nil, serverProcess == nil else { return false }
            try bringUp()
            return true
        }
    }

    /// Uses the server for a short while: the one that runs, or one started for this purpose. The last process to
    /// leave a server that nobody owns stops it.
    ///
    /// - Throws: ``EmbeddedPostgresError``, or what `body` throws.
    public func attach<Value>(
        isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Value
    ) async throws -> Value {
        try prepareDirectory()
        let attachment = try Attachment(self)
        do {
            let value = try await body()
            try attachment.end()
            return value
        } catch {
            try? attachment.end()
            throw error
        }
    }

    /// Creates `name`, empty or as a copy of `template`, unless it exists. What was granted on the template itself,
    /// rather than in it, is not copied.
    ///
    /// - Parameter owner: the role that may create schemas in it.
    /// - Returns: whether it was created now.
    @discardableResult
    public func createDatabase(
        _ name: String, template: String = "template0", owner: String = Cluster.user
    ) throws(EmbeddedPostgresError) -> Bool {
        let outcome = client("createdb", ["--template=\(template)", "--owner=\(owner)", "--", name])
        if outcome.succeeded { return true }
        if outcome.output.contains("already exists") { return false }
        if outcome.output.contains("No space left on device") { throw .diskFull(directory: data, freeBytes: nil) }
        throw .databaseFailed(name: name, output: outcome.output)
    }

    /// Drops `name` if it exists, ending the sessions that use it.
    public func dropDatabase(_ name: String) throws(EmbeddedPostgresError) {
        let outcome = client("dropdb", ["--force", "--if-exists", "--", name])
        guard outcome.succeeded else { throw .databaseFailed(name: name, output: outcome.output) }
    }

    private func client(_ program: String, _ arguments: [String]) -> ProgramOutcome {
        user.run(
            [installations[0].path(program), "--host=\(socketDirectory)", "--port=\(Self.port)", "--username=\(Self.user)"]
                + arguments)
    }
}
