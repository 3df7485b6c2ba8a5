import Primitives

/// The number by which the platform knows a thing. No two things have the same serial, whatever they are.
struct PlatformID: Hashable {
    let serial: Int64
    /// When it was given out, in Asia/Shanghai.
    let day: CalendarDate

    private static let serialMax: Int64 = 1_000_000_000_000
    private static let zhejiangBase: Int64 = 1_900_000_000_000_000_000

    /// Shanghai: 20 digits, the day and twelve more, as recorded. Zhejiang: 19 digits, as in clients' tests.
    func text(_ face: SimulatorFace) -> String {
        switch face {
        case .zhejiang, .insurer: String(Self.zhejiangBase + serial)
        case .shanghai, .hall: day.digits + DigitText.padded(serial, 12)
        }
    }

    /// The serial in a number's text, by which it is looked for; nil for a text that is no number of the platform's.
    static func serial(_ text: String, _ face: SimulatorFace) -> Int64? {
        guard text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        switch face {
        case .zhejiang, .insurer:
            guard text.utf8.count == 19, let number = Int64(text), number > zhejiangBase else { return nil }
            return number - zhejiangBase
        case .shanghai, .hall:
            guard text.utf8.count == 20, let serial = Int64(text.suffix(12)), serial < serialMax else { return nil }
            return serial
        }
    }
}
