import Foundation
import Synchronization

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

    /// The first letter of each syllable; runs of Latin letters and digits whole when they are no syllable.
    public var initials: String {
        syllables.map { $0.contains(where: \.isNumber) ? $0 : String($0.prefix(1)) }.joined()
    }

    private static func isKept(_ character: Character) -> Bool {
        ("a"..."z").contains(character) || ("0"..."9").contains(character)
    }
}

/// The readings of single characters, each asked from the transform once.
private enum PinyinReadings {
    private static let known = Mutex<[Character: String]>([:])

    /// The readings of those of `characters` that have one.
    static func of(_ characters: [Character]) -> [Character: String] {
        known.withLock { known in
            let new = Set(characters.filter { known[$0] == nil && !$0.isASCII })
            for (character, reading) in transform(new) { known[character] = reading }
            return Dictionary(
                characters.compactMap { character in known[character].flatMap { $0.isEmpty ? nil : (character, $0) } },
                uniquingKeysWith: { first, _ in first })
        }
    }

    /// Asks the transform, which is slow to begin, for all of them at once; what it cannot read reads as nothing.
    private static func transform(_ characters: Set<Character>) -> [(Character, String)] {
        guard !characters.isEmpty else { return [] }
        let ordered = Array(characters)
        let lines = ordered.map { String($0) }.joined(separator: "\n")
        let latin = lines.applyingTransform(.mandarinToLatin, reverse: false) ?? lines
        let readings = latin.split(separator: "\n", omittingEmptySubsequences: false)
        return ordered.enumerated().map { index, character in
            (character, index < readings.count ? withoutTone(readings[index]) : "")
        }
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
