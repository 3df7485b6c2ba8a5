import ArgumentParser
import Migrations
import Primitives

/// Brings the database to the schema of this program.
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Brings the database to the schema of this program; makes it when there is none.")

    @OptionGroup var options: DatabaseOptions

    func run() async throws {
        let (home, place) = (try Home.find(option: options.home), try options.place())
        try await interruptibly {
            try await place.use(making: true) { conninfo in
                let applied = try await Schema(home: home, conninfo: conninfo).bringUpToDate(at: TimeSource.system.now)
                for migration in applied { Terminal.say("applied \(migration.file)") }
                Terminal.say(applied.isEmpty ? "migrate: nothing to do" : "migrate: \(applied.count) applied")
            }
        }
    }
}
