import Formulary
import Foundation
import Primitives

/// Texts that people search for, of one kind.
struct SearchTexts: Sendable {
    struct Text: Sendable {
        let text: String
        /// The name that was meant; `nil` when the text may mean many.
        let meant: String?
    }

    let kind: String
    let texts: [Text]
    var permittedOnly = false
}

/// Makes texts of every kind from a catalogue, the same ones for the same seed.
struct SearchTextsMaker {
    private let catalog: SearchBenchCatalog
    private let count: Int
    private var random: SeededGenerator
    /// The characters of the catalogue's names by how they are read.
    private let homophones: [String: [Character]]
    private let characters: [Character]

    init(_ catalog: SearchBenchCatalog, count: Int, seed: UInt64) {
        self.catalog = catalog
        self.count = count
        random = SeededGenerator(seed: seed ^ 0x5EA2)
        characters = Set(catalog.products.flatMap(\.name)).sorted()
        homophones = Dictionary(grouping: characters) { Pinyin(String($0)).text }
    }

    mutating func all() -> [SearchTexts] {
        [
            named("name") { $0.name }, named("initials") { $0.pinyin.initials },
            named("reading") { $0.pinyin.text.filter { $0 != " " } },
            named("traditional characters") { $0.name.applyingTransform(StringTransform("Hans-Hant"), reverse: false) },
            named("homophone", change: Self.homophone), named("wrong character", change: Self.wrong),
            named("missing character", change: Self.missing), named("extra character", change: Self.extra),
            named("exchanged characters", change: Self.exchanged), named("slip in the reading", change: Self.letterSlip),
            open("beginning of initials") { $0.product().pinyin.initials.prefix(4) },
            open("part of a name") { $0.product().name.dropFirst().prefix(2) },
            open("code") { $0.code() }, open("beginning of a code") { $0.code().prefix(12) },
            open("manufacturer") { $0.random.pick($0.catalog.makers).name },
            open("part of a manufacturer") { $0.random.pick($0.catalog.makers).firm },
            withMaker("initials and manufacturer") { $0.pinyin.initials }, withMaker("name and manufacturer") { String($0.name.prefix(4)) },
            open("nothing, Chinese") { maker in String((0..<5).map { _ in maker.rareCharacter() }) },
            open("nothing, letters") { maker in String((0..<9).map { _ in maker.random.pick(Array("bcdfghjkqvwxyz")) }) },
            open("one letter") { $0.random.pick(Array("abcdefghijklmnopqrstuvwxyz").map { String($0) }) },
            open("one character") { String($0.random.pick($0.characters)) },
            open("a very common word") { $0.random.pick(Self.common) },
            open("a very common word, permitted only", permittedOnly: true) { $0.random.pick(Self.common) },
            open("nothing") { _ in "" },
        ]
    }

    private static let common = [
        "片", "胶囊", "注射液", "颗粒", "缓释片", "盐酸", "制药", "有限公司", "药业", "国药准字", "jiaonang", "zhusheye", "zsy", "yansuan", "an", "869", "XA",
        "盐酸 片", "制药 注射液", "上海 胶囊",
    ]

    // MARK: - Kinds

    /// Texts that mean one product each.
    private mutating func named(_ kind: String, _ text: (SearchBenchCatalog.Product) -> String?) -> SearchTexts {
        named(kind) { _, product in text(product) }
    }

    private mutating func named(_ kind: String, change: (inout Self, SearchBenchCatalog.Product) -> String?) -> SearchTexts {
        var texts: [SearchTexts.Text] = []
        while texts.count < count {
            let product = product()
            guard product.name.count >= 4, let text = change(&self, product) else { continue }
            texts.append(.init(text: text, meant: product.name))
        }
        return SearchTexts(kind: kind, texts: texts)
    }

    private mutating func open(_ kind: String, permittedOnly: Bool = false, _ text: (inout Self) -> some StringProtocol) -> SearchTexts {
        SearchTexts(
            kind: kind, texts: (0..<count).map { _ in .init(text: String(text(&self)), meant: nil) }, permittedOnly: permittedOnly)
    }

    private mutating func withMaker(_ kind: String, _ text: (SearchBenchCatalog.Product) -> String) -> SearchTexts {
        SearchTexts(
            kind: kind,
            texts: (0..<count).map { _ in
                let article = catalog.article(Int.random(in: 0..<catalog.articleCount, using: &random))
                let (product, maker) = (catalog.products[article.product], catalog.makers[article.maker])
                return .init(text: "\(text(product)) \(maker.place)\(maker.firm)", meant: product.name)
            })
    }

    private mutating func product() -> SearchBenchCatalog.Product { random.pick(catalog.products) }

    private mutating func code() -> String {
        let article = catalog.article(Int.random(in: 0..<catalog.articleCount, using: &random))
        return random.pick([article.insuranceCode, article.approvalNumber, article.baseCode, article.gtin])
    }

    private mutating func rareCharacter() -> Character {
        UnicodeScalar(UInt32.random(in: 0x9A00...0x9F00, using: &random)).map { Character($0) } ?? "龘"
    }

    // MARK: - Slips

    private static func place(_ maker: inout Self, in characters: [Character]) -> Int {
        Int.random(in: 0..<characters.count, using: &maker.random)
    }

    private static func homophone(_ maker: inout Self, _ product: SearchBenchCatalog.Product) -> String? {
        var name = Array(product.name)
        let index = place(&maker, in: name)
        let others = (maker.homophones[Pinyin(String(name[index])).text] ?? []).filter { $0 != name[index] }
        guard !others.isEmpty else { return nil }
        name[index] = maker.random.pick(others)
        return String(name)
    }

    private static func wrong(_ maker: inout Self, _ product: SearchBenchCatalog.Product) -> String? {
        var name = Array(product.name)
        let index = place(&maker, in: name)
        name[index] = maker.random.pick(maker.characters)
        return String(name)
    }

    private static func missing(_ maker: inout Self, _ product: SearchBenchCatalog.Product) -> String? {
        var name = Array(product.name)
        name.remove(at: place(&maker, in: name))
        return String(name)
    }

    private static func extra(_ maker: inout Self, _ product: SearchBenchCatalog.Product) -> String? {
        var name = Array(product.name)
        name.insert(maker.random.pick(maker.characters), at: place(&maker, in: name))
        return String(name)
    }

    private static func exchanged(_ maker: inout Self, _ product: SearchBenchCatalog.Product) -> String? {
        var name = Array(product.name)
        let index = Int.random(in: 0..<name.count - 1, using: &maker.random)
        guard name[index] != name[index + 1] else { return nil }
        name.swapAt(index, index + 1)
        return String(name)
    }

    private static func letterSlip(_ maker: inout Self, _ product: SearchBenchCatalog.Product) -> String? {
        var letters = Array(product.pinyin.text.filter { $0 != " " })
        let index = Int.random(in: 0..<letters.count - 1, using: &maker.random)
        switch Int.random(in: 0..<4, using: &maker.random) {
        case 0: letters.remove(at: index)
        case 1: letters.insert(maker.random.pick(Array("aeiounghs")), at: index)
        case 2: letters.swapAt(index, index + 1)
        default: letters[index] = maker.random.pick(Array("aeiounghs"))
        }
        return String(letters)
    }
}
