import ArgumentParser
import EmbeddedPostgres
import Foundation
import Primitives

/// Moves the program's own database to a newer major version of PostgreSQL.
struct UpgradeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "upgrade",
        abstract: "Makes a new data directory of the newest installed PostgreSQL from the present one, and verifies it.",
        discussion: "Both versions must be installed, and the service stopped. The present data directory is not changed.")

    @Option(help: ArgumentHelp("The new data directory: it does not exist yet, or is empty.", valueName: "directory"))
    var into: String

    @OptionGroup var options: DatabaseOptions

    func run() async throws {
        let home = try Home.find(option: options.home)
        guard case .embedded(let cluster) = try options.place() else {
            throw CommandFailure("The database is on a server elsewhere: its administrators upgrade it.")
        }
        let upgrade = try MajorUpgrade(of: cluster, into: into)
        try await interruptibly { [into] in
            let check = try await upgrade.run(with: [PepperSource.fileName]) { moved in
                try await RestoredCheck(DatabasePlace.embedded(moved).conninfo, home: home)
            }
            let directory = URL(fileURLWithPath: into).standardizedFileURL.path
            let (from, to) = upgrade.majors
            Terminal.say("upgrade: \(directory) holds the data of \(cluster.directory), moved from PostgreSQL \(from) to \(to)")
            check.report(for: directory)
            try check.requireSound(in: directory)
            Terminal.say("Serve it with: lianyao serve --data-directory \(directory)")
            if let archive = cluster.archiveDirectory {
                Terminal.say("It remembers no archive: give serve an --archive of its own, not \(archive), and make a backup.")
            }
        }
    }
}
