import Primitives
import Testing

@testable import InsuranceUploads

@Suite("Base units become the insurer's packs")
struct PricingPacksTests {
    @Test(
        "exactly where it can be, else so that the sum stays right",
        arguments: [
            // change, pack, balance after it, told before → told
            (28, 28, 28, 0, 10_000),
            (-28, 28, 0, 10_000, -10_000),
            (-7, 28, 21, 10_000, -2_500),
            (-10, 30, 20, 10_000, -3_333),
            (-10, 30, 10, 6_667, -3_334),
            (-10, 30, 0, 3_333, -3_333),
            // What is exact is told exactly, also while a remainder is pending.
            (30, 30, 50, 6_667, 10_000),
            (-1, 1_000_000, 999_999, 10_000, -1),
            (1, 1_000_000, 1_000_000, 9_999, 1),
        ] as [(Int64, Int64, Int64, Int64, Int64)])
    func told(change: Int64, pack: Int64, balance: Int64, before: Int64, told: Int64) {
        #expect(PricingPacks.told(BaseUnits(change), of: BaseUnits(pack), balance: BaseUnits(balance), told: before) == told)
    }

    @Test(
        "however parts of packs come and go, the sum is never off by more than half of the last decimal", arguments: UInt64(0)..<50)
    func neverDrifts(seed: UInt64) {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
        func next(_ bound: Int64) -> Int64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int64(state >> 33) % bound
        }
        let pack = 1 + next(1_000)
        var (balance, told): (Int64, Int64) = (0, 0)
        for _ in 0..<300 {
            let change = next(2) == 0 ? 1 + next(3 * pack) : -(1 + next(max(1, balance)))
            guard balance + change >= 0 else { continue }
            balance += change
            let said = PricingPacks.told(BaseUnits(change), of: BaseUnits(pack), balance: BaseUnits(balance), told: told)
            #expect((said > 0) == (change > 0))
            told += said
            let error = told * pack - balance * 10_000
            #expect(2 * error.magnitude <= UInt64(pack), "seed \(seed): pack \(pack), balance \(balance), told \(told)")
        }
    }

    @Test(
        "what comes back of a sale is told in parts that make up the sale",
        arguments: [
            (10, 30, 3_333, [10]), (10, 30, 3_333, [3, 3, 4]), (56, 28, 20_000, [28, 28]), (7, 28, 2_500, [1, 1, 5]),
        ] as [(Int64, Int64, Int64, [Int64])])
    func returned(sold: Int64, pack: Int64, quantity: Int64, parts: [Int64]) {
        var (before, sum): (Int64, Int64) = (0, 0)
        for part in parts {
            sum += PricingPacks.returned(BaseUnits(part), after: BaseUnits(before), ofSold: BaseUnits(sold), toldAs: quantity)
            before += part
        }
        #expect(sum == quantity)
    }

    @Test(
        "a count is rounded half up",
        arguments: [(0, 28, 0), (28, 28, 10_000), (10, 30, 3_333), (20, 30, 6_667)] as [(Int64, Int64, Int64)])
    func counted(units: Int64, pack: Int64, quantity: Int64) {
        #expect(PricingPacks.counted(BaseUnits(units), of: BaseUnits(pack)) == quantity)
    }
}
