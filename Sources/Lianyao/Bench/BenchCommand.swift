import ArgumentParser
import EmbeddedPostgres
import Foundation
import Migrations
import Postgres
import Primitives

/// Measures the steps that a procurement centre waits for, in a database made for the purpose and thrown away.
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Times opening a requisition with a year of history and pooling a cycle, in a database of its own.",
        subcommands: [ClientBenchCommand.self, CatalogBenchCommand.self])

    @Option(help: "The directory that holds db/ (default: found as for every command).")
    var home: String?

    @Option(help: "How often each step is timed.")
    var rounds = 7

    func validate() throws {
        guard (1...100).contains(rounds) else { throw ValidationError("--rounds is from 1 to 100.") }
    }

    func run() async throws {
        let home = try Home.find(option: home)
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("lianyao-bench-\(getpid())").path
        let cluster = try Cluster(directory: directory)
        try cluster.start()
        defer {
            try? cluster.stop()
            try? FileManager.default.removeItem(atPath: directory)
        }
        try cluster.createDatabase("bench")
        let conninfo = cluster.conninfo(database: "bench")
        _ = try await Migrator(directory: home.migrations).migrate(conninfo)
        try await withDatabase(conninfo, as: DatabaseRole.owner) { owner in
            try await withDatabase(conninfo, as: DatabaseRole.application) { application in
                let bench = MainJobBench(owner: owner, application: application, now: TimeSource.system.now, rounds: rounds)
                for line in try await bench.run() { Terminal.say(line) }
            }
            let defects = try await Verification(directory: home.verify).defects(in: owner)
            for defect in defects { Terminal.say("\(defect)") }
            guard defects.isEmpty else { throw CommandFailure("verify: \(defects.count) queries returned rows.") }
            Terminal.say("verify: no row")
        }
    }
}
