import Outbox
import Primitives
import TestSupport
import Testing

@Suite("Pauses between tries")
struct RetryPauseTests {
    private func pause(_ tries: Int, _ retry: RetryPause, wish: Duration? = nil, seed: UInt64 = 1) -> Int64 {
        var random = SeededGenerator(seed: seed)
        return retry.next(after: tries, wish: wish, from: .ofTests, using: &random).microseconds - Instant.ofTests.microseconds
    }

    @Test(
        "a pause is between half of and the whole doubled first one, and never longer than the longest",
        arguments: [(1, 2), (2, 4), (3, 8), (9, 512), (10, 600), (11, 600), (1_000_000, 600), (0, 2)] as [(Int, Int64)])
    func doubles(tries: Int, seconds: Int64) {
        let pauses = (0..<200).map { pause(tries, RetryPause(), seed: $0) }
        #expect(pauses.allSatisfy { (seconds * 500_000...seconds * 1_000_000).contains($0) })
        #expect(Set(pauses).count > 150)
    }

    @Test("what the destination asks for is the least, and does not shorten")
    func wishes() {
        #expect(pause(1, RetryPause(), wish: .seconds(3_600)) == 3_600_000_000)
        #expect(pause(1, RetryPause(), wish: .seconds(Int64.max)) == 86_400_000_000)
        #expect(pause(8, RetryPause(), wish: .seconds(1)) == pause(8, RetryPause()))
    }
}
