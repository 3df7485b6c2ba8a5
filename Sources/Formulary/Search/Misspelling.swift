/// A text that may be a misspelt name: where in the index its name may be found, and how close a name is to it.
///
/// A name with one slip still has one half of the text as it stands, one with two slips a third; so names are looked up
/// by pieces and then compared. Pieces are looked up as they are read, so that homophones are found among them.
struct Misspelling {
    private let phrase: String
    private let isChinese: Bool
    /// The most slips that are forgiven: characters of Chinese text, letters of other.
    private let slipsMax: Int
    private let byCharacter: SlipCounter
    private let byLetter: SlipCounter?

    /// `nil` for a text that is too short to tell, too long, has signs that no name has, or may be a code.
    init?(_ text: SearchText) {
        let phrase = text.phrase
        let length = phrase.unicodeScalars.count
        let isChinese = text.reading != nil
        let isCode = !isChinese && phrase.contains(where: \.isNumber)
        guard text.mayBeMisspelt, !isCode, length >= (isChinese ? 3 : 5), length <= 40, let counter = SlipCounter(phrase) else { return nil }
        self.phrase = phrase
        self.isChinese = isChinese
        slipsMax = length < (isChinese ? 6 : 10) ? 1 : 2
        byCharacter = counter
        byLetter = text.reading.flatMap { SlipCounter($0.phrase) }
    }

    /// How many characters the text has.
    var length: Int { phrase.unicodeScalars.count }

    /// How far the nearest of a row's names is, 1 the nearest; `nil` when every one is too far.
    ///
    /// Chinese text is compared by its characters and, in letters, by its reading: of two names with one wrong character
    /// the one that sounds alike is nearer.
    func distance(to terms: String) -> Int? {
        SearchTerms.triples(in: terms).compactMap { isChinese ? distance(toSpoken: $0) : distance(toLetters: $0) }.min()
    }

    private func distance(toSpoken triple: SearchTerms.Triple) -> Int? {
        let characters = byCharacter.slips(in: triple.name)
        let letters = triple.reading.isEmpty ? nil : byLetter?.slips(in: triple.reading)
        guard characters <= slipsMax || (letters ?? .max) <= 1 else { return nil }
        return characters + (letters ?? characters)
    }

    private func distance(toLetters triple: SearchTerms.Triple) -> Int? {
        let slips = min(byCharacter.slips(in: triple.name), triple.reading.isEmpty ? .max : byCharacter.slips(in: triple.reading))
        return slips <= slipsMax ? slips : nil
    }

    /// What to look names up by: a name within reach has all the grams of one of these.
    var lookups: [[String]] {
        let stem = CommonParts.stem(of: phrase)
        let characters = Array(stem.unicodeScalars)
        let pieces = pieces(characters.count)
        // Two neighbours that were exchanged across a bound break both pieces.
        let exchanged = pieces.dropFirst().map(\.lowerBound).map { bound in
            var swapped = characters
            swapped.swapAt(bound - 1, bound)
            return swapped
        }
        return (pieces.map { Array(characters[$0]) } + exchanged).compactMap(grams)
    }

    private func pieces(_ count: Int) -> [Range<Int>] {
        // Readings are looked up by three letters at least: the two pieces of a short text overlap.
        if !isChinese, count < 6 { return [0..<min(3, count), max(1, count - 3)..<count] }
        if count < (isChinese ? 6 : 9) { return [0..<(count + 1) / 2, (count + 1) / 2..<count] }
        return [0..<count / 3, count / 3..<count * 2 / 3, count * 2 / 3..<count]
    }

    private func grams(_ piece: [Unicode.Scalar]) -> [String]? {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: piece)
        let text = String(view)
        // One character says more than its syllable.
        let sought = isChinese && piece.count > 1 ? Pinyin(text).letters : text
        if sought.utf8.allSatisfy({ $0 < 0x80 }), sought.utf8.count < 3 { return nil }
        return SearchGrams.lookup(sought, .part)
    }
}

/// Parts that so many names have that a name is not looked up by them.
enum CommonParts {
    private struct Part {
        let characters: String
        let letters: String
    }

    private static let endings = byLength([
        "缓释胶囊", "肠溶胶囊", "软胶囊", "胶囊", "缓释片", "控释片", "分散片", "肠溶片", "咀嚼片", "泡腾片", "口崩片", "薄膜衣片", "片", "颗粒", "注射液",
        "滴眼液", "口服溶液", "口服液", "混悬液", "糖浆", "软膏", "乳膏", "凝胶", "喷雾剂", "气雾剂", "吸入剂", "散", "丸", "滴丸", "合剂", "栓", "贴膏",
        "股份有限公司", "有限责任公司", "有限公司", "制药厂", "制药", "药业", "集团",
    ])
    private static let beginnings = byLength([
        "注射用", "盐酸", "硫酸", "复方", "小儿", "重组", "马来酸", "枸橼酸", "磷酸", "富马酸", "酒石酸", "苯磺酸", "甲磺酸", "醋酸", "硝酸", "氢溴酸", "琥珀酸",
    ])

    /// What is left of a text without them; the text itself when too little is left.
    static func stem(of text: String) -> String {
        let isChinese = !text.utf8.allSatisfy { $0 < 0x80 }
        let leftMin = isChinese ? 3 : 6
        var stem = text[...]
        // A form after a form: 盐酸二甲双胍缓释 + 片.
        for _ in 1...2 {
            guard let ending = endings.map(isChinese ? \.characters : \.letters).first(where: { stem.hasSuffix($0) }) else { break }
            stem = stem.dropLast(ending.count)
        }
        if let beginning = beginnings.map(isChinese ? \.characters : \.letters).first(where: { stem.hasPrefix($0) }) {
            stem = stem.dropFirst(beginning.count)
        }
        return stem.unicodeScalars.count >= leftMin ? String(stem) : text
    }

    private static func byLength(_ parts: [String]) -> [Part] {
        parts.sorted { ($0.count, $0) > ($1.count, $1) }.map { Part(characters: $0, letters: Pinyin($0).letters) }
    }
}
