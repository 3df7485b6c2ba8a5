/// Counts how many slips of the hand turn a pattern into a part of a text: a character wrong, missing, too many, or two
/// neighbours exchanged.
///
/// Source: H. Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances" (2003), in its form
/// for searching: the part may begin and end anywhere in the text. No character is touched twice.
struct SlipCounter {
    /// The longest pattern: one bit of a word for each character.
    static let lengthMax = 64

    private let length: Int
    private var ofASCII = [UInt64](repeating: 0, count: 128)
    private var ofOthers: [Unicode.Scalar: UInt64] = [:]

    /// `nil` when the pattern is empty or too long.
    init?(_ pattern: some StringProtocol) {
        let scalars = Array(String(pattern).unicodeScalars)
        guard (1...Self.lengthMax).contains(scalars.count) else { return nil }
        length = scalars.count
        for (index, scalar) in scalars.enumerated() {
            if scalar.isASCII {
                ofASCII[Int(scalar.value)] |= 1 << UInt64(index)
            } else {
                ofOthers[scalar, default: 0] |= 1 << UInt64(index)
            }
        }
    }

    /// The fewest slips between the pattern and any part of `text`.
    func slips(in text: Substring) -> Int {
        let last = UInt64(1) << UInt64(length - 1)
        var rising = ~UInt64(0)
        var falling = UInt64(0)
        var diagonal = UInt64(0)
        var before = UInt64(0)
        var slips = length
        var fewest = length
        for scalar in text.unicodeScalars {
            let same = scalar.isASCII ? ofASCII[Int(scalar.value)] : ofOthers[scalar] ?? 0
            let exchanged = ((~diagonal & same) << 1) & before
            diagonal = (((same & rising) &+ rising) ^ rising) | same | falling | exchanged
            var up = falling | ~(diagonal | rising)
            var down = diagonal & rising
            if up & last != 0 { slips += 1 }
            if down & last != 0 { slips -= 1 }
            up <<= 1
            down <<= 1
            rising = down | ~(diagonal | up)
            falling = up & diagonal
            before = same
            fewest = min(fewest, slips)
        }
        return fewest
    }
}
