import Foundation
import Synchronization

/// A transform of Unicode asked character by character, each once: the transform is slow to begin.
final class CharacterTransform: Sendable {
    private let transform: StringTransform
    private let finish: @Sendable (Substring) -> String
    private let known = Mutex<[Character: String]>([:])
    /// What is searched for is anybody's text; what is kept of it has an end.
    private static let knownMax = 50_000

    /// - Parameter finish: makes of the transform's answer for one character what is kept.
    init(_ transform: StringTransform, finish: @escaping @Sendable (Substring) -> String = { String($0) }) {
        self.transform = transform
        self.finish = finish
    }

    /// What those of `characters` become that are not ASCII.
    func of(_ characters: some Sequence<Character>) -> [Character: String] {
        let asked = Set(characters.filter { !$0.isASCII && !$0.isNewline })
        guard !asked.isEmpty else { return [:] }
        return known.withLock { known in
            var answers: [Character: String] = [:]
            var new: [Character] = []
            for character in asked {
                if let answer = known[character] { answers[character] = answer } else { new.append(character) }
            }
            let made = answered(new)
            answers.merge(made) { first, _ in first }
            if known.count + made.count <= Self.knownMax { known.merge(made) { first, _ in first } }
            return answers
        }
    }

    private func answered(_ characters: [Character]) -> [Character: String] {
        guard !characters.isEmpty else { return [:] }
        let lines = characters.map { String($0) }.joined(separator: "\n")
        let answers = (lines.applyingTransform(transform, reverse: false) ?? lines)
            .split(separator: "\n", omittingEmptySubsequences: false)
        return Dictionary(
            characters.enumerated().map { index, character in
                (character, index < answers.count ? finish(answers[index]) : "")
            }, uniquingKeysWith: { first, _ in first })
    }
}
