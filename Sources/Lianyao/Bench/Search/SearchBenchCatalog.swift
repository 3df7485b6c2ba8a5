import Formulary
import Foundation
import Primitives

/// A catalogue of national size with names of real shape: stems of two shipped names joined, with salts and forms;
/// manufacturers of a place and a firm's name; codes of the right form.
struct SearchBenchCatalog: Sendable {
    struct Product: Sendable {
        let code: String
        let name: String
        let form: String
        let strength: String
        let pinyin: Pinyin
        /// The first 14 characters of its articles' insurance codes.
        let insuranceStem: String
    }

    struct Article: Sendable {
        let product: Int
        let maker: Int
        let insuranceCode: String
        let tradeName: String
        let approvalNumber: String
        let baseCode: String
        let gtin: String
    }

    let products: [Product]
    let makers: [Maker]
    let articleCount: Int
    private let seed: UInt64

    struct Maker: Sendable {
        let place: String
        let firm: String
        let ending: String
        var name: String { place + firm + ending }
    }

    private static let places = [
        "北京", "上海", "天津", "重庆", "石家庄", "沈阳", "哈尔滨", "南京", "苏州", "杭州", "宁波", "合肥", "福州", "厦门", "南昌", "济南", "青岛", "郑州",
        "武汉", "长沙", "广州", "深圳", "南宁", "海口", "成都", "贵阳", "昆明", "西安", "兰州", "西宁", "银川", "呼和浩特", "江苏", "浙江", "山东", "河北", "河南",
        "湖北", "湖南", "广东", "四川", "云南", "吉林", "内蒙古", "华北", "东北",
    ]
    private static let firmCharacters = Array("康泰华瑞恒和济仁德盛正安信达美诺天力生辉双鹤石药同宏民泽润健益博雅福元利君")
    private static let endings = ["制药有限公司", "药业股份有限公司", "制药股份有限公司", "药业有限公司", "生物制药有限公司", "制药厂", "药业集团有限公司"]
    private static let salts = ["盐酸", "硫酸", "马来酸", "枸橼酸", "富马酸", "苯磺酸", "复方", "注射用", "小儿", "磷酸"]

    init(shipped: ShippedNames, articleCount: Int, seed: UInt64) {
        self.articleCount = articleCount
        self.seed = seed
        var random = SeededGenerator(seed: seed)
        products = Self.products(articleCount / 10, shipped, &random)
        makers = Self.makers(articleCount / 40, &random)
    }

    private static func products(_ count: Int, _ shipped: ShippedNames, _ random: inout SeededGenerator) -> [Product] {
        let stems = (0..<count / 3).map { _ in stem(shipped, &random) }
        var made: [Product] = []
        var taken: Set<String> = []
        while made.count < count {
            let form = random.pick(ShippedNames.forms)
            let salt = Int.random(in: 0..<4, using: &random) == 0 ? random.pick(salts) : ""
            let name = salt + random.pick(stems) + form.name
            let strength = "\([5, 10, 20, 25, 50, 100, 250, 500][Int.random(in: 0..<8, using: &random)])mg"
            guard taken.insert("\(name)\(form.code)\(strength)").inserted else { continue }
            let number = made.count
            let letters = (0..<3).map { String(UnicodeScalar(UInt8(65 + (number / [1, 14, 280][$0]) % [14, 20, 26][$0]))) }
            made.append(
                Product(
                    code: "N\(number)", name: name, form: form.code, strength: strength, pinyin: Pinyin(name),
                    insuranceStem: "X\(letters[0])\(digits(number / 14 % 20, 2))\(letters[1])\(letters[2])E\(digits(number % 1_000, 3))A\(digits(number / 1_000, 3))"
                ))
        }
        return made
    }

    /// The beginning of one shipped name with the end of another; every third is a shipped one.
    private static func stem(_ shipped: ShippedNames, _ random: inout SeededGenerator) -> String {
        let (first, second) = (random.pick(shipped.stems), random.pick(shipped.stems))
        if Int.random(in: 0..<3, using: &random) == 0 { return first }
        return String(first.prefix((first.count + 1) / 2)) + String(second.suffix((second.count + 1) / 2))
    }

    private static func makers(_ count: Int, _ random: inout SeededGenerator) -> [Maker] {
        var made: [Maker] = []
        var taken: Set<String> = []
        while made.count < count {
            let firm = String([random.pick(firmCharacters), random.pick(firmCharacters)])
            let maker = Maker(place: random.pick(places), firm: firm, ending: random.pick(endings))
            if taken.insert(maker.name).inserted { made.append(maker) }
        }
        return made
    }

    /// Article number `index`: every product has as many, of any manufacturers; three of ten have a trade name.
    func article(_ index: Int) -> Article {
        var random = SeededGenerator(seed: seed &+ UInt64(index) &* 0x1000_0001)
        let product = index % products.count
        let maker = Int.random(in: 0..<makers.count, using: &random)
        let hasTradeName = Int.random(in: 0..<10, using: &random) < 3
        let tradeName = hasTradeName ? makers[maker].firm + String(random.pick(Array("灵舒欣平宁乐通"))) : ""
        return Article(
            product: product, maker: maker,
            insuranceCode: "\(products[product].insuranceStem)01\(Self.digits(index / products.count, 2))\(Self.digits(maker, 5))",
            tradeName: tradeName, approvalNumber: "国药准字H\(20_200_000 + index)", baseCode: "869\(Self.digits(index, 11))",
            gtin: "069\(Self.digits(index, 11))")
    }

    private static func digits(_ number: Int, _ count: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, count - text.count)) + text
    }
}
