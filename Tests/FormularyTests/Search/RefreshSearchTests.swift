import Formulary
import Parties
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("what products are found by is kept up to date")
struct RefreshSearchTests {
    typealias Fixture = FormularyFixture

    private func refresh(_ fixture: FormularyFixture) async throws -> Int {
        try await fixture.within { try RefreshSearch().run(in: $0) }
    }

    private func found(_ text: String, in fixture: FormularyFixture) async throws -> [String] {
        try await fixture.within { [fixture] transaction in
            try ProductSearchStore(transaction).hits(
                try ProductSearch(text: text), of: fixture.consortium, level: nil, on: fixture.today, limit: 20
            ).map(\.product.code)
        }
    }

    @Test("an import leaves nothing to refresh, and a refresh takes apart only what has changed")
    func onlyChanges() async throws {
        try await withFormulary { fixture in
            #expect(try await refresh(fixture) == 0)
            let owner = fixture.database.owner
            let first = fixture.products[0]
            try await owner.write { _ = try $0.execute("UPDATE formulary.product SET english_name = 'amoxil' WHERE product_id = \(first)") }
            #expect(try await found("amoxicillin", in: fixture) == ["T0001"], "as it was")
            #expect(try await refresh(fixture) == 1)
            #expect(try await found("amoxicillin", in: fixture) == [])
            #expect(try await refresh(fixture) == 0)
        }
    }

    @Test("a later catalogue's names, trade names and manufacturers are found, and earlier ones no more")
    func reimport() async throws {
        try await withFormulary { fixture in
            let article = "XJ01CAA040E001010100863,T0001"
            try await fixture.imported("\(Fixture.articlesHeader)\n\(article),阿莫仙,珠海联邦制药股份有限公司,,,,24,盒,24粒/盒,9.80")
            #expect(try await found("阿莫仙", in: fixture) == ["T0001"])
            #expect(try await found("珠海联邦", in: fixture) == ["T0001"])
            try await fixture.imported("\(Fixture.articlesHeader)\n\(article),再林,海南先声药业有限公司,,,,24,盒,24粒/盒,9.80")
            #expect(try await found("再林", in: fixture) == ["T0001"])
            #expect(try await found("hnxs", in: fixture) == ["T0001"])
            #expect(try await found("珠海联邦", in: fixture) == [])
            try await fixture.imported(
                [Fixture.productsHeader, Fixture.productRow("T0001", name: "羟氨苄青霉素胶囊", drugClass: "XJ01CA")].joined(separator: "\n"))
            #expect(try await found("qabqms", in: fixture) == ["T0001"])
            #expect(try await found("阿莫西林胶囊", in: fixture) == [])
        }
    }

    @Test("what is withdrawn is not found, by whatever it is looked for")
    func withdrawn() async throws {
        try await withFormulary { fixture in
            let article = "XJ01CAA040E001010100863,T0001,格华止,珠海联邦制药股份有限公司,国药准字H20073872,86904879000126,,24,盒,24粒/盒,9.80"
            try await fixture.imported("\(Fixture.articlesHeader)\n\(article)")
            let texts = ["格华止", "珠海联邦", "XJ01CAA040", "H20073872", "86904879000126"]
            for text in texts { #expect(try await found(text, in: fixture) == ["T0001"], "\(text)") }
            try await fixture.database.owner.write { transaction in
                try transaction.execute("UPDATE formulary.article SET withdrawn_on = '2026-01-01'")
                try RefreshSearch().run(in: transaction)
            }
            for text in texts { #expect(try await found(text, in: fixture) == [], "\(text)") }
            #expect(try await found("阿莫西林", in: fixture) == ["T0001"])
            let first = fixture.products[0]
            try await fixture.database.owner.write {
                _ = try $0.execute("UPDATE formulary.product SET withdrawn_on = '2026-01-01' WHERE product_id = \(first)")
            }
            for text in ["阿莫西林", "啊莫西林", "阿莫西灵", "amxl", "T0001"] { #expect(try await found(text, in: fixture) == [], "\(text)") }
            // No edition has withdrawn it: the record is as its edition says again.
            try await fixture.database.owner.write {
                _ = try $0.execute("UPDATE formulary.article SET withdrawn_on = NULL")
            }
        }
    }
}
