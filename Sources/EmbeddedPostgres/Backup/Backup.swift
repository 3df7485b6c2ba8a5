import Foundation

/// A backup of a cluster: its files as of one moment, and what is needed beside them.
///
/// ```
/// <directory>/backup.json   what it is; see ``Contents``
/// <directory>/postgres/     the cluster's files with PostgreSQL's own list of checksums, as pg_basebackup makes them
/// <directory>/…             the files beside the cluster that the program asked for
/// ```
public struct Backup: Sendable, Equatable {
    /// What `backup.json` says.
    public struct Contents: Codable, Sendable, Equatable {
        /// The shape of this file and of the directory.
        public let format: Int
        public let postgresMajor: Int
        /// Which cluster it is of; given once by `initdb`.
        public let systemIdentifier: String
        /// The oldest segment of the archived log that this backup may need.
        public let firstSegment: String
        /// The newest segment of the log that the backup holds itself.
        public let lastSegment: String
        /// The number of the last migration of the program's schema.
        public let schemaVersion: Int
        public let startedAt: BackupTime
        /// From here on the archived log can take it to any moment.
        public let finishedAt: BackupTime
        public let bytes: Int64
        /// Where the log was archived when it was made.
        public let archive: String?
        /// The files beside the cluster, each with a checksum against damage.
        public let files: [String: String]
    }

    static let formatKnown = 1
    static let contentsName = "backup.json"

    public let directory: String
    public let contents: Contents

    var data: String { "\(directory)/postgres" }

    /// Reads what a backup says of itself; ``check(with:)`` proves that it is whole.
    ///
    /// - Throws: ``BackupError`` `noBackup`, `formatUnknown`.
    public init(in named: String) throws(BackupError) {
        directory = FilePlace.real(named)
        guard access(directory, R_OK | X_OK) == 0 || errno != EACCES else {
            throw .noBackup(directory, reason: "this user may not read it")
        }
        guard let data = FileManager.default.contents(atPath: "\(directory)/\(Self.contentsName)") else {
            throw .noBackup(directory, reason: "it holds no \(Self.contentsName)")
        }
        // The format first: a later one may say other things.
        struct Format: Decodable { let format: Int }
        guard let format = try? JSONDecoder().decode(Format.self, from: data).format else {
            throw .noBackup(directory, reason: "its \(Self.contentsName) is damaged")
        }
        guard format <= Self.formatKnown else { throw .formatUnknown(directory, format: format) }
        guard let contents = try? JSONDecoder().decode(Contents.self, from: data) else {
            throw .noBackup(directory, reason: "its \(Self.contentsName) is damaged")
        }
        self.contents = contents
    }

    init(directory: String, contents: Contents) { (self.directory, self.contents) = (directory, contents) }

    /// The programs that can restore it.
    ///
    /// - Throws: ``BackupError`` `madeByAnotherVersion`.
    func installation(of installations: [Installation]) throws(BackupError) -> Installation {
        guard let installation = installations.first(where: { $0.major == contents.postgresMajor }) else {
            throw .madeByAnotherVersion(directory, made: contents.postgresMajor, installed: installations.map(\.major))
        }
        return installation
    }

    /// Reads every file and compares it with its checksum.
    ///
    /// - Throws: ``BackupError`` `damaged`, `programMissing`; `CancellationError`.
    func check(with installation: Installation) async throws {
        for (name, checksum) in contents.files where Self.checksum(of: "\(directory)/\(name)") != checksum {
            throw BackupError.damaged(directory, output: "\(name) is not as it was written")
        }
        let outcome = try await Program.runCancellably([try installation.extra("pg_verifybackup"), "--quiet", data])
        guard outcome.succeeded else {
            let lines = outcome.output.split(separator: "\n").filter { !$0.hasPrefix("HINT") }
            throw BackupError.damaged(directory, output: lines.prefix(5).joined(separator: "; "))
        }
    }

    /// A checksum of a small file against damage, not against malice.
    static func checksum(of path: String) -> String? {
        FileManager.default.contents(atPath: path).map { SocketDirectory.fingerprint($0) }
    }

    func write() throws(BackupError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(contents),
            FileManager.default.createFile(
                atPath: "\(directory)/\(Self.contentsName)", contents: data + Data("\n".utf8),
                attributes: [.posixPermissions: 0o600])
        else { throw .notMade(directory, reason: Program.reason(errno)) }
    }
}
