import ArgumentParser
import Primitives

/// Measures the steps that a procurement centre waits for, in a database made for the purpose and thrown away.
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Times opening a requisition with a year of history and pooling a cycle, in a database of its own.",
        subcommands: [
            ClientBenchCommand.self, CatalogBenchCommand.self, SearchBenchCommand.self, PrescriptionsBenchCommand.self,
            ExchangeBenchCommand.self,
        ])

    @Option(help: "The directory that holds db/ (default: found as for every command).")
    var home: String?

    @Option(help: "How often each step is timed.")
    var rounds = 7

    func validate() throws {
        guard (1...100).contains(rounds) else { throw ValidationError("--rounds is from 1 to 100.") }
    }

    func run() async throws {
        try await BenchDatabase(home: try Home.find(option: home)).lend { owner, application in
            let bench = MainJobBench(owner: owner, application: application, now: TimeSource.system.now, rounds: rounds)
            for line in try await bench.run() { Terminal.say(line) }
        }
    }
}
