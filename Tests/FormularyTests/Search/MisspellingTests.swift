@testable import Formulary
import Primitives
import Testing

@Suite("misspelt names are recognised")
struct MisspellingTests {
    /// The fewest slips between `pattern` and a part of `text`, by the table of the definition.
    private func slips(_ pattern: [Character], _ text: [Character]) -> Int {
        var rows = [Array(repeating: 0, count: text.count + 1)]
        for row in 1...pattern.count {
            rows.append([row] + Array(repeating: 0, count: text.count))
            for column in text.indices.map({ $0 + 1 }) {
                let isSame = pattern[row - 1] == text[column - 1]
                var least = min(rows[row - 1][column] + 1, rows[row][column - 1] + 1, rows[row - 1][column - 1] + (isSame ? 0 : 1))
                if row > 1, column > 1, pattern[row - 1] == text[column - 2], pattern[row - 2] == text[column - 1] {
                    least = min(least, rows[row - 2][column - 2] + 1)
                }
                rows[row][column] = least
            }
        }
        return rows[pattern.count].min() ?? 0
    }

    @Test("slips are counted as the table of the definition counts them", arguments: UInt64(0)..<500)
    func counting(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let letters = Array("abc阿莫")
        func text(_ lengths: ClosedRange<Int>) -> [Character] {
            (0..<Int.random(in: lengths, using: &random)).map { _ in letters[Int.random(in: 0..<letters.count, using: &random)] }
        }
        let (pattern, name) = (text(1...12), text(0...20))
        let counted = try #require(SlipCounter(String(pattern))).slips(in: String(name)[...])
        #expect(counted == slips(pattern, name), "seed \(seed): \(String(pattern)) in \(String(name))")
    }

    @Test("a pattern has 1 to 64 characters, all of which count")
    func lengths() throws {
        #expect(SlipCounter("") == nil)
        #expect(SlipCounter(String(repeating: "a", count: 65)) == nil)
        let longest = try #require(SlipCounter(String(repeating: "a", count: 63) + "b"))
        #expect(longest.slips(in: String(repeating: "a", count: 64)[...]) == 1)
    }

    private func distance(of text: String, to name: String) throws -> Int? {
        var terms = SearchTerms()
        terms.add(spoken: name)
        return try #require(Misspelling(SearchText(text)), "\(text)").distance(to: terms.text)
    }

    @Test(
        "names within a slip or two are near, others are not",
        arguments: [
            ("阿莫西灵", "阿莫西林胶囊", true), ("阿西莫林", "阿莫西林", true), ("阿莫西西林", "阿莫西林", true), ("板蓝银", "板蓝根颗粒", true),
            ("二甲双瓜片", "盐酸二甲双胍片", true), ("盐酸二甲双孤缓释龘", "盐酸二甲双胍缓释片", true), ("amoxilan", "阿莫西林", true),
            ("amoxliin", "阿莫西林", true), ("amoxlin", "阿莫西林", true), ("没有这个", "阿莫西林", false), ("头孢洛丁", "头孢克肟", false),
            ("amoxaxan", "阿莫西林", false), ("amxlq", "阿莫西林胶囊", false),
        ])
    func nearness(text: String, name: String, isNear: Bool) throws {
        #expect(try (distance(of: text, to: name) != nil) == isNear)
    }

    @Test("of names as far in characters, the one that sounds more alike is nearer")
    func sounds() throws {
        let alike = try #require(try distance(of: "阿莫西灵", to: "阿莫西林"))
        let other = try #require(try distance(of: "阿莫西灵", to: "阿莫西酮"))
        #expect(alike < other)
    }

    @Test("texts that are too short, too long or have signs of another kind are no misspelling", arguments: ["阿莫", "amox", "糖%氯化钠", "a_b_c_d", "😀😀😀😀", "XJ01CAA040", "T0001"])
    func none(text: String) {
        #expect(Misspelling(SearchText(text)) == nil)
        #expect(Misspelling(SearchText(String(repeating: "阿", count: 41))) == nil)
    }

    @Test("a name with one slip anywhere still has all pieces of one lookup", arguments: UInt64(0)..<300)
    func lookups(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let names = ["阿莫西林胶囊", "盐酸二甲双胍缓释片", "板蓝根颗粒", "注射用头孢曲松钠", "复方丹参滴丸", "枸橼酸铋钾胶囊", "甲硝唑片", "维生素C片", "小儿氨酚黄那敏颗粒"]
        let name = names[Int.random(in: 0..<names.count, using: &random)]
        var typed = Array(name)
        let index = Int.random(in: 0..<typed.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: typed[index] = "龘"
        case 1: typed.remove(at: index)
        case 2: typed.insert("龘", at: index)
        default: typed.swapAt(index, index == 0 ? 1 : index - 1)
        }
        var terms = SearchTerms()
        terms.add(spoken: name)
        let misspelling = try #require(Misspelling(SearchText(String(typed))))
        #expect(misspelling.lookups.contains { terms.grams.isSuperset(of: $0) }, "seed \(seed): \(String(typed))")
        #expect(misspelling.distance(to: terms.text) != nil, "seed \(seed): \(String(typed))")
    }

    @Test(
        "forms and salts are no part of what a name is looked up by, unless too little is left",
        arguments: [
            ("盐酸二甲双胍缓释片", "二甲双胍"), ("阿莫西林胶囊", "阿莫西林"), ("氯化钾片", "氯化钾"), ("钾片", "钾片"), ("复方片", "复方片"), ("amoxilinjiaonang", "amoxilin"),
            ("华北制药股份有限公司", "华北制药股份有限公司"),
        ])
    func stems(text: String, stem: String) {
        #expect(CommonParts.stem(of: text) == stem)
    }
}
