import ArgumentParser
import Primitives

/// Measures review, claim and dispensing among many prescriptions, in a database made for the purpose and thrown away.
struct PrescriptionsBenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prescriptions",
        abstract: "Times review, claim and dispensing among a million prescriptions, in a database of its own.",
        discussion: """
            Prints, for one caller, for two and for eight at once, median, 95th and 99th percentile and the longest time of \
            each step in microseconds, each a transaction with its durable commit, and the median as a multiple of the \
            smallest one in the same round.
            """)

    @Option(help: "The directory that holds db/ and Catalogs/ (default: found as for every command).")
    var home: String?

    @Option(help: "How many prescriptions the database holds.")
    var prescriptions = 1_000_000

    @Option(help: "How often each step is timed in each round.")
    var operations = 1_000

    @Option(help: "The seed of the order in which they are worked on.")
    var seed: UInt64 = 1

    func validate() throws {
        guard (1...100_000).contains(operations) else { throw ValidationError("--operations is from 1 to 100000.") }
        let least = 3 * PrescriptionsBench.open(operations: operations)
        guard (least...10_000_000).contains(prescriptions) else {
            throw ValidationError("--prescriptions is from \(least), for so many operations, to 10000000.")
        }
    }

    func run() async throws {
        let home = try Home.find(option: home)
        try await BenchDatabase(home: home, connections: PrescriptionsBench.connections).lend { owner, application in
            let bench = PrescriptionsBench(
                home: home, owner: owner, application: application, prescriptions: prescriptions, operations: operations,
                seed: seed, now: TimeSource.system.now)
            try await bench.run { Terminal.say($0) }
        }
    }
}
