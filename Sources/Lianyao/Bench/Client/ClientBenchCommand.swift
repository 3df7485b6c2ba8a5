import ArgumentParser
import EmbeddedPostgres
import Foundation

/// Measures this program's PostgreSQL client beside others, with the same statements on the same server.
struct ClientBenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "client",
        abstract: "Measures the PostgreSQL client beside pgbench, psql and a Python client, on a server of its own.",
        discussion: "scripts/bench-client runs it with everything it needs.")

    @Option(help: "How many clients work at once.")
    var clients = 8

    @Option(help: "How often each client has its turn.")
    var rounds = 3

    @Option(help: "How many seconds a turn takes.")
    var seconds = 2

    @Option(help: "How many rows are loaded in bulk.")
    var rows = 1_000_000

    @Option(help: "The Python client (scripts/bench-client.py); without it there is none in the table.")
    var python: String?

    func validate() throws {
        guard (1...50).contains(clients) else { throw ValidationError("--clients is from 1 to 50.") }
        guard (1...20).contains(rounds) else { throw ValidationError("--rounds is from 1 to 20.") }
        guard (1...60).contains(seconds) else { throw ValidationError("--seconds is from 1 to 60.") }
        guard (1...10_000_000).contains(rows) else { throw ValidationError("--rows is from 1 to 10000000.") }
    }

    func run() async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("lianyao-bench-\(getpid())").path
        let cluster = try Cluster(directory: directory)
        try cluster.start()
        defer {
            try? cluster.stop()
            try? FileManager.default.removeItem(atPath: directory)
        }
        try cluster.createDatabase("bench")
        let bench = ClientBench(
            clients: clients, rounds: rounds, seconds: seconds, rows: rows, conninfo: cluster.conninfo(database: "bench"),
            others: OtherClients(
                socketDirectory: cluster.socketDirectory, database: "bench", scratch: "\(directory)/scratch", python: python))
        try await bench.run { Terminal.say($0) }
    }
}
