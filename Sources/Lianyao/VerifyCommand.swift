import ArgumentParser
import Migrations

/// Runs every query that must return no rows.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Checks the data: runs every query of db/verify, which must return no rows.")

    @OptionGroup var options: DatabaseOptions

    func run() async throws {
        let (home, place) = (try Home.find(option: options.home), try options.place())
        try await interruptibly {
            let defects = try await place.useMigrated(by: Migrator(directory: home.migrations)) { conninfo in
                try await withDatabase(conninfo, as: DatabaseRole.owner) { owner in
                    try await Verification(directory: home.verify).defects(in: owner)
                }
            }
            guard defects.isEmpty else {
                for defect in defects { Terminal.say("\(defect)") }
                throw CommandFailure("verify: \(defects.count) queries returned rows or could not be run.")
            }
            Terminal.say("verify: no row")
        }
    }
}
