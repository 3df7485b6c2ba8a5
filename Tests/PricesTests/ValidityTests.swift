import Prices
import Testing

@Suite("The days on which a price holds")
struct ValidityTests {
    @Test("both ends are valid days, and the days beside them are not", arguments: [
        // from, through, day, holds
        (0, 0, 0, true), (0, 0, -1, false), (0, 0, 1, false),
        (0, 9, 0, true), (0, 9, 9, true), (0, 9, -1, false), (0, 9, 10, false),
        (0, nil, 0, true), (0, nil, 10_000, true), (0, nil, -1, false),
    ] as [(Int, Int?, Int, Bool)])
    func contains(from: Int, through: Int?, asked: Int, holds: Bool) {
        #expect(Validity(from: day(from), through: through.map(day)).contains(day(asked)) == holds)
    }

    @Test("two overlap when they share a day, whichever is asked", arguments: [
        (0, 9, 10, 19, false), (0, 10, 10, 19, true), (0, 9, 9, 9, true), (0, 19, 5, 6, true), (0, nil, 5, 6, true),
        (7, nil, 5, 6, false), (6, nil, 5, 6, true), (0, nil, 5, nil, true),
    ] as [(Int, Int?, Int, Int?, Bool)])
    func overlaps(from: Int, through: Int?, otherFrom: Int, otherThrough: Int?, shares: Bool) {
        let (one, other) = (
            Validity(from: day(from), through: through.map(day)), Validity(from: day(otherFrom), through: otherThrough.map(day))
        )
        #expect(one.overlaps(other) == shares && other.overlaps(one) == shares)
    }

    @Test("a validity that ends before it begins holds on no day")
    func isSound() {
        #expect(Validity(from: day(0), through: day(0)).isSound && Validity(from: day(0)).isSound)
        #expect(!Validity(from: day(0), through: day(-1)).isSound)
        #expect(Validity(from: day(0), through: day(1)).description == "2026-11-21…2026-11-22")
        #expect(Validity(from: day(0)).description == "2026-11-21…")
    }
}
