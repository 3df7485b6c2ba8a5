import ArgumentParser
import Foundation

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
        let files = FileManager.default.temporaryDirectory.appendingPathComponent("lianyao-bench-files-\(getpid())").path
        try FileManager.default.createDirectory(atPath: files, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: files) }
        let bench = CatalogBench(home: home, directory: files, articles: articles)
        try await BenchDatabase(home: home).lend { owner, _ in try await bench.run(in: owner) }
    }
}
