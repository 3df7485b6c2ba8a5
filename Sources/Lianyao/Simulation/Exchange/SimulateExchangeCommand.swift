import ArgumentParser
import EmbeddedPostgres
import PlatformSimulator
import Primitives

/// Pushes made-up orders through everything that can go wrong between a consortium and two platforms.
struct SimulateExchangeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exchange",
        abstract: "Pushes orders to simulated platforms through every fault, with dispatchers killed and the database restarted.",
        discussion: """
            Half of the orders go to a platform that speaks like Zhejiang's, half to one that speaks like Shanghai's. In the end every \
            line must be there exactly once, ours must agree, and reconciliation must find no difference. Prints time, tries and \
            faults; runs the queries of db/verify.
            """)

    @Option(help: "The directory that holds db/ and Catalogs/ (default: found as for every command).")
    var home: String?

    @Option(help: "How many orders.")
    var orders = 10_000

    @Option(help: "The most lines of an order; the fewest is one.")
    var lines = 80

    @Option(help: "How many dispatchers run beside each other, each a process of its own.")
    var dispatchers = 2

    @Option(help: "How often one of them is killed.")
    var kills = 50

    @Option(help: "How often the database is stopped without notice and started again.")
    var restarts = 5

    @Option(help: "How often each fault comes, of 10,000 requests.")
    var faults = 300

    @Option(help: "The seed from which orders, faults and kills follow.")
    var seed: UInt64 = 1

    func validate() throws {
        guard (1...1_000_000).contains(orders), (1...200).contains(lines) else {
            throw ValidationError("--orders is from 1 to 1000000, --lines from 1 to 200.")
        }
        guard (1...8).contains(dispatchers), (0...1_000).contains(kills), (0...100).contains(restarts) else {
            throw ValidationError("--dispatchers is from 1 to 8, --kills to 1000, --restarts to 100.")
        }
        guard (0...2_000).contains(faults) else { throw ValidationError("--faults is from 0 to 2000.") }
    }

    func run() async throws {
        let home = try Home.find(option: home)
        let plan = ExchangeTrial.Plan(
            orders: orders, lines: lines, dispatchers: dispatchers, kills: kills, restarts: restarts, faults: faults, seed: seed)
        try await BenchDatabase(home: home, connections: 8).lendCluster { bench in
            try await ExchangeTrial(plan: plan, home: home, bench: bench).run()
        }
    }
}
