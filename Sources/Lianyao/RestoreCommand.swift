import ArgumentParser
import EmbeddedPostgres
import Foundation
import Primitives

/// Makes a data directory from a backup.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Makes a new data directory from a backup and the archived log, and verifies it.",
        discussion: "The backup, the archive and the present data directory are not changed.")

    @Argument(help: "The directory that `lianyao backup` made.")
    var backup: String

    @Option(help: ArgumentHelp("The new data directory: it does not exist yet, or is empty.", valueName: "directory"))
    var into: String

    @Option(help: ArgumentHelp("The archived log, to restore what happened after the backup.", valueName: "directory"))
    var archive: String?

    @Option(
        help: ArgumentHelp(
            "The last moment to restore, such as 2026-11-21T10:00:00+08:00; without an offset it is that of Beijing.",
            valueName: "time"))
    var until: String?

    @Flag(help: "Restores what can be read when a part of the archived log is missing or damaged; the rest is lost.")
    var upToGap = false

    @Option(
        help: ArgumentHelp(
            "The directory that holds db/ (default: \(Home.variable), else found here or above the program).",
            valueName: "directory"))
    var home: String?

    func validate() throws {
        if let until, Self.moment(until) == nil {
            throw ValidationError("--until is a time such as 2026-11-21T10:00:00+08:00.")
        }
        if upToGap, archive == nil { throw ValidationError("--up-to-gap needs --archive.") }
    }

    func run() async throws {
        let home = try Home.find(option: home)
        let backup = try Backup(in: backup)
        let restoration = try Restoration(
            of: backup, into: into, archive: archive, until: until.flatMap(Self.moment).map { BackupTime($0) },
            goesUpToGap: upToGap)
        try await interruptibly { [into] in
            let (reach, check) = try await restoration.run { cluster in
                try await RestoredCheck(DatabasePlace.embedded(cluster).conninfo, home: home)
            }
            let directory = URL(fileURLWithPath: into).standardizedFileURL.path
            Self.report(backup, reach, into: directory)
            check.report(for: directory)
            try check.requireSound(in: directory)
            Terminal.say("Serve it with: lianyao serve --data-directory \(directory)")
            if let archive = backup.contents.archive {
                Terminal.say("It remembers no archive: give serve an --archive of its own, not \(archive), and make a backup.")
            }
        }
    }

    private static func report(_ backup: Backup, _ reach: Restoration.Reach, into directory: String) {
        let contents = backup.contents
        Terminal.say("restore: \(directory) is made from the backup of \(contents.finishedAt.text), every file checked")
        if let last = reach.lastTransaction {
            Terminal.say("  last transaction \(last), \(reach.segmentCount) archived segments of the log")
        } else {
            Terminal.say("  nothing happened after the backup, \(reach.segmentCount) archived segments of the log")
        }
        if contents.files[PepperSource.fileName] == nil {
            Terminal.say(
                "  WITHOUT the pepper: put the file \(PepperSource.fileName) into it before it is served, or set "
                    + "\(PepperSource.variable); a new one would not find the patients there are")
        }
    }

    /// A time with an offset, or without one that of Beijing.
    private static func moment(_ text: String) -> Instant? { Instant(text) ?? Instant(text + "+08:00") }
}
