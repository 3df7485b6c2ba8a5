import Codes
import Formulary
import Foundation
import Primitives

/// A national catalogue made up from real shapes: the shipped products and their articles' packs, recombined with as many
/// manufacturers as there are. The same seed gives the same file.
///
/// A product's articles share the stem of a shipped insurance code of the same kind and its class; the maker's digits, the
/// pack and the price vary.
struct CatalogBenchData {
    /// How one product's articles are written.
    private struct Shape {
        let productCode: String
        /// 18 characters of a western code, 15 of a patent one, without the maker's five digits.
        let stem: String
        let packUnit: String
        let strength: String
        let approvalLetter: String
        let price: Int64
    }

    private static let regions = [
        "北京", "上海", "天津", "重庆", "江苏", "浙江", "山东", "河北", "河南", "湖北", "湖南", "广东", "广西", "四川", "云南", "贵州", "陕西", "山西", "辽宁",
        "吉林", "黑龙江", "内蒙古", "安徽", "福建", "江西", "海南", "甘肃", "宁夏", "青海", "新疆",
    ]
    private static let words = [
        "华", "康", "恒", "瑞", "济", "仁", "同", "信", "天", "正", "科", "伦", "石", "药", "齐", "鲁", "扬", "子", "江", "豪", "森", "复", "星", "白",
        "云", "山", "海", "正", "东", "阳", "光", "昂", "利", "康", "倍", "特", "诺", "和", "泰", "先",
    ]
    private static let ends = ["制药有限公司", "药业股份有限公司", "制药集团有限公司", "生物制药有限公司", "药业有限责任公司"]
    private static let packs: [Int64] = [6, 7, 10, 12, 14, 20, 24, 28, 30, 36, 48, 60, 84, 100]

    private let shapes: [Shape]
    private let makers: [String]

    /// - Parameter articles: the text of the shipped articles.
    /// - Throws: `FormularyRefusal` when it is no catalogue.
    init(articles: [UInt8]) throws {
        let file = try CatalogFile(articles)
        let columns = Dictionary(file.header.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        var stems: Set<String> = []
        shapes = file.records.compactMap { record in
            func field(_ name: String) -> String { columns[name].map { record.fields[$0] } ?? "" }
            guard let code = InsuranceCode(field("insurance_code")), let stem = code.packStem,
                let price = Money(yuan: field("reference_price"))
            else { return nil }
            // Articles that differ in their makers alone are one shape.
            guard stems.insert(stem).inserted else { return nil }
            return Shape(
                productCode: field("product_code"), stem: stem, packUnit: field("pack_unit"),
                strength: String(field("pack_text").prefix { $0 != "*" }),
                approvalLetter: code.scheme == .patent ? "Z" : "H", price: price.tenThousandths)
        }
        makers = (0..<5_000).map { number in
            let (first, second) = (Self.words[number % Self.words.count], Self.words[number / Self.words.count % Self.words.count])
            let third = number / (Self.words.count * Self.words.count)
            return "\(Self.regions[number % Self.regions.count])\(first)\(second)\(third == 0 ? "" : "\(third)")"
                + Self.ends[number / 7 % Self.ends.count]
        }
    }

    /// The lines of one edition, one after the other, header first.
    ///
    /// - Parameter edition: 1, or 2: the same articles with another price in every 20th row, another pack text in every
    ///   200th, every 1,000th left out, and as many new ones at the end.
    func lines(_ count: Int, edition: Int) -> some Sequence<String> {
        let left = edition == 1 ? 0 : count / 1_000
        return sequence(state: -1) { (number: inout Int) -> String? in
            if number == -1 {
                number = 0
                return CatalogKind.articles.columns.joined(separator: ",")
            }
            if edition > 1, number % 1_000 == 999 { number += 1 }
            guard number < count + left else { return nil }
            defer { number += 1 }
            return line(number, edition: edition)
        }
    }

    private func line(_ number: Int, edition: Int) -> String {
        let shape = shapes[number % shapes.count]
        // No two rows of one shape have the same maker's digits.
        let maker = number / shapes.count * 37 + number % shapes.count
        let mixed = Int64(truncatingIfNeeded: ((UInt64(number) &+ 1) &* 0x9E37_79B9_7F4A_7C15) >> 33)
        let pack = Self.packs[Int(mixed % Int64(Self.packs.count))]
        let dearer: Int64 = edition > 1 && number % 20 == 7 ? 1_100 : 1_000
        let price = Money(tenThousandths: max(100, shape.price * (500 + mixed % 1_500) / 1_000 * dearer / 1_000 / 100 * 100))
        let packWord = edition > 1 && number % 200 == 3 ? "（新包装）" : ""
        let digits = String(100_000 + number / shapes.count % 100_000).dropFirst()
        return "\(shape.stem)\(digits),\(shape.productCode),,\(makers[maker % makers.count]),国药准字\(shape.approvalLetter)"
            + "\(19_000_000 + mixed % 6_000_000),,,\(pack),\(shape.packUnit),"
            + "\"\(shape.strength)*\(pack)/\(shape.packUnit)\(packWord)\",\(price)"
    }

    /// Writes an edition to a file.
    func write(_ count: Int, edition: Int, to path: String) throws {
        guard FileManager.default.createFile(atPath: path, contents: nil), let file = FileHandle(forWritingAtPath: path) else {
            throw CommandFailure("The file \(path) cannot be written.")
        }
        var text = ""
        for line in lines(count, edition: edition) {
            text += line + "\n"
            if text.utf8.count > 1 << 20 {
                try file.write(contentsOf: Data(text.utf8))
                text = ""
            }
        }
        try file.write(contentsOf: Data(text.utf8))
        try file.close()
    }
}
