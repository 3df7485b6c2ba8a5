import Primitives
import ShangMi

/// Hands out tokens and knows which are good.
struct TokenDesk {
    private struct Token {
        let text: String
        let user: String
        let endsAt: Instant
    }

    private var newest: [String: Token] = [:]
    /// Those that are good, or were; old ones go when a new one is made.
    private var tokens: [String: Token] = [:]
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed ^ 0x70CE4) }

    /// A token for the user: the one it has while that is good for long, otherwise a new one. The one before stays good to its
    /// end.
    ///
    /// Source: the distributors' middle-table of the same product; that hospitals are treated so is assumed.
    mutating func token(for user: String, _ options: ZhejiangOptions, at now: Instant) -> (text: String, isOld: Bool) {
        if let held = newest[user], isGood(held.text, user, at: now),
            held.endsAt > now.adding(.seconds(options.tokenRenewalSeconds))
        {
            return (held.text, true)
        }
        tokens = tokens.filter { $0.value.endsAt > now }
        let bytes = (0..<16).map { _ in UInt8.random(in: 0...255, using: &random) }
        let token = Token(
            text: Hexadecimal.lowercase(bytes), user: user, endsAt: now.adding(.seconds(options.tokenLifeSeconds)))
        newest[user] = token
        tokens[token.text] = token
        return (token.text, false)
    }

    func isGood(_ text: String, _ user: String, at now: Instant) -> Bool {
        guard let token = tokens[text] else { return false }
        return token.user == user && token.endsAt > now
    }

    /// No token of the user is good any more.
    mutating func drop(_ user: String) {
        tokens = tokens.filter { $0.value.user != user }
        newest[user] = nil
    }
}
