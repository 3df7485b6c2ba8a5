import ArgumentParser
import Demonstration
import Migrations
import Primitives

/// What is for trying the program out, on a machine that holds no real data.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Demonstration consortia, for trying the program out.",
        subcommands: [DemoLoadCommand.self, DemoCycleCommand.self])
}

/// Loads the demonstration consortia with half a year of history.
struct DemoLoadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load",
        abstract: "Loads three consortia with people, formularies, stock and half a year of consumption; twice changes nothing.")

    @OptionGroup var options: DatabaseOptions

    func run() async throws {
        let (home, place) = (try Home.find(option: options.home), try options.place())
        try await interruptibly {
            let loaded = try await place.useMigrated(by: Migrator(directory: home.migrations)) { conninfo in
                try await withDatabase(conninfo, as: DatabaseRole.owner, connections: 3) { owner in
                    try await withDatabase(conninfo, as: DatabaseRole.application, connections: 3) { application in
                        try await LoadDemonstration(seeds: home.seeds, owner: owner, application: application)
                            .run(at: TimeSource.system.now)
                    }
                }
            }
            for consortium in loaded { Terminal.say("\(consortium)") }
        }
    }
}
