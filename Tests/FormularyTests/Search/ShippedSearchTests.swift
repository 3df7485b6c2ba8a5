import Formulary
import Foundation
import Parties
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("the shipped catalogues are searched")
struct ShippedSearchTests {
    private func withShipped(_ body: (FormularyFixture, [String]) async throws -> Void) async throws {
        try await withFormulary(isEmpty: true) { fixture in
            for folder in ["products", "herbal-pieces", "mongolian-medicines", "consumables"] {
                try await fixture.imported(try shippedCatalog("\(folder)/products.csv"))
            }
            let names = try await fixture.database.owner.read { transaction in
                try transaction.query("SELECT DISTINCT generic_name FROM formulary.product ORDER BY 1") { try $0["generic_name"] as String }
            }
            try await body(fixture, names)
        }
    }

    /// The names that the texts find, in the order of the texts.
    private func found(_ texts: [String], in fixture: FormularyFixture, limit: Int = 10) async throws -> [[String]] {
        try await fixture.within { [fixture] transaction in
            try texts.map { text in
                try ProductSearchStore(transaction).hits(
                    try ProductSearch(text: text), of: fixture.consortium, level: .county, on: fixture.today, limit: limit
                ).map(\.product.genericName)
            }
        }
    }

    @Test("every name, typed as it is, finds itself first; its reading and initials find it too")
    func everyName() async throws {
        try await withShipped { fixture, names in
            let folded = { (name: String) in name.precomposedStringWithCompatibilityMapping.lowercased().filter { !$0.isWhitespace } }
            for (name, found) in zip(names, try await found(names, in: fixture)) {
                #expect(found.first.map(folded) == folded(name))
            }
            let some = names.enumerated().filter { $0.offset.isMultiple(of: 7) }.map(\.element)
            for (name, found) in zip(some, try await found(some.map { Pinyin($0).initials }, in: fixture, limit: 200)) {
                #expect(found.contains(name))
            }
            for (name, found) in zip(some, try await found(some.map { Pinyin($0).text }, in: fixture, limit: 200)) {
                #expect(found.contains(name))
            }
        }
    }

    @Test("nine of ten names with a slip anywhere are among the first ten", arguments: ["wrong", "missing", "extra", "exchanged"])
    func misspellings(slip: String) async throws {
        try await withShipped { fixture, names in
            var random = SeededGenerator(seed: 7)
            let long = names.filter { $0.count >= 4 && $0.allSatisfy { $0.unicodeScalars.allSatisfy(\.properties.isIdeographic) } }
            let meant = (0..<150).map { _ in long[Int.random(in: 0..<long.count, using: &random)] }
            let typed = meant.map { name in
                var characters = Array(name)
                let place = Int.random(in: 0..<characters.count - 1, using: &random)
                switch slip {
                case "wrong": characters[place] = "龘"
                case "missing": characters.remove(at: place)
                case "extra": characters.insert("龘", at: place)
                default: characters.swapAt(place, place + 1)
                }
                return String(characters)
            }
            let count = zip(meant, try await found(typed, in: fixture)).count { $1.contains($0) }
            #expect(count >= 135, "\(count) of 150")
        }
    }
}
