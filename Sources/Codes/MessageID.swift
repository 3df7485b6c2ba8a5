public import Primitives

/// The number of a message to the insurer (`msgid`): institution code 12 · yyyyMMddHHmmss 14 · sequence 4.
///
/// A new try of the same business takes a new number. The time is China's, eight hours ahead of UTC.
public struct MessageID: CodeValue {
    public static let assurance = CodeAssurance.wellFormed
    /// Sequences of one institution and second: 0 through 9,999.
    public static let sequences = 0...9_999

    public let text: String

    /// `nil` when the institution is none, the fourteen digits are no moment, or the length differs.
    public init?(_ received: String) {
        let code = CodeText(received)
        let moment = code.text.dropFirst(12).prefix(14)
        guard code.text.utf8.count == 30, InstitutionCode(String(code.text.prefix(12))) != nil,
            CodeText(String(code.text.dropFirst(12))).consists(of: [.digits(18)]), Self.isMoment(moment)
        else { return nil }
        text = code.text
    }

    /// - Precondition: `sequence` is one of ``sequences``.
    public init(from institution: InstitutionCode, at now: Instant, sequence: Int) {
        precondition(Self.sequences.contains(sequence), "a message's sequence has four digits")
        let digits = now.adding(.seconds(8 * 3_600)).description.filter(\.isNumber).prefix(14)
        text = "\(institution)\(digits)\(String(repeating: "0", count: 4 - String(sequence).count))\(sequence)"
    }

    public var institution: InstitutionCode? { InstitutionCode(String(text.prefix(12))) }

    private static func isMoment(_ digits: Substring) -> Bool {
        let bytes = Array(digits.utf8)
        func number(_ range: Range<Int>) -> Int { bytes[range].reduce(0) { $0 * 10 + Int($1) - 48 } }
        return CalendarDate(year: number(0..<4), month: number(4..<6), day: number(6..<8)) != nil
            && number(8..<10) < 24 && number(10..<12) < 60 && number(12..<14) < 60
    }
}
