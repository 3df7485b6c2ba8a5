import ArgumentParser
import EmbeddedPostgres
import Foundation
import Migrations
import Postgres

/// Measures the import of a catalogue of national size and of its next edition, in a database made for the purpose and
/// thrown away.
struct CatalogBenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "catalog",
        abstract: "Times the import of a made-up national catalogue and of its next edition, and tells the memory it took.")

    @Option(help: "The directory that holds db/ and Catalogs/ (default: found as for every command).")
    var home: String?

    @Option(help: "How many articles the catalogue has.")
    var articles = 200_000

    func validate() throws {
        guard (1_000...2_000_000).contains(articles) else { throw ValidationError("--articles is from 1000 to 2000000.") }
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
        let bench = CatalogBench(home: home, directory: directory, articles: articles)
        try await withDatabase(conninfo, as: DatabaseRole.owner) { owner in
            try await bench.run(in: owner)
            let defects = try await Verification(directory: home.verify).defects(in: owner)
            for defect in defects { Terminal.say("\(defect)") }
            guard defects.isEmpty else { throw CommandFailure("verify: \(defects.count) queries returned rows.") }
            Terminal.say("verify: no row")
        }
    }
}
