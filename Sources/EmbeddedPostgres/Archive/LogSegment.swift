/// One segment of the log, of 16 MB, known by its file name: timeline, and number on it.
struct LogSegment: Hashable, Comparable {
    private static let bytes: UInt64 = 16 * 1_048_576
    private static let segmentsInFile: UInt64 = 0x1_0000_0000 / bytes

    let timeline: UInt32
    let number: UInt64

    init(timeline: UInt32, number: UInt64) { (self.timeline, self.number) = (timeline, number) }

    /// `0000000100000000000000A2`; anything else, such as a history file, is no segment.
    init?(_ name: some StringProtocol) {
        let digits = Array(name.utf8)
        guard digits.count == 24, digits.allSatisfy({ (48...57).contains($0) || (65...70).contains($0) }) else { return nil }
        func number(_ range: Range<Int>) -> UInt64? { UInt64(String(decoding: digits[range], as: UTF8.self), radix: 16) }
        guard let timeline = number(0..<8), let high = number(8..<16), let low = number(16..<24), low < Self.segmentsInFile else {
            return nil
        }
        self.init(timeline: UInt32(timeline), number: high * Self.segmentsInFile + low)
    }

    var name: String {
        Self.padded(UInt64(timeline)) + Self.padded(number / Self.segmentsInFile) + Self.padded(number % Self.segmentsInFile)
    }

    var next: LogSegment { LogSegment(timeline: timeline, number: number + 1) }

    /// The position of its first byte in the log.
    var start: UInt64 { number * Self.bytes }

    static func < (left: Self, right: Self) -> Bool { (left.timeline, left.number) < (right.timeline, right.number) }

    /// The position that PostgreSQL writes `16/B374D848`.
    static func position(_ text: some StringProtocol) -> UInt64? {
        let halves = text.split(separator: "/")
        guard halves.count == 2, let high = UInt64(halves[0], radix: 16), let low = UInt64(halves[1], radix: 16),
            high <= UInt32.max, low <= UInt32.max
        else { return nil }
        return high << 32 | low
    }

    private static func padded(_ value: UInt64) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 8 - digits.count)) + digits
    }
}
