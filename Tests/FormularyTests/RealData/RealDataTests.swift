import Formulary
import Parties
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("real catalogues are imported and become formularies")
struct RealDataTests {
    @Test("the national list of 2024 holds 3,159 drugs and 892 payable pieces, and becomes a formulary")
    func nationalList() async throws {
        guard let list = try NationalListCatalog() else { return }
        #expect(list.drugs.count == 3_159)
        #expect(list.payablePieces.count == 892)
        try await withFormulary(isEmpty: true) { fixture in
            let imported = try await fixture.imported(list.products)
            #expect(imported.problems.isEmpty, "\(imported.problems.prefix(5))")
            #expect((imported.added, imported.skipped) == (4_051, 0))
            let version = try await Self.publishEverything(like: ["D%", "P%"], in: fixture)
            #expect(version.entries == 4_051)
            for (text, name) in [
                ("阿莫西林", "阿莫西林"), ("danshen", "丹参"), ("hxzq", "藿香正气"), ("yinapuli", "依那普利"), ("没药", "没药"),
            ] {
                #expect(try await Self.names(text, in: fixture).contains { $0.contains(name) }, "\(text)")
            }
            #expect(try await Self.names("dwysgcw", in: fixture).isEmpty)
            #expect(try await Self.names("硝苯地平", in: fixture).first?.hasPrefix("硝苯地平") == true)
        }
    }

    @Test(
        "every known fault of the hospital's catalogue is told by line and reason, and nothing changes until it is accepted"
    )
    func hospitalCatalogue() async throws {
        guard let catalogue = try HospitalCatalog() else { return }
        try await withFormulary(isEmpty: true) { fixture in
            let products = try await fixture.imported(catalogue.products)
            #expect(products.errors.isEmpty, "\(products.errors.prefix(5))")
            #expect(products.added == 1_098)
            let checked = try await fixture.imported(catalogue.articles)
            #expect(!checked.isApplied)
            #expect(try await fixture.count("SELECT count(*) FROM formulary.article") == 0)
            func lines(_ reason: CatalogReason) -> [Int] { checked.problems.filter { $0.reason == reason }.map(\.line) }
            #expect(catalogue.records == 1_172)
            #expect(lines(.insuranceCodeMalformed) == [49, 1_156], "codes of 15 characters")
            #expect(lines(.insuranceCodeMissing) == [90])
            #expect(Set(lines(.spreadsheetError)) == [1_173], "#N/A")
            #expect(
                Set(checked.problems.filter { $0.line == 1_173 && !$0.isWarning }.map(\.field))
                    == ["insurance_code", "pack_unit", "reference_price"])
            let repeats = checked.problems.filter { $0.reason == .repeated }
            #expect(repeats.count == 20)
            #expect(repeats.first.map { [$0.line, $0.otherLine ?? 0] } == [247, 246])
            #expect(repeats.last.map { [$0.line, $0.otherLine ?? 0] } == [1_169, 302])
            #expect(checked.skipped == 23)
            #expect(checked.added == 1_149)
            #expect(Set(checked.errors.map(\.line)).count == 23, "no other row is at fault")
            let accepted = try await fixture.imported(catalogue.articles, acceptingTheRest: true)
            #expect((accepted.isApplied, accepted.added) == (true, 1_149))
            #expect(try await fixture.count("SELECT count(*) FROM formulary.article") == 1_149)
            let again = try await fixture.imported(catalogue.articles, acceptingTheRest: true)
            #expect((again.added, again.changed, again.unchanged) == (0, 0, 1_149))
            let version = try await Self.publishEverything(like: ["S%"], in: fixture)
            #expect(version.entries == 1_098)
            let byCode = try await Self.names("XB01ACA056A012030101554", in: fixture)
            #expect(byCode == ["阿司匹林肠溶片"])
            #expect(try await Self.names("aspl", in: fixture).contains("阿司匹林肠溶片"))
            #expect(try await Self.names("国药准字HJ20180099", in: fixture).count == 1)
        }
    }

    private static func names(_ text: String, in fixture: FormularyFixture) async throws -> [String] {
        try await fixture.within { transaction in
            try ProductSearchStore(transaction).hits(
                try ProductSearch(text: text), of: fixture.consortium, level: .township, on: fixture.today,
                permittedOnly: true, limit: 50
            ).map(\.product.genericName)
        }
    }

    private static func publishEverything(like patterns: [String], in fixture: FormularyFixture) async throws
        -> FormularyVersion
    {
        let products = try await fixture.database.owner.read { transaction in
            try transaction.query("SELECT product_id FROM formulary.product WHERE code LIKE ANY(\(patterns))") {
                try $0["product_id"] as ProductID
            }
        }
        let draft = try await fixture.drafted(products.map { FormularyEntry(product: $0, levels: [.county, .township]) })
        return try await fixture.published(draft.id, from: fixture.today)
    }
}
