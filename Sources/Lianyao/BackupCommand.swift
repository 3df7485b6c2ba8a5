import ArgumentParser
import EmbeddedPostgres
import Foundation
import Postgres
import Primitives

/// Copies the program's own database and what belongs to it.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copies the program's own database, while it works or not, and checks the copy.",
        discussion: "What is interrupted is left as DIRECTORY.unfinished, which the next backup to DIRECTORY removes.")

    @Argument(help: "A directory that does not exist yet, best on another disk; its parent does.")
    var directory: String

    @Flag(help: "Leaves the pepper out of the copy, to be kept apart from it.")
    var withoutPepper = false

    @OptionGroup var options: DatabaseOptions

    func run() async throws {
        let place = try options.place()
        guard case .embedded(let cluster) = place else {
            throw CommandFailure(
                "The database is on a server elsewhere: let its administrators back it up, with pg_basebackup or pg_dump.")
        }
        let files = withoutPepper ? [] : [PepperSource.fileName]
        try await interruptibly { [directory] in
            try await place.use(making: false) { conninfo in
                let backup = try await cluster.backUp(
                    to: directory, with: files, schemaVersion: try await Self.schemaVersion(conninfo),
                    clock: { BackupTime(TimeSource.system.now) })
                for line in Self.report(backup, of: cluster) { Terminal.say(line) }
            }
        }
    }

    /// The number of the last migration; the database may be older than the program, as before an upgrade.
    private static func schemaVersion(_ conninfo: String) async throws -> Int {
        try await withDatabase(conninfo) { database in
            try await database.read { transaction in
                let exists = try transaction.first("SELECT to_regclass('migration.applied') IS NOT NULL AS exists") {
                    try $0["exists"] as Bool
                }
                guard exists == true else { return 0 }
                return try transaction.first("SELECT coalesce(max(version), 0) AS version FROM migration.applied") {
                    try $0["version"] as Int
                } ?? 0
            }
        }
    }

    private static func report(_ backup: Backup, of cluster: Cluster) -> [String] {
        let contents = backup.contents
        let milliseconds = (contents.finishedAt.microseconds - contents.startedAt.microseconds) / 1_000
        var lines = [
            "backup: \(cluster.directory) is copied to \(backup.directory)",
            "  as of \(contents.finishedAt.text), \(contents.bytes / 1_048_576) MB in \(milliseconds) ms, every file checked",
            "  PostgreSQL \(contents.postgresMajor), schema \(contents.schemaVersion)",
        ]
        if contents.files[PepperSource.fileName] != nil {
            lines.append("  with the pepper: whoever reads the backup can look for patients; guard it like the data")
        } else {
            lines.append("  WITHOUT the pepper: keep it apart, patients are not found by their resident number without it")
        }
        var restoring = "lianyao restore \(backup.directory) --into NEW-DIRECTORY"
        if let archive = contents.archive {
            lines.append("  the log is archived in \(archive); this backup needs it from \(contents.firstSegment) on")
            restoring += " --archive \(archive) [--until TIME]"
        }
        return lines + ["Restore it with: \(restoring)"]
    }
}

extension BackupTime {
    init(_ instant: Instant) { self.init(microseconds: instant.microseconds, text: "\(instant)") }
}
