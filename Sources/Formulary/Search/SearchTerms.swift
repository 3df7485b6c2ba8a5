/// What a product or a manufacturer is found by: each of its names, how it is read, and the initials of that.
struct SearchTerms {
    /// Changes when names are taken apart otherwise than before, so that all are taken apart anew.
    static let edition = 1

    private var lines: [String] = []
    private(set) var grams: Set<String> = []

    /// A name, reading and initials, as the index holds them one after the other.
    struct Triple {
        let name: Substring
        let reading: Substring
    }

    mutating func add(name: String, reading: String = "", initials: String = "", isSpoken: Bool = true) {
        let folded = SearchText(name).phrase
        guard !folded.isEmpty else { return }
        lines += [folded, reading, initials]
        grams.formUnion(SearchGrams.of(folded, hasPairsOfLetters: isSpoken))
        grams.formUnion(SearchGrams.of(reading, hasPairsOfLetters: false))
        grams.formUnion(SearchGrams.of(initials, hasPairsOfLetters: true))
    }

    /// A Chinese name, read as ``Pinyin`` reads it.
    mutating func add(spoken name: String) {
        let pinyin = Pinyin(name)
        add(name: name, reading: pinyin.letters, initials: pinyin.initials)
    }

    /// Each on a line of its own, with a line break before the first and after the last.
    var text: String { "\n" + lines.map { "\($0)\n" }.joined() }

    /// The names and readings in the text of terms.
    static func triples(in text: String) -> [Triple] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
        return stride(from: lines.startIndex, to: lines.endIndex - 2, by: 3).map {
            Triple(name: lines[$0], reading: lines[$0 + 1])
        }
    }
}
