/// The pieces of names that the index holds, and those of a text by which it is looked up.
///
/// Of a Chinese name: each character, each pair; of letters and digits: each three, and of names and initials each
/// pair; besides the beginning (`^阿`, `^阿莫`, `^amo`) and the whole (`=阿莫西林`). An index on these answers whether a name
/// is, begins with or contains a text of any length; what it answers is compared with the name itself, since pieces may
/// stand apart.
enum SearchGrams {
    /// How a name fits a text.
    enum Fit { case whole, beginning, part }

    /// The pieces of a name.
    ///
    /// - Parameter hasPairsOfLetters: no for readings, in which every pair of letters is common.
    static func of(_ name: String, hasPairsOfLetters: Bool) -> Set<String> {
        // One-character strings are joined: very many names are taken apart at an import.
        let characters = name.unicodeScalars.map { String($0) }
        guard let first = characters.first else { return [] }
        let isLetter = name.unicodeScalars.map(\.isASCII)
        var grams: Set<String> = ["=\(name)", "^\(first)"]
        grams.reserveCapacity(characters.count * 3)
        for start in characters.indices {
            if !isLetter[start] { grams.insert(characters[start]) }
            guard start + 1 < characters.count else { break }
            let pair = characters[start] + characters[start + 1]
            let isOfLetters = isLetter[start] && isLetter[start + 1]
            if start == 0 { grams.insert("^" + pair) }
            if hasPairsOfLetters || !isOfLetters { grams.insert(pair) }
            guard isOfLetters, start + 2 < characters.count, isLetter[start + 2] else { continue }
            let three = pair + characters[start + 2]
            if start == 0 { grams.insert("^" + three) }
            grams.insert(three)
        }
        return grams
    }

    /// The pieces that a name has when it fits `sought`; `nil` when there are none to tell, as for a single letter
    /// somewhere in a name.
    static func lookup(_ sought: String, _ fit: Fit) -> [String]? {
        let scalars = Array(sought.unicodeScalars)
        guard !scalars.isEmpty else { return nil }
        switch fit {
        case .whole: return ["=\(sought)"]
        case .beginning:
            let length = scalars.count >= 3 && isASCII(scalars[..<3]) ? 3 : min(2, scalars.count)
            return ["^\(text(scalars[..<length]))"] + inner(scalars, isBeginning: true)
        case .part:
            let grams = inner(scalars, isBeginning: false)
            return grams.isEmpty ? nil : grams
        }
    }

    /// Pieces that cover the text, overlapping only where they must: few are looked up faster than many.
    private static func inner(_ scalars: [Unicode.Scalar], isBeginning: Bool) -> [String] {
        if scalars.count == 1 { return scalars[0].isASCII || isBeginning ? [] : [text(scalars[...])] }
        var grams: [String] = []
        var start = 0
        while start < scalars.count {
            let run = scalars[start...].prefix { $0.isASCII == scalars[start].isASCII }
            grams += scalars[start].isASCII ? ofLetters(run, isBeginning: isBeginning) : ofCharacters(run)
            // Where the kinds of character meet, a pair joins them.
            if run.endIndex < scalars.count { grams.append(text(scalars[run.endIndex - 1...run.endIndex])) }
            start = run.endIndex
        }
        return grams
    }

    private static func ofLetters(_ run: ArraySlice<Unicode.Scalar>, isBeginning: Bool) -> [String] {
        // Two letters at the beginning may be a reading's, which has no pairs.
        if run.count == 2, !(isBeginning && run.startIndex == 0) { return [text(run)] }
        return covering(run, length: 3)
    }

    private static func ofCharacters(_ run: ArraySlice<Unicode.Scalar>) -> [String] {
        run.count == 1 ? [text(run)] : covering(run, length: 2)
    }

    private static func covering(_ run: ArraySlice<Unicode.Scalar>, length: Int) -> [String] {
        guard run.count >= length else { return [] }
        let last = run.endIndex - length
        let starts = Array(stride(from: run.startIndex, to: last, by: length)) + [last]
        return starts.map { text(run[$0..<$0 + length]) }
    }

    private static func isASCII(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool { scalars.allSatisfy(\.isASCII) }

    private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }
}
