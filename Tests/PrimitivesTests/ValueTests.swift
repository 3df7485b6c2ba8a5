import Foundation
import Primitives
import Testing

@Suite("Values that every module speaks")
struct ValueTests {
    @Test("money reads plain yuan with at most four decimals and nothing else", arguments: [
        ("0", 0), ("12", 120_000), ("12.5", 125_000), ("0.0001", 1), ("-3.20", -32_000), ("100000000", 1_000_000_000_000),
    ] as [(String, Int64)])
    func moneyReads(text: String, tenThousandths: Int64) {
        #expect(Money(yuan: text) == Money(tenThousandths: tenThousandths))
    }

    @Test("money refuses everything else", arguments: [
        "", ".", "1.", ".5", "1.23456", "1e3", "+1", "1,000", "１", "100000000.0001", "999999999999999999999", "1.2.3", "--1", "NaN",
    ])
    func moneyRefuses(text: String) {
        #expect(Money(yuan: text) == nil)
    }

    @Test("money is written with two to four decimals and read back", arguments: UInt64(0)..<200)
    func moneyRoundTrip(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let money = Money(tenThousandths: Int64.random(in: -1_000_000_000...1_000_000_000, using: &random))
        #expect(Money(yuan: money.description) == money)
        #expect((2...4).contains(money.description.split(separator: ".")[1].count))
    }

    @Test("a price times packs is refused when it does not fit")
    func moneyOverflow() {
        #expect(Money(tenThousandths: 3).times(4) == Money(tenThousandths: 12))
        #expect(Money(tenThousandths: .max).times(2) == nil)
    }

    @Test("packs round up and never down", arguments: [(0, 28, 0), (1, 28, 1), (28, 28, 1), (29, 28, 2), (56, 28, 2)] as [(Int64, Int64, Int64)])
    func packs(quantity: Int64, size: Int64, packs: Int64) {
        #expect(BaseUnits(quantity).packs(of: BaseUnits(size)) == packs)
        #expect(BaseUnits(quantity).roundedUp(toPacksOf: BaseUnits(size)).rawValue == packs * size)
    }

    @Test("an entered quantity is positive and bounded", arguments: [
        (0, false), (-1, false), (1, true), (1_000_000_000_000, true), (1_000_000_000_001, false), (.max, false), (.min, false),
    ] as [(Int64, Bool)])
    func enterable(quantity: Int64, isEnterable: Bool) {
        #expect(BaseUnits(quantity).isEnterable == isEnterable)
    }

    @Test("short numbers have six digits, and more when they need them", arguments: [
        (1, "QL-2026-000001"), (999_999, "QL-2026-999999"), (1_000_000, "QL-2026-1000000"),
    ] as [(Int64, String)])
    func shortNumbers(serial: Int64, text: String) {
        #expect(ShortNumber.text("QL", year: 2026, serial) == text)
    }

    @Test("identifiers made from the clock sort by time and say their version")
    func version7() {
        var random = SeededGenerator(seed: 1)
        let earlier = UUID.version7(at: Instant(microseconds: 1_700_000_000_000_000), using: &random)
        let later = UUID.version7(at: Instant(microseconds: 1_700_000_000_001_000), using: &random)
        #expect(earlier.uuidString < later.uuidString)
        #expect(earlier.uuid.6 >> 4 == 7 && earlier.uuid.8 >> 6 == 2)
    }
}
