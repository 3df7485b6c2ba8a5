/// Why the private PostgreSQL cannot serve. Each case says in one sentence what is wrong and what to do.
public enum EmbeddedPostgresError: Error, Sendable, Equatable, CustomStringConvertible {
    /// PostgreSQL's programs are not installed, or are older than ``Installation/majorMin``.
    case programsNotFound
    /// A tool the start as root needs is missing.
    case toolNotFound(String)
    /// The data directory belongs to somebody else.
    case ownedByAnotherUser(directory: String, owner: String, expected: String)
    /// The user the server runs as cannot enter a directory above the data.
    case notReachable(directory: String, user: String)
    /// A directory could not be made or changed.
    case directoryUnusable(directory: String, reason: String)
    /// The file system is full; `freeBytes` is what is left when that is known.
    case diskFull(directory: String, freeBytes: Int64?)
    /// The data was made by a major version that is not installed.
    case madeByAnotherVersion(directory: String, made: String, installed: [Int])
    /// A setting breaks the promise that an answered command survives.
    case notDurable(DurabilityFinding)
    /// The directory cannot take the archive of the log.
    case archiveUnusable(directory: String, reason: String)
    /// A setting of the operator's own contradicts the archive that was asked for.
    case archiveOverridden(setting: String, place: String)
    /// Another process owns the directory.
    case inUse(directory: String, process: Int32?)
    /// `initdb` failed; `output` is what it said.
    case initializationFailed(output: String)
    /// The server did not start; `log` holds the last lines of its log.
    case startFailed(log: String)
    /// The server did not stop.
    case stopFailed(output: String)
    /// A database could not be created or dropped.
    case databaseFailed(name: String, output: String)

    public var description: String {
        switch self {
        case .programsNotFound:
            "PostgreSQL \(Installation.majorMin) or newer is not installed: install the package postgresql "
                + "(apt install postgresql), or set DATABASE_URL to use a server elsewhere."
        case .toolNotFound(let name):
            "The program \(name) is missing: install the package util-linux, or start as a user other than root."
        case .ownedByAnotherUser(let directory, let owner, let expected):
            "The data directory \(directory) belongs to \(owner), but the database runs as \(expected)."
        case .notReachable(let directory, let user):
            "The user \(user), who runs the database when root starts it, cannot enter \(directory): "
                + "choose a data directory elsewhere, or allow it with chmod o+x."
        case .directoryUnusable(let directory, let reason):
            "The directory \(directory) cannot be used: \(reason)."
        case .diskFull(let directory, let freeBytes?):
            "The disk that holds \(directory) is full: \(freeBytes / 1_048_576) MB are free, at least "
                + "\(Cluster.freeBytesMin / 1_048_576) MB are needed."
        case .diskFull(let directory, nil):
            "The disk that holds \(directory) is full: free some space and start again."
        case .madeByAnotherVersion(let directory, let made, let installed):
            "The data in \(directory) was made by PostgreSQL \(made), but installed is "
                + "\(installed.map(String.init).joined(separator: ", ")): install postgresql-\(made) beside it "
                + "(apt install postgresql-\(made)) and start again. The data was not touched; docs/backup.md says how to "
                + "move it to another major version."
        case .notDurable(let finding): finding.description
        case .archiveUnusable(let directory, let reason):
            "The log cannot be archived in \(directory): \(reason)."
        case .archiveOverridden(let setting, let place):
            "The log is to be archived, but \(setting) is set otherwise (\(place)): remove that, or start with --archive none."
        case .inUse(let directory, let process?):
            "The data directory \(directory) is in use by process \(process)."
        case .inUse(let directory, nil):
            "The data directory \(directory) is in use by another process."
        case .initializationFailed(let output):
            "The database could not be created: \(output)"
        case .startFailed(let log):
            "The database did not start: \(log)"
        case .stopFailed(let output):
            "The database did not stop: \(output)"
        case .databaseFailed(let name, let output):
            "The database \(name) could not be created or dropped: \(output)"
        }
    }
}
