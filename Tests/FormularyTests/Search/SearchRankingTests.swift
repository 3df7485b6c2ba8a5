import Formulary
import Parties
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("products are found as they may be meant, the best match first")
struct SearchRankingTests {
    typealias Fixture = FormularyFixture

    private static let names = [
        "阿莫西林", "阿莫西林胶囊", "注射用阿莫西林钠", "阿莫西林克拉维酸钾片", "盐酸二甲双胍片", "盐酸二甲双胍缓释片", "头孢克肟胶囊", "头孢克洛胶囊", "硝苯地平缓释片", "苯磺酸氨氯地平片",
        "人参", "维生素B6片", "复方α-酮酸片", "板蓝根颗粒", "鱼腥草注射液",
    ]

    /// Products `R00` …, one of each name; the first five made by 华北制药, the next five by 石家庄四药.
    private func withNames(_ body: (FormularyFixture) async throws -> Void) async throws {
        try await withFormulary(isEmpty: true) { fixture in
            let products = Self.names.enumerated().map { Fixture.productRow("R\($0 < 10 ? "0" : "")\($0)", name: $1, english: $0 == 1 ? "Amoxicillin Capsules" : "") }
            try await fixture.imported(([Fixture.productsHeader] + products).joined(separator: "\n"))
            let articles = (0..<10).map { number in
                let maker = number < 5 ? "华北制药股份有限公司" : "石家庄四药有限公司"
                return ",R0\(number),\(number == 4 ? "格华止" : ""),\(maker),国药准字H2007000\(number),,,24,盒,24片/盒,9.80"
            }
            try await fixture.imported(([Fixture.articlesHeader] + articles).joined(separator: "\n"))
            try await body(fixture)
        }
    }

    private func hits(
        _ text: String, in fixture: FormularyFixture, permittedOnly: Bool = false, after: ProductSearch.Position? = nil, limit: Int = 20
    ) async throws -> [ProductHit] {
        try await fixture.within { [fixture] transaction in
            try ProductSearchStore(transaction).hits(
                try ProductSearch(text: text), of: fixture.consortium, level: .county, on: fixture.today,
                permittedOnly: permittedOnly, after: after, limit: limit)
        }
    }

    @Test("the whole comes before the beginning, that before a part, that before the manufacturer")
    func ranks() async throws {
        try await withNames { fixture in
            let found = try await hits("阿莫西林", in: fixture)
            #expect(found.map(\.product.genericName) == ["阿莫西林", "阿莫西林胶囊", "阿莫西林克拉维酸钾片", "注射用阿莫西林钠"])
            #expect(found.map(\.match) == [.whole, .beginning, .beginning, .part])
            let made = try await hits("华北", in: fixture)
            #expect(made.map(\.match) == Array(repeating: .maker, count: 5))
            #expect(made.first?.product.genericName == "阿莫西林")
            #expect(try await hits("格华止", in: fixture).map(\.match) == [.whole])
            #expect(try await hits("国药准字H20070003", in: fixture).map(\.match) == [.whole])
            #expect(try await hits("H2007000", in: fixture).map(\.match) == Array(repeating: .beginning, count: 10))
        }
    }

    @Test(
        "words may each stand in a name, a reading, initials or the manufacturer",
        arguments: [
            ("amxl 华北", ["阿莫西林", "阿莫西林胶囊", "注射用阿莫西林钠", "阿莫西林克拉维酸钾片"]), ("华北 amxl", ["阿莫西林", "阿莫西林胶囊", "注射用阿莫西林钠", "阿莫西林克拉维酸钾片"]),
            ("sjzsy 二甲双胍", ["盐酸二甲双胍缓释片"]), ("二甲双胍 片 华北", ["盐酸二甲双胍片"]), ("盐酸 缓释", ["盐酸二甲双胍缓释片"]), ("四药 石家庄 头孢克肟", ["头孢克肟胶囊"]),
            ("huabei jiaonang", ["阿莫西林胶囊"]), ("阿莫西林　胶囊", ["阿莫西林胶囊"]), ("头孢 华北", []), ("格华止 华北", ["盐酸二甲双胍片"]),
            ("amoxicillin capsules", ["阿莫西林胶囊"]), ("阿墨西林 华北", ["阿莫西林", "阿莫西林胶囊", "注射用阿莫西林钠", "阿莫西林克拉维酸钾片"]),
        ] as [(String, [String])])
    func words(text: String, names: [String]) async throws {
        try await withNames { fixture in
            let found = try await hits(text, in: fixture).map(\.product.genericName)
            #expect(found == names, "\(text)")
        }
    }

    @Test(
        "a misspelling finds the name that was meant first",
        arguments: [
            // Of the same sound.
            ("阿墨西林胶囊", "阿莫西林胶囊", .sound), ("人身", "人参", .sound), ("盐酸二甲双瓜片", "盐酸二甲双胍片", .sound), ("鱼星草", "鱼腥草注射液", .sound),
            ("华被制药", "阿莫西林", .sound),
            // A character wrong, missing, too many, exchanged.
            ("阿莫西灵胶囊", "阿莫西林胶囊", .similar), ("阿莫西胶囊", "阿莫西林胶囊", .similar), ("阿莫西西林胶囊", "阿莫西林胶囊", .similar),
            ("阿西莫林胶囊", "阿莫西林胶囊", .similar), ("头孢克舌胶囊", "头孢克肟胶囊", .similar), ("硝苯地坪缓择片", "硝苯地平缓释片", .similar),
            ("板兰恨颗粒", "板蓝根颗粒", .similar), ("石家庄四乐", "头孢克肟胶囊", .similar),
            // A letter.
            ("amoxilinjaonang", "阿莫西林胶囊", .similar), ("amoxicilin", "阿莫西林胶囊", .similar), ("banlangn", "板蓝根颗粒", .similar),
            ("xiaobendipign", "硝苯地平缓释片", .similar),
            // Other forms of the same characters find what is there.
            ("阿莫西林膠囊", "阿莫西林胶囊", .whole), ("ＡＭＸＬ", "阿莫西林", .whole), ("維生素Ｂ６", "维生素B6片", .beginning), ("b6", "维生素B6片", .part),
        ] as [(String, String, SearchMatch)])
    func misspellings(text: String, name: String, match: SearchMatch) async throws {
        try await withNames { fixture in
            let first = try await hits(text, in: fixture).first
            #expect(first?.product.genericName == name, "\(text)")
            #expect(first?.match == match, "\(text)")
        }
    }

    @Test("nothing similar is found where the text itself is, also when that is not permitted")
    func exactOnly() async throws {
        try await withNames { fixture in
            let products = try await hits("", in: fixture, limit: 100).map(\.product)
            let cefaclor = try #require(products.first { $0.genericName == "头孢克洛胶囊" })
            let draft = try await fixture.drafted([FormularyEntry(product: cefaclor.id, levels: [.county])])
            try await fixture.published(draft.id, from: fixture.today)
            #expect(try await hits("头孢克肟", in: fixture).map(\.product.genericName) == ["头孢克肟胶囊"])
            #expect(try await hits("头孢克肟", in: fixture, permittedOnly: true).isEmpty)
            #expect(try await hits("头孢克络", in: fixture, permittedOnly: true).map(\.match) == [.sound])
            #expect(try await hits("头孢克龘", in: fixture, permittedOnly: true).map(\.product.genericName) == ["头孢克洛胶囊"])
        }
    }

    @Test("of equal matches those of the formulary come first")
    func listedFirst() async throws {
        try await withNames { fixture in
            let products = try await hits("", in: fixture, limit: 100).map(\.product)
            let listed = products.filter { ["阿莫西林克拉维酸钾片", "注射用阿莫西林钠", "维生素B6片"].contains($0.genericName) }
            let draft = try await fixture.drafted(listed.map { FormularyEntry(product: $0.id, levels: [.township]) })
            try await fixture.published(draft.id, from: fixture.today)
            let names = ["阿莫西林", "阿莫西林克拉维酸钾片", "阿莫西林胶囊", "注射用阿莫西林钠"]
            #expect(try await hits("阿莫西林", in: fixture).map(\.product.genericName) == names)
            #expect(Set(try await hits("", in: fixture).prefix(3).map(\.product.genericName)) == Set(listed.map(\.genericName)))
        }
    }

    @Test(
        "a list of any kind goes on where it ended, and holds everything once", arguments: ["阿莫西林", "华北", "片", "a", "盐酸 华北", "阿莫西灵", "阿墨西林", "", "H2007", "石家庄四乐"])
    func paging(text: String) async throws {
        try await withNames { fixture in
            let some = try await hits("", in: fixture, limit: 100).map(\.product.id).filter { $0.rawValue.isMultiple(of: 3) }
            let draft = try await fixture.drafted(some.map { FormularyEntry(product: $0, levels: [.county]) })
            try await fixture.published(draft.id, from: fixture.today)
            let whole = try await hits(text, in: fixture, limit: 100)
            #expect(!whole.isEmpty)
            for limit in [1, 2, 3, 7] {
                var found: [ProductHit] = []
                while found.count <= whole.count {
                    let page = try await hits(text, in: fixture, after: found.last?.position, limit: limit)
                    found += page
                    if page.count < limit { break }
                }
                #expect(found == whole, "\(text) by \(limit)")
                #expect(Set(found.map(\.product.id)).count == found.count)
            }
        }
    }

    @Test(
        "text of any kind is looked for and never fails",
        arguments: [
            "%", "_", "\\", "'", "\"", "''; DROP TABLE formulary.product; --", "(", "[", "[a", "a{1000}", ".*", "^$", "(?i)", "\u{0}", "\u{0}\u{1}\u{7F}",
            "😀", "👨‍👩‍👧‍👦👨‍👩‍👧‍👦", "\u{202E}阿", "a\u{301}\u{301}\u{301}", "ﷺ", "{}", "{阿,莫}", "NULL", "=阿莫西林", "^阿", "\n", "阿\n莫", "Ⅷ", "½", "ａ　ｂ", "İ", "ß",
            "阿", "a", "1", "\u{10FFFF}", "a b c d e f g h i j k l m n o p q r s t u v w x y z", "的 了 是 在 我 有 和 就 不",
        ])
    func hostile(text: String) async throws {
        try await withNames { fixture in
            let found = try await hits(text, in: fixture)
            #expect(Set(found.map(\.product.id)).count == found.count)
            let long = String(String(repeating: text, count: ProductSearch.textMax).unicodeScalars.prefix(ProductSearch.textMax))
            _ = try await hits(long, in: fixture)
            #expect(try await hits("", in: fixture).count == Self.names.count)
        }
    }

    @Test("wildcards of SQL stand for themselves")
    func wildcards() async throws {
        try await withNames { fixture in
            for text in ["阿%林", "阿__林", "%林", "amx_", "\\"] {
                let found = try await hits(text, in: fixture)
                #expect(found.isEmpty, "\(text)")
            }
            let found = try await hits("α-酮", in: fixture)
            #expect(found.map(\.product.genericName) == ["复方α-酮酸片"])
        }
    }

    @Test("5,000 characters are refused, counted as Unicode counts them")
    func tooLong() {
        for text in [String(repeating: "阿", count: 5_000), "a" + String(repeating: "\u{301}", count: 5_000)] {
            let refusal = #expect(throws: FormularyRefusal.self) { try ProductSearch(text: text) }
            #expect(refusal?.code.rawValue == "formulary.text-too-long")
        }
    }
}
