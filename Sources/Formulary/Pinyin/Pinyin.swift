import Foundation

/// How a Chinese name is read: syllables without tones, and their initials, as people type them to find a medicine.
///
/// ```swift
/// Pinyin("维生素B12片").text      // "wei sheng su b12 pian"
/// Pinyin("维生素B12片").initials  // "wssb12p"
/// ```
///
/// Readings come from the Unicode Han–Latin transform, but for the words of medicine that it reads wrongly
/// (``PinyinPhrases``). Latin letters and digits are kept as one syllable each run, in lower case; Greek letters become
/// Latin ones; brackets and other signs part syllables and vanish; ü is written v.
public struct Pinyin: Hashable, Sendable {
    public let syllables: [String]

    /// The reading of `name`.
    public init(_ name: String) {
        let characters = Array(name.precomposedStringWithCompatibilityMapping.lowercased())
        let readings = PinyinReadings.of(characters)
        var found: [String] = []
        var run = ""
        func finishRun() {
            if !run.isEmpty { found.append(run) }
            run = ""
        }
        var index = 0
        while index < characters.count {
            let character = characters[index]
            if Self.isKept(character) {
                run.append(character)
                index += 1
                continue
            }
            finishRun()
            if let phrase = PinyinPhrases.longest(at: index, in: characters) {
                found += phrase.syllables
                index += phrase.length
            } else {
                if let reading = readings[character] { found.append(reading) }
                index += 1
            }
        }
        finishRun()
        syllables = found
    }

    /// A reading that was written by hand: syllables of small letters and digits, parted by single blanks.
    ///
    /// `nil` when it is anything else.
    public init?(written text: String) {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(Self.isKept) }) else { return nil }
        syllables = parts
    }

    /// The syllables, parted by blanks.
    public var text: String { syllables.joined(separator: " ") }

    /// The syllables without blanks, as people type them.
    var letters: String { syllables.joined() }

    /// The first letter of each syllable; runs of Latin letters and digits whole when they are no syllable.
    public var initials: String {
        syllables.map { $0.contains(where: \.isNumber) ? $0 : String($0.prefix(1)) }.joined()
    }

    private static func isKept(_ character: Character) -> Bool {
        ("a"..."z").contains(character) || ("0"..."9").contains(character)
    }
}

/// The readings of single characters.
private enum PinyinReadings {
    private static let transform = CharacterTransform(.mandarinToLatin, finish: withoutTone)

    /// The readings of those of `characters` that have one.
    static func of(_ characters: [Character]) -> [Character: String] {
        transform.of(characters).filter { !$0.value.isEmpty }
    }

    /// The letters without their marks; ü, whatever its tone, is v.
    private static func withoutTone(_ syllable: Substring) -> String {
        var letters = ""
        for scalar in String(syllable).decomposedStringWithCanonicalMapping.lowercased().unicodeScalars {
            if scalar == "\u{308}", letters.hasSuffix("u") {
                letters.removeLast()
                letters.append("v")
            } else if ("a"..."z").contains(scalar) {
                letters.unicodeScalars.append(scalar)
            }
        }
        return letters
    }
}
