import ArgumentParser
import Formulary
import Primitives

/// Measures searches of a national catalogue, in a database made for the purpose and thrown away.
struct SearchBenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Times searches of each kind over a made-up national catalogue, in a database of its own.",
        discussion: """
            Prints, for each kind of text, the median, the 99th percentile and the longest time of a search through one \
            connection, and how often the product that was meant is among the first ten.
            """)

    @Option(help: "The directory that holds db/ and Catalogs/ (default: found as for every command).")
    var home: String?

    @Option(help: "How many articles the catalogue holds; it has a tenth as many products.")
    var articles = 200_000

    @Option(help: "How many texts of each kind are searched for.")
    var texts = 500

    @Option(help: "The seed of the catalogue and the texts.")
    var seed: UInt64 = 1

    func validate() throws {
        guard (1_000...2_000_000).contains(articles) else { throw ValidationError("--articles is from 1000 to 2000000.") }
        guard (1...100_000).contains(texts) else { throw ValidationError("--texts is from 1 to 100000.") }
    }

    func run() async throws {
        let home = try Home.find(option: home)
        let shipped = try ShippedNames(catalogs: home.catalogs)
        try await BenchDatabase(home: home).lend { owner, application in
            let catalog = SearchBenchCatalog(shipped: shipped, articleCount: articles, seed: seed)
            let bench = SearchBench(
                owner: owner, application: application, catalog: catalog, texts: texts, seed: seed,
                now: TimeSource.system.now)
            try await bench.run { Terminal.say($0) }
        }
    }
}
