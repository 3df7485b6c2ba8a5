import Formulary
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("what spreadsheets leave in a file is read, or refused by line")
struct CatalogTidyingTests {
    typealias Fixture = FormularyFixture

    private static let header = Fixture.articlesHeader

    private static func row(
        _ code: String, product: String = "T0001", maker: String = "某某制药有限公司", size: String = "24", price: String = "9.80",
        pack: String = "24粒/盒"
    ) -> String {
        "\(code),\(product),,\(maker),国药准字H20073872,,,\(size),盒,\(pack),\(price)"
    }

    private static let codes = ["XJ01CAA040E001010100863", "XJ01CAA040E001010100864", "XJ01CAA040E001010100865"]

    private func imported(
        _ lines: [String], fillingDown: Set<String> = [], in fixture: FormularyFixture
    ) async throws -> ImportReport {
        let csv = Array(lines.joined(separator: "\n").utf8)
        return try await fixture.within { [keeper = fixture.keeper] transaction in
            try ImportCatalog(.bytes(csv), fillingDown: fillingDown, acceptingTheRest: false)
                .run(in: transaction, by: keeper, at: .ofTests)
        }
    }

    @Test("repeated headers and totals are passed over and named; empty lines and columns do not count")
    func passedOver() async throws {
        try await withFormulary { fixture in
            let report = try await imported(
                [
                    "\(Self.header),,", "\(Self.row(Self.codes[0])),,", ",,,,,,,,,,,,", Self.header,
                    "\(Self.row(Self.codes[1])),,", "合 计：,,,,,,,,,,19.60", "Total,2", "",
                ], in: fixture)
            #expect(report.isApplied && report.rows == 2 && report.added == 2)
            #expect(report.problems.map(\.reason) == [.headerRepeated, .totalsLine, .totalsLine])
            #expect(report.problems.map(\.line) == [4, 6, 7])
            #expect((report.errorCount, report.warningCount) == (0, 3))
        }
    }

    @Test("a value beyond the header's last column, or a row that is cut short, is an error of that line")
    func fieldCount() async throws {
        try await withFormulary { fixture in
            let report = try await imported(
                [Self.header, "\(Self.row(Self.codes[0])),x", "\(Self.codes[1]),T0001"], in: fixture)
            let errors = report.errors.filter { $0.reason == .fieldCount }
            #expect(errors.map(\.line) == [2, 3])
            #expect(!report.isApplied && report.skipped == 2)
        }
    }

    @Test("blanks below merged cells are filled where the sender says so, and otherwise refused by line with that hint")
    func mergedCells() async throws {
        try await withFormulary { fixture in
            let lines = [
                Self.header, Self.row(Self.codes[0]), Self.row(Self.codes[1], product: "", maker: ""),
                Self.row(Self.codes[2], maker: " "),
            ]
            let refused = try await imported(lines, in: fixture)
            #expect(!refused.isApplied)
            #expect(refused.errors.map(\.line) == [3, 3, 4])
            #expect(refused.errors.map(\.reason) == [.required, .manufacturerMissing, .manufacturerMissing])
            #expect(refused.errors.allSatisfy { $0.english.contains("filled down") && $0.chinese.contains("向下填充") })
            let filled = try await imported(lines, fillingDown: ["product_code", "manufacturer"], in: fixture)
            #expect(filled.isApplied && filled.added == 3)
            let makers = try await fixture.count("SELECT count(DISTINCT manufacturer_id) FROM formulary.article")
            #expect(makers == 1)
            let unknown = await formularyRefusal { try await imported(lines, fillingDown: ["colour"], in: fixture) }
            #expect(unknown?.code.rawValue == "formulary.catalog-columns-unknown" && unknown?.field == "fillDown")
        }
    }

    @Test("full-width characters are read as what they stand for in codes, numbers and choices, and kept in names")
    func fullWidth() async throws {
        try await withFormulary { fixture in
            let report = try await imported(
                [
                    Self.header,
                    Self.row(
                        "ＸＪ０１ＣＡＡ０４０Ｅ００１０１０１００８６３", product: "Ｔ０００１", maker: "某某制药（Ａ）有限公司", size: "２４", price: "９．８０"),
                ], in: fixture)
            #expect(report.isApplied && report.problems.isEmpty, "\(report.problems)")
            let articles = try await fixture.within { [fixture] in
                try ProductsStore($0).articles(of: fixture.products[0])
            }
            #expect(articles.map(\.insuranceCode) == [Self.codes[0]])
            #expect(articles.map(\.packSize) == [24] && articles.map(\.referencePrice) == [Money(yuan: "9.80")])
            #expect(try await fixture.count("SELECT count(*) FROM parties.company WHERE name = '某某制药（Ａ）有限公司'") == 1)
            let products = try await fixture.imported(
                "\(Fixture.productsHeader)\n\(Fixture.productRow("Ｔ０００９", name: "甲", form: "ｃａｐｓｕｌｅ", essential: "ｙｅｓ"))")
            #expect(products.added == 1 && products.isApplied)
        }
    }

    @Test("a zero byte is an error of its line and column")
    func zeroByte() async throws {
        try await withFormulary { fixture in
            let report = try await imported([Self.header, Self.row(Self.codes[0], pack: "24\0粒")], in: fixture)
            #expect(report.errors.map(\.reason) == [.controlCharacter])
            #expect(report.errors.map(\.field) == ["pack_text"])
        }
    }

    @Test("a file in GB 18030 says that it was read as such")
    func gb18030() async throws {
        try await withFormulary { fixture in
            // 某某制药 · 盒 · 24粒 in GB 2312.
            let maker: [UInt8] = [0xC4, 0xB3, 0xC4, 0xB3, 0xD6, 0xC6, 0xD2, 0xA9]
            let (box, grain): ([UInt8], [UInt8]) = ([0xBA, 0xD0], [0x32, 0x34, 0xC1, 0xA3])
            let row = Array("\(Self.codes[0]),T0001,,".utf8) + maker + Array(",,,,24,".utf8) + box + [0x2C] + grain + [0x2C]
            let bytes = Array("\(Self.header)\r\n".utf8) + row + Array("9.8\r\n".utf8)
            let report = try await fixture.within { [keeper = fixture.keeper] transaction in
                try ImportCatalog(.bytes(bytes), acceptingTheRest: false).run(in: transaction, by: keeper, at: .ofTests)
            }
            #expect(report.encoding == .gb18030 && report.added == 1, "\(report.problems)")
            let articles = try await fixture.within { [fixture] in
                try ProductsStore($0).articles(of: fixture.products[0])
            }
            #expect(articles.map(\.packText) == ["24粒"] && articles.map(\.packUnit) == ["盒"])
            #expect(try await fixture.count("SELECT count(*) FROM parties.company WHERE name = '某某制药'") == 1)
            let stated = await formularyRefusal {
                try await fixture.within { transaction in
                    try ImportCatalog(.bytes(bytes), encoding: .utf8, acceptingTheRest: false)
                        .run(in: transaction, by: nil, at: .ofTests)
                }
            }
            #expect(stated?.code.rawValue == "formulary.catalog-not-utf8" && stated?.detail == "line 2")
        }
    }

    @Test("of many problems all are counted and the first are listed")
    func manyProblems() async throws {
        try await withFormulary { fixture in
            let rows = (0..<1_200).map { Self.row("", size: "0", pack: "\($0)") }
            let report = try await imported([Self.header] + rows, in: fixture)
            #expect(report.errorCount == 1_200 && report.errors.count == 1_000 && report.skipped == 1_200)
            #expect(report.problems.last?.line == 1_001)
        }
    }
}
