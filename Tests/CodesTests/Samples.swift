import Codes
import Primitives

/// Random codes: made by the rule in words of this test's own, then mostly damaged.
struct Samples {
    var random: SeededGenerator

    /// A code that may be sound, or has one or two places changed, exchanged, doubled, left out or put in lower case.
    mutating func perhapsDamaged(_ sound: String, with characters: String) -> String {
        var bytes = Array(sound.utf8)
        for _ in 0..<Int.random(in: 0...2, using: &random) {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<6, using: &random) {
            case 0, 1: bytes[place] = characters.utf8.randomElement(using: &random) ?? bytes[place]
            case 2 where place > 0: bytes.swapAt(place, place - 1)
            case 3: bytes.insert(bytes[place], at: place)
            case 4: bytes.remove(at: place)
            default: bytes = Array(String(decoding: bytes, as: UTF8.self).lowercased().utf8)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    mutating func digits(_ count: Int) -> String {
        String(String.UnicodeScalarView((0..<count).map { _ in Unicode.Scalar(UInt8.random(in: 48...57, using: &random)) }))
    }

    /// The one of `candidates` as last character with which `isSound` holds; any of them when it holds with none.
    mutating func completed(_ body: String, from candidates: String, _ isSound: (String) -> Bool) -> String {
        let all = candidates.map { body + String($0) }
        return all.first(where: isSound) ?? all.randomElement(using: &random) ?? body
    }

    mutating func day(from: CalendarDate, through: CalendarDate) -> CalendarDate {
        from.adding(days: Int.random(in: 0...through.days(since: from), using: &random))
    }
}
