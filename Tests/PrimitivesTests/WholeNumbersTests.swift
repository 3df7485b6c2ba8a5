import Primitives
import Testing

@Suite("Whole-number arithmetic")
struct WholeNumbersTests {
    @Test("rounds quotients up", arguments: [(0, 7, 0), (1, 7, 1), (7, 7, 1), (8, 7, 2), (37_800, 78, 485)] as [(Int, Int, Int)])
    func roundsQuotientsUp(dividend: Int, divisor: Int, expected: Int) {
        #expect(WholeNumbers.quotientRoundedUp(Int128(dividend), by: Int128(divisor)) == Int128(expected))
    }

    @Test("rounds square roots up", arguments: [(0, 0), (1, 1), (2, 2), (4, 2), (5, 3), (200, 15), (10_000, 100), (10_001, 101)])
    func roundsSquareRootsUp(value: Int, expected: Int) {
        #expect(WholeNumbers.squareRootRoundedUp(Int128(value)) == Int128(expected))
    }

    @Test("finds the smallest root whose square is not below", arguments: UInt64(0)..<200)
    func findsTheSmallestRoot(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let bits = Int.random(in: 0..<120, using: &random)
        let value = Int128.random(in: 0...(Int128(1) << bits), using: &random)
        let root = WholeNumbers.squareRootRoundedUp(value)
        #expect(root * root >= value)
        #expect(root == 0 || (root - 1) * (root - 1) < value)
    }

    @Test(
        "groups digits by three",
        arguments: [
            (0, "0"), (7, "7"), (999, "999"), (1_000, "1,000"), (1_260, "1,260"), (1_234_567, "1,234,567"), (-1_000, "-1,000"),
        ])
    func groupsDigits(value: Int, expected: String) {
        #expect(WholeNumbers.grouped(Int128(value)) == expected)
    }
}
