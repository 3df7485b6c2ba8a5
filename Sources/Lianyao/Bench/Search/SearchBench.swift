import Formulary
import Foundation
import Identity
import Parties
import Postgres
import Primitives

/// Searches of every kind, one after the other on one connection, each in a transaction of its own.
struct SearchBench: Sendable {
    let owner: Database
    let application: Database
    let catalog: SearchBenchCatalog
    /// How many texts of each kind.
    let texts: Int
    let seed: UInt64
    let now: Instant

    /// How many products a page shows.
    private static let pageSize = 20
    /// How far down a person looks for the product that was meant.
    private static let looked = 10

    /// - Parameter say: gets the report, line by line.
    func run(_ say: (String) -> Void) async throws {
        let keeper = try await load(say)
        var maker = SearchTextsMaker(catalog, count: texts, seed: seed)
        var warming = Timings("")
        for kind in maker.all() { _ = try await search(kind.texts[0], kind, keeper, &warming) }
        var all = Timings("all searches")
        for kind in maker.all() {
            var timings = Timings(kind.kind)
            var found = 0
            for text in kind.texts {
                let names = try await search(text, kind, keeper, &timings)
                if let meant = text.meant, names.contains(meant) { found += 1 }
            }
            all.add(timings)
            let meant = kind.texts.count { $0.meant != nil }
            say(timings.percentiles + (meant == 0 ? "" : "; \(found) of \(meant) found"))
        }
        say(all.percentiles)
    }

    private func load(_ say: (String) -> Void) async throws -> Principal {
        let loading = SearchBenchLoading(catalog: catalog, now: now)
        try await owner.write { try loading.load(in: $0) }
        var refreshing = Timings("names are taken apart for the search")
        try await refreshing.time { _ = try await owner.write { try RefreshSearch().run(in: $0) } }
        var again = Timings("and again, nothing having changed")
        try await again.time { _ = try await owner.write { try RefreshSearch().run(in: $0) } }
        let keeper = try await owner.write { try loading.addKeeper(in: $0) }
        try await application.write(as: keeper.tenant) { try loading.publishFormulary(by: keeper, in: $0) }
        try await owner.write { _ = try $0.execute("ANALYZE") }
        say("\(catalog.products.count) products, \(catalog.articleCount) articles, \(catalog.makers.count) manufacturers")
        say(refreshing.report)
        say(again.report)
        return keeper
    }

    /// - Returns: the names a person sees at a glance.
    private func search(_ text: SearchTexts.Text, _ kind: SearchTexts, _ keeper: Principal, _ timings: inout Timings) async throws
        -> [String]
    {
        let day = now.businessDay
        var names: [String] = []
        try await timings.time {
            names = try await application.read(as: keeper.tenant) { transaction in
                try ProductSearchStore(transaction).hits(
                    try ProductSearch(text: text.text), of: keeper.consortium, level: .county, on: day,
                    permittedOnly: kind.permittedOnly, limit: Self.pageSize
                ).map(\.product.genericName)
            }
        }
        return Array(names.prefix(Self.looked))
    }
}
