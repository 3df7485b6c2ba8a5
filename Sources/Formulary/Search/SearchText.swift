import Foundation

/// A text in the form in which names are compared: half-width, small letters, simplified characters, no blanks and no
/// characters that nobody sees.
struct SearchText: Hashable, Sendable {
    /// The parts that blanks keep apart.
    let words: [String]

    init(_ text: String) {
        let plain = text.precomposedStringWithCompatibilityMapping.lowercased()
        var seen = String.UnicodeScalarView()
        for scalar in plain.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .format: continue
            case .control, .spaceSeparator, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse, .surrogate:
                seen.append(" ")
            default: seen.append(scalar)
            }
        }
        words = Self.simplified(String(seen)).split(separator: " ").map(String.init)
    }

    private init(words: [String]) { self.words = words }

    /// All of it, as one.
    var phrase: String { words.joined() }

    /// The same words as they are read; `nil` when none of them has a Chinese character.
    var reading: SearchText? {
        guard phrase.unicodeScalars.contains(where: \.properties.isIdeographic) else { return nil }
        let read = words.map { Pinyin($0).letters }
        return read.contains("") ? nil : SearchText(words: read)
    }

    /// Whether it is made of letters, digits and the signs of names: other signs are meant as they stand, so that nothing
    /// similar is looked for.
    var mayBeMisspelt: Bool {
        phrase.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || ("0"..."9").contains($0) || Self.signs.contains($0) }
    }

    private static let signs: Set<Unicode.Scalar> = ["(", ")", "[", "]", "-", "·", ".", ",", "/", "+", ":"]
    private static let simplification = CharacterTransform(StringTransform("Hant-Hans"))

    /// Traditional characters become simplified ones.
    private static func simplified(_ text: String) -> String {
        guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
        let simple = simplification.of(text)
        return text.map { simple[$0] ?? String($0) }.joined()
    }
}
