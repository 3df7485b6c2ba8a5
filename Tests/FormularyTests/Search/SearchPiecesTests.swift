@testable import Formulary
import Primitives
import Testing

@Suite("texts are taken apart for the search")
struct SearchPiecesTests {
    @Test(
        "texts are compared half-width, small, simplified, without blanks and unseen characters",
        arguments: [
            ("阿莫西林 膠囊", ["阿莫西林", "胶囊"]), ("ＡＭＸＬ　４", ["amxl", "4"]), ("鹽酸二甲雙胍", ["盐酸二甲双胍"]), ("維生素Ｂ₁₂", ["维生素b12"]),
            ("注射器（帶針）", ["注射器(带针)"]), ("\u{FEFF}阿\u{200B}莫\u{0}西\r\n林", ["阿莫", "西", "林"]), ("硝苯地平Ⅱ", ["硝苯地平ii"]), (" \t", []), ("", []),
        ] as [(String, [String])])
    func folding(text: String, words: [String]) {
        #expect(SearchText(text).words == words)
    }

    @Test("a text has a reading when it has Chinese characters")
    func reading() {
        #expect(SearchText("阿墨西林 b12").reading?.words == ["amoxilin", "b12"])
        #expect(SearchText("amxl").reading == nil)
        #expect(SearchText("").reading == nil)
    }

    @Test("every part, beginning and whole of a name is looked up by pieces that the name has", arguments: UInt64(0)..<200)
    func lookups(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let letters = Array("阿莫西林胶囊b1a2(-)%_维")
        let name = (0..<Int.random(in: 1...12, using: &random)).map { _ in letters[Int.random(in: 0..<letters.count, using: &random)] }
        let grams = SearchGrams.of(String(name), hasPairsOfLetters: true)
        let start = Int.random(in: 0..<name.count, using: &random)
        let part = String(name[start..<Int.random(in: start + 1...name.count, using: &random)])
        let beginning = String(name.prefix(part.count))
        #expect(grams.isSuperset(of: try #require(SearchGrams.lookup(String(name), .whole))), "seed \(seed)")
        #expect(grams.isSuperset(of: try #require(SearchGrams.lookup(beginning, .beginning))), "seed \(seed)")
        #expect(grams.isSuperset(of: SearchGrams.lookup(part, .part) ?? []), "seed \(seed): \(part) in \(String(name))")
    }

    @Test("every beginning of a reading, and every part of three letters, is looked up by pieces that it has", arguments: UInt64(0)..<100)
    func readings(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let letters = Array("abcdefgz12")
        let name = (0..<Int.random(in: 3...12, using: &random)).map { _ in letters[Int.random(in: 0..<letters.count, using: &random)] }
        let grams = SearchGrams.of(String(name), hasPairsOfLetters: false)
        let start = Int.random(in: 0...name.count - 3, using: &random)
        let part = String(name[start..<Int.random(in: start + 3...name.count, using: &random)])
        for length in 1...name.count {
            let beginning = String(name.prefix(length))
            #expect(grams.isSuperset(of: try #require(SearchGrams.lookup(beginning, .beginning))), "seed \(seed): \(beginning)")
        }
        #expect(grams.isSuperset(of: try #require(SearchGrams.lookup(part, .part))), "seed \(seed): \(part)")
    }

    @Test("a letter alone has no pieces within a name, a character has")
    func short() {
        #expect(SearchGrams.lookup("a", .part) == nil)
        #expect(SearchGrams.lookup("a", .beginning) == ["^a"])
        #expect(SearchGrams.lookup("片", .part) == ["片"])
        #expect(SearchGrams.lookup("", .whole) == nil)
    }

    @Test("terms are kept one a line, and given back by name and reading")
    func terms() {
        var terms = SearchTerms()
        terms.add(spoken: "阿莫西林")
        terms.add(name: "Amoxicillin Sodium", isSpoken: false)
        terms.add(name: "\u{200B}")
        #expect(terms.text == "\n阿莫西林\namoxilin\namxl\namoxicillinsodium\n\n\n")
        #expect(SearchTerms.triples(in: terms.text).map(\.name) == ["阿莫西林", "amoxicillinsodium"])
        #expect(SearchTerms.triples(in: terms.text).map(\.reading) == ["amoxilin", ""])
        #expect(SearchTerms.triples(in: SearchTerms().text).isEmpty)
    }
}
