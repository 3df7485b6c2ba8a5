import Primitives

/// The number of a message in the national envelope, `msgid`: the institution's 12 characters, the second in China, and four digits that
/// no other message of that second has (codes.md §7).
enum MessageID {
    /// How many serials there are.
    static let serials = 10_000

    static func of(_ institution: String, _ stamp: PlatformStamp) -> NeutralValue {
        guard institution.utf8.count == 12, institution.utf8.allSatisfy(isDigitOrLetter) else {
            return .untellable("needs an institution's code of 12 letters and digits")
        }
        guard (0..<serials).contains(stamp.serial) else { return .untellable("needs a serial of four digits") }
        let serial = String(stamp.serial)
        return .text(institution + stamp.at.chinese(.digits) + String(repeating: "0", count: 4 - serial.count) + serial)
    }

    /// Whether a platform's number of a message is one that it has given itself: division, time and sequence, 30 digits. An
    /// institution's code has a letter.
    static func isPlatforms(_ text: String) -> Bool {
        text.utf8.count == 30 && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    private static func isDigitOrLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
    }
}
