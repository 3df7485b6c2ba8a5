import Formulary
import Parties
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("imports are checked whole")
struct ImportCatalogTests {
    typealias Fixture = FormularyFixture

    @Test("nothing changes while one row is bad; the sound rows are imported when the caller accepts it")
    func acceptance() async throws {
        try await withFormulary { fixture in
            let csv = [
                Fixture.productsHeader, Fixture.productRow("T0009", name: "头孢克洛胶囊"),
                Fixture.productRow("T0010", name: ""),
            ].joined(separator: "\n")
            let before = try await fixture.count("SELECT count(*) FROM formulary.product")
            let checked = try await fixture.imported(csv)
            #expect(!checked.isApplied)
            #expect((checked.added, checked.skipped) == (1, 1))
            #expect(checked.problems.map(\.line) == [3])
            #expect(checked.problems.map(\.reason) == [.required])
            #expect(checked.problems.first?.field == "generic_name")
            #expect(try await fixture.count("SELECT count(*) FROM formulary.product") == before)
            let accepted = try await fixture.imported(csv, acceptingTheRest: true)
            #expect(accepted.isApplied)
            #expect(try await fixture.count("SELECT count(*) FROM formulary.product") == before + 1)
        }
    }

    @Test("an import again changes nothing, and a changed row changes that row alone")
    func upsert() async throws {
        try await withFormulary { fixture in
            let again = try await fixture.imported(([Fixture.productsHeader] + Fixture.products).joined(separator: "\n"))
            #expect((again.added, again.changed, again.unchanged) == (0, 0, 4))
            let changed = try await fixture.imported(
                [
                    Fixture.productsHeader, Fixture.products[0],
                    Fixture.productRow("T0002", name: "盐酸二甲双胍缓释片", form: "tablet_sustained", unit: "tablet"),
                ].joined(separator: "\n"))
            #expect((changed.added, changed.changed, changed.unchanged) == (0, 1, 1))
            let product = try await fixture.within { try ProductsStore($0).product(code: "T0002") }
            #expect(product?.genericName == "盐酸二甲双胍缓释片")
            #expect(product?.id == fixture.products[1])
            let events = try await fixture.count("SELECT count(*) FROM audit.event WHERE action = 'formulary.import'")
            #expect(events == 5, "one for each import that was applied")
        }
    }

    @Test(
        "each fault of a product is told with its line, field and reason",
        arguments: [
            (Fixture.productRow("", name: "甲"), "code", CatalogReason.required),
            (Fixture.productRow("T 9", name: "甲"), "code", .codeMalformed),
            (Fixture.productRow("T0009", kind: "drug", name: "甲"), "kind", .notAChoice),
            (Fixture.productRow("T0009", name: String(repeating: "甲", count: 201)), "generic_name", .tooLong),
            (Fixture.productRow("T0009", name: "甲\u{7}乙"), "generic_name", .controlCharacter),
            (Fixture.productRow("T0009", name: "#N/A"), "generic_name", .spreadsheetError),
            (Fixture.productRow("T0009", name: "甲", form: "cloud"), "dosage_form", .dosageFormUnknown),
            (Fixture.productRow("T0009", name: "甲", unit: "cloud"), "base_unit", .unitUnknown),
            (Fixture.productRow("T0009", name: "甲", essential: "maybe"), "essential", .notAChoice),
            (
                Fixture.productRow("T0009", name: "甲", long: "yes", control: "narcotic"), "long_prescription",
                .controlledLongPrescription
            ),
            (Fixture.productRow("T0009", name: "甲", pinyin: "JIA"), "pinyin", .pinyinMalformed),
            (Fixture.productRow("T0009", name: "阿莫西林胶囊"), "generic_name", .nameTaken),
            (Fixture.productRow("T0001", name: "阿莫西林胶囊", unit: "g"), "base_unit", .baseUnitFixed),
            ("T0009,western,甲", "", .fieldCount),
        ])
    func productFaults(row: String, field: String, reason: CatalogReason) async throws {
        try await withFormulary { fixture in
            let report = try await fixture.imported("\(Fixture.productsHeader)\n\(row)\n")
            #expect(
                report.problems.contains { $0.line == 2 && $0.field == field && $0.reason == reason },
                "\(report.problems)")
            #expect(!report.isApplied)
        }
    }

    @Test("a repeated code and a repeated name are errors that name both lines")
    func repeats() async throws {
        try await withFormulary { fixture in
            let report = try await fixture.imported(
                [
                    Fixture.productsHeader, Fixture.productRow("T0009", name: "甲"),
                    Fixture.productRow("T0010", name: "乙"),
                    Fixture.productRow("T0009", name: "丙"), Fixture.productRow("T0011", name: "乙"),
                ].joined(separator: "\n"))
            #expect(report.problems.map(\.reason) == [.repeated, .repeated])
            #expect(report.problems.map(\.line) == [4, 5])
            #expect(report.problems.map(\.otherLine) == [2, 3])
            #expect(report.problems.first?.chinese == "文件内重复：第2行")
            #expect(report.problems.first?.english == "The row repeats an earlier one: line 2")
        }
    }

    private static func articleRow(
        code: String = "XJ01CAA040E001010100863", product: String = "T0001", maker: String = "某某制药有限公司",
        approval: String = "国药准字H20073872", base: String = "", gtin: String = "", size: String = "24",
        price: String = "9.80",
        pack: String = "24粒/盒"
    ) -> String {
        "\(code),\(product),,\(maker),\(approval),\(base),\(gtin),\(size),盒,\(pack),\(price)"
    }

    @Test(
        "each fault of an article is told with its line, field and reason",
        arguments: [
            (articleRow(product: "T9999"), "product_code", CatalogReason.productUnknown),
            (articleRow(code: "XN0000030110600"), "insurance_code", .insuranceCodeMalformed),
            (articleRow(code: "9.13E+17"), "insurance_code", .spreadsheetError),
            (articleRow(code: "XA10BAA040E001010100863"), "insurance_code", .insuranceClassDiffers),
            (articleRow(approval: "国药准字"), "approval_number", .approvalNumberUnusual),
            (articleRow(base: "86904879000127"), "base_code", .baseCodeCheckDigit),
            (articleRow(base: "12345"), "base_code", .baseCodeMalformed),
            (articleRow(gtin: "6924561884075"), "gtin", .gtinCheckDigit),
            (articleRow(gtin: "692456"), "gtin", .gtinMalformed),
            (articleRow(size: "0"), "pack_size", .notANumber), (articleRow(size: "-5"), "pack_size", .notANumber),
            (articleRow(size: "99999999999999999999"), "pack_size", .notANumber),
            (articleRow(size: "2.5"), "pack_size", .notANumber),
            (articleRow(price: "-1"), "reference_price", .notAPrice),
            (articleRow(price: "1e3"), "reference_price", .notAPrice),
        ])
    func articleFaults(row: String, field: String, reason: CatalogReason) async throws {
        try await withFormulary { fixture in
            let report = try await fixture.imported("\(Fixture.articlesHeader)\n\(row)\n")
            #expect(report.problems.map(\.reason) == [reason], "\(report.problems)")
            #expect(report.problems.first?.field == field)
            #expect(report.isApplied == reason.isWarning)
        }
    }

    @Test("an article is known by its insurance code, else by product, manufacturer and pack")
    func articleKeys() async throws {
        try await withFormulary { fixture in
            func imported(_ rows: String...) async throws -> [Int] {
                let report = try await fixture.imported(
                    ([Fixture.articlesHeader] + rows).joined(separator: "\n"), acceptingTheRest: true)
                return [report.added, report.changed, report.unchanged, report.skipped]
            }
            let bare = Self.articleRow(code: "")
            #expect(try await imported(bare) == [1, 0, 0, 0])
            #expect(try await imported(bare) == [0, 0, 1, 0])
            #expect(try await imported(Self.articleRow()) == [0, 1, 0, 0], "the code is learnt")
            #expect(try await imported(bare) == [0, 0, 1, 0], "and not forgotten")
            #expect(try await imported(Self.articleRow(pack: "2板/盒")) == [0, 1, 0, 0])
            #expect(
                try await imported(Self.articleRow(product: "T0002")) == [0, 0, 0, 1], "an article stays with its product"
            )
            #expect(try await imported(Self.articleRow(code: "XJ01CAA040E001010100864")) == [1, 0, 0, 0])
            #expect(
                try await imported(Self.articleRow(), Self.articleRow(price: "1.00")) == [0, 1, 0, 1],
                "the first row counts")
            let articles = try await fixture.count("SELECT count(*) FROM formulary.article")
            let makers = try await fixture.count("SELECT count(*) FROM parties.company WHERE is_manufacturer")
            #expect((articles, makers) == (2, 1))
        }
    }

    @Test("a new pack size of a known article, and a code left out where most have one, are warnings")
    func articleWarnings() async throws {
        try await withFormulary { fixture in
            try await fixture.imported("\(Fixture.articlesHeader)\n\(Self.articleRow())")
            let resized = try await fixture.imported("\(Fixture.articlesHeader)\n\(Self.articleRow(size: "12"))")
            #expect(resized.problems.map(\.reason) == [.packSizeChanged])
            #expect(resized.changed == 1)
            let bare = try await fixture.imported(
                [Fixture.articlesHeader, Self.articleRow(size: "12"), Self.articleRow(code: "", pack: "别的")].joined(
                    separator: "\n"))
            #expect(bare.problems.map(\.reason) == [.insuranceCodeMissing])
            #expect(bare.problems.map(\.line) == [3])
            let moved = try await fixture.imported(
                "\(Fixture.articlesHeader)\n\(Self.articleRow(product: "T0002", size: "12"))")
            #expect(moved.problems.map(\.reason) == [.productFixed])
        }
    }

    @Test("blanks around values do not count, and every value arrives as it was written")
    func values() async throws {
        try await withFormulary { fixture in
            let row =
                " xj01caa040e001010100863 ,T0001, 阿莫仙 , 某某制药有限公司 ,国药准字H20073872 ,86904879000126,6924561884074,24,盒,24粒/盒, 9.8 "
            try await fixture.imported("\(Fixture.articlesHeader)\n\(row)")
            let articles = try await fixture.within { [fixture] in try ProductsStore($0).articles(of: fixture.products[0])
            }
            let article = try #require(articles.first)
            #expect(article.insuranceCode == "XJ01CAA040E001010100863")
            #expect(article.tradeName == "阿莫仙")
            #expect(article.approvalNumber == "国药准字H20073872")
            #expect((article.baseCode, article.gtin) == ("86904879000126", "6924561884074"))
            #expect((article.packSize, article.packUnit) == (24, "盒"))
            #expect(article.referencePrice == Money(yuan: "9.80"))
        }
    }

    @Test("five thousand rows are written in a few statements")
    func manyRows() async throws {
        try await withFormulary { fixture in
            let rows = (0..<5_000).map { Fixture.productRow("B\($0)", name: "阿莫西林克拉维酸钾分散片\($0)") }
            let csv = ([Fixture.productsHeader] + rows).joined(separator: "\n")
            #expect(try await fixture.imported(csv).added == 5_000)
            // Rows that one statement writes carry its number within the transaction.
            let statements = try await fixture.count(
                "SELECT count(DISTINCT (xmin::text, cmin::text)) FROM formulary.product WHERE code LIKE 'B%'")
            #expect((1...20).contains(statements), "\(statements)")
            #expect(try await fixture.imported(csv).unchanged == 5_000)
        }
    }
}
