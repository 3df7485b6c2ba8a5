import Formulary
import Foundation
import Parties
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("products are found")
struct ProductSearchTests {
    typealias Fixture = FormularyFixture

    static let articles = """
        \(Fixture.articlesHeader)
        XJ01CAA040E001010100863,T0001,阿莫仙,珠海联邦制药股份有限公司（中山分公司）,国药准字H20073872,86904879000126,6924561884074,24,盒,24粒/盒,9.80
        XA10BAE085A001010200999,T0002,,北京某某制药,H20140732,,,60,盒,60片/盒,12.00
        """

    private func withCatalog(_ body: (FormularyFixture) async throws -> Void) async throws {
        try await withFormulary { fixture in
            try await fixture.imported(
                [
                    Fixture.productsHeader,
                    Fixture.productRow("T0011", name: "注射用阿莫西林钠", form: "powder_injection", strength: "1g"),
                    Fixture.productRow("T0012", name: "阿莫西林", strength: "散装"),
                    Fixture.productRow("T0013", name: "一次性注射器（带针）", strength: "5ml"),
                    Fixture.productRow("T0014", name: "10%葡萄糖_氯化钠", strength: "500ml"),
                ].joined(separator: "\n"))
            try await fixture.imported(Self.articles)
            try await body(fixture)
        }
    }

    private func found(_ text: String, in fixture: FormularyFixture, limit: Int = 20) async throws -> [String] {
        try await fixture.within { [fixture] transaction in
            try ProductSearchStore(transaction).hits(
                try ProductSearch(text: text), of: fixture.consortium, level: .county, on: fixture.today, limit: limit
            ).map(\.product.code)
        }
    }

    @Test(
        "by name, reading, initials, English name, trade name, manufacturer and every code",
        arguments: [
            ("阿莫西林", ["T0012", "T0001", "T0011"]), ("莫西", ["T0012", "T0001", "T0011"]),
            ("amoxilin", ["T0012", "T0001", "T0011"]), ("a mo xi lin", ["T0012", "T0001", "T0011"]),
            ("amxl", ["T0012", "T0001", "T0011"]), ("AMXL", ["T0012", "T0001", "T0011"]), ("amxljn", ["T0001"]),
            ("amoxicillin", ["T0001"]), ("Metfor", ["T0002"]), ("阿莫仙", ["T0001"]), ("莫仙", ["T0001"]), ("联邦制药", ["T0001"]),
            ("珠海联邦制药股份有限公司(中山分公司)", ["T0001"]), ("t0002", ["T0002"]), ("XJ01CAA040", ["T0001"]),
            ("xa10bae085a001010200999", ["T0002"]), ("86904879000126", ["T0001"]), ("8690487", ["T0001"]),
            ("6924561884074", ["T0001"]), ("国药准字H20073872", ["T0001"]), ("H20073872", ["T0001"]),
            ("H20140732", ["T0002"]),
            ("注射器(带针)", ["T0013"]), ("注射器（带针）", ["T0013"]), ("10%", ["T0014"]), ("糖_氯", ["T0014"]), ("糖%氯", []),
            ("renshen", ["T0003"]), ("没有这个", []),
        ] as [(String, [String])])
    func byText(text: String, codes: [String]) async throws {
        try await withCatalog { fixture in
            let found = try await found(text, in: fixture)
            #expect(found == codes)
        }
    }

    @Test("a list goes on where it ended, whatever the page size, and holds everything once", arguments: [1, 2, 3, 100])
    func paging(limit: Int) async throws {
        try await withCatalog { fixture in
            for text in ["", "a", "阿莫"] {
                let whole = try await found(text, in: fixture, limit: 1_000)
                var codes: [String] = []
                var position: ProductSearch.Position?
                repeat {
                    let page = try await fixture.within { [position] transaction in
                        try ProductSearchStore(transaction).hits(
                            try ProductSearch(text: text), of: fixture.consortium, level: nil, on: fixture.today,
                            after: position,
                            limit: limit)
                    }
                    codes += page.map(\.product.code)
                    position = page.count == limit ? page.last?.position : nil
                } while position != nil
                #expect(codes == whole)
                #expect(Set(codes).count == codes.count)
            }
        }
    }

    @Test("kind and the essential mark narrow a search")
    func filters() async throws {
        try await withCatalog { fixture in
            let herbal = try await fixture.within { [fixture] in
                try ProductSearchStore($0).hits(
                    try ProductSearch(kind: .herbal), of: fixture.consortium, level: nil, on: fixture.today, limit: 50)
            }
            #expect(herbal.map(\.product.code) == ["T0003"])
            let essential = try await fixture.within { [fixture] in
                try ProductSearchStore($0).hits(
                    try ProductSearch(text: "T000", essentialOnly: true), of: fixture.consortium, level: nil,
                    on: fixture.today, limit: 50)
            }
            #expect(essential.map(\.product.code) == ["T0003", "T0001", "T0002"])
        }
    }

    @Test("each product shows how it stands in the formulary at the asking level")
    func standing() async throws {
        try await withCatalog { fixture in
            let products = fixture.products
            func hits(_ level: FacilityLevel?, permittedOnly: Bool = false) async throws -> [ProductHit] {
                try await fixture.within { [fixture] in
                    try ProductSearchStore($0).hits(
                        try ProductSearch(text: "T000"), of: fixture.consortium, level: level, on: fixture.today,
                        permittedOnly: permittedOnly, limit: 50)
                }
            }
            #expect(try await hits(.county).allSatisfy { $0.standing == nil }, "no formulary is in force")
            let draft = try await fixture.drafted([
                FormularyEntry(product: products[0], levels: [.county, .township]),
                FormularyEntry(product: products[3], levels: [.county], restriction: "限癌痛", daysMax: 3),
            ])
            #expect(try await hits(.county).allSatisfy { $0.standing == nil }, "a draft says nothing")
            try await fixture.published(draft.id, from: fixture.today)
            let township = try await hits(.township)
            let standings = Dictionary(uniqueKeysWithValues: township.map { ($0.product.code, $0.standing) })
            #expect(standings["T0001"]??.isPermitted == true)
            #expect(standings["T0004"]??.isPermitted == false)
            #expect(standings["T0004"]??.levels == [.county])
            #expect(standings["T0004"]??.restriction == "限癌痛")
            #expect(standings["T0002"]??.levels == [])
            #expect(try await hits(.township, permittedOnly: true).map(\.product.code) == ["T0001"])
            #expect(Set(try await hits(nil, permittedOnly: true).map(\.product.code)) == ["T0001", "T0004"])
            #expect(try await hits(nil).allSatisfy { $0.standing?.isPermitted == nil })
        }
    }

    @Test("the entries of a version are found by text, kind and level, page by page")
    func entries() async throws {
        try await withCatalog { fixture in
            let products = fixture.products
            let draft = try await fixture.drafted([
                FormularyEntry(product: products[0], levels: [.county, .village]),
                FormularyEntry(product: products[1], levels: [.county]),
                FormularyEntry(product: products[2], levels: [.county]),
            ])
            func codes(
                _ text: String = "", kind: ProductKind? = nil, level: FacilityLevel? = nil,
                after: ProductSearch.Position? = nil,
                limit: Int = 50
            ) async throws -> [FoundEntry] {
                try await fixture.within { [fixture] in
                    try ProductSearchStore($0).entries(
                        try ProductSearch(text: text, kind: kind), in: draft.id, of: fixture.consortium, level: level,
                        after: after,
                        limit: limit)
                }
            }
            func codes(_ entries: [FoundEntry]) -> [String] { entries.map(\.reading.product.code) }
            #expect(codes(try await codes()) == ["T0003", "T0001", "T0002"])
            #expect(codes(try await codes(level: .village)) == ["T0001"])
            #expect(codes(try await codes(kind: .herbal)) == ["T0003"])
            #expect(codes(try await codes("eryshg")) == [])
            #expect(codes(try await codes("ysejsg")) == ["T0002"])
            let first = try await codes(limit: 2)
            #expect(codes(try await codes(after: first.last?.position, limit: 2)) == ["T0002"])
        }
    }

    @Test("a text that is too long, an unknown product and an unknown article are refused")
    func refusals() async throws {
        try await withFormulary { fixture in
            let long = #expect(throws: FormularyRefusal.self) {
                try ProductSearch(text: String(repeating: "甲", count: 101))
            }
            #expect(long?.code.rawValue == "formulary.text-too-long")
            let article = await formularyRefusal {
                try await fixture.within { try ProductsStore($0).article(ArticleID(99)) }
            }
            #expect(article?.code.rawValue == "formulary.article-unknown")
            let product = await formularyRefusal {
                try await fixture.within { try ProductsStore($0).product(ProductID(99)) }
            }
            #expect(product?.code.rawValue == "formulary.product-unknown")
        }
    }
}
