import Dispensing
import Primitives
import TestSupport
import Testing

@Suite("Which packs a quantity comes from")
struct PackRulesTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let quantity: Int64
        let available: Int64
        /// What each open pack holds, the longest open first.
        var open: [Int64] = []
        var moved: [Int64] = []
        let whole: Int
        var fromOpen: [Int64] = []
        /// Units, taken, whether they were found loose.
        var openings: [(Int64, Int64, Bool)] = []

        var testDescription: String { "\(quantity) of \(available), open \(open)" }
    }

    static let cases: [Case] = [
        Case(quantity: 28, available: 28, whole: 1),
        Case(quantity: 56, available: 100, whole: 2),
        Case(quantity: 1, available: 28, whole: 0, openings: [(28, 1, false)]),
        Case(quantity: 29, available: 56, whole: 1, openings: [(28, 1, false)]),
        // An open pack gives before another is opened; it alone, when it has enough.
        Case(quantity: 10, available: 38, open: [10], whole: 0, fromOpen: [10]),
        Case(quantity: 11, available: 38, open: [10], whole: 0, fromOpen: [10], openings: [(28, 1, false)]),
        Case(quantity: 12, available: 48, open: [5, 15], whole: 0, fromOpen: [5, 7]),
        Case(quantity: 40, available: 66, open: [10], whole: 1, fromOpen: [10], openings: [(28, 2, false)]),
        // No whole pack is left: the open ones give more than less than a pack.
        Case(quantity: 28, available: 30, open: [15, 15], whole: 0, fromOpen: [15, 13]),
        // Loose units that no pack accounts for come before another pack is opened.
        Case(quantity: 5, available: 34, whole: 0, openings: [(6, 5, true)]),
        Case(quantity: 7, available: 34, whole: 0, openings: [(6, 6, true), (28, 1, false)]),
        Case(quantity: 34, available: 34, whole: 1, openings: [(6, 6, true)]),
        Case(quantity: 9, available: 38, open: [4], whole: 0, fromOpen: [4], openings: [(6, 5, true)]),
        // The ledger holds less than the packs do: the difference is taken off the longest open.
        Case(quantity: 3, available: 12, open: [10, 10], moved: [8], whole: 0, fromOpen: [2, 1]),
        Case(quantity: 3, available: 5, open: [10, 10], moved: [10, 5], whole: 0, fromOpen: [3]),
        Case(quantity: 12, available: 12, open: [10, 10], moved: [8], whole: 0, fromOpen: [2, 10]),
    ]

    @Test("whole packs, then open ones, then loose units, then one that is opened", arguments: cases)
    func order(of example: Case) {
        let open = example.open.enumerated().map { number, units in
            PackPart(pack: OpenedPackID(Int64(number) + 1), quantity: BaseUnits(units))
        }
        let split = PackRules.split(
            BaseUnits(example.quantity), of: BaseUnits(example.available), packSize: 28, opened: open)
        #expect(split.moved.map(\.quantity.rawValue) == example.moved)
        #expect(split.wholePacks == example.whole)
        #expect(split.fromOpened.map(\.quantity.rawValue) == example.fromOpen)
        #expect(split.openings.map(\.units.rawValue) == example.openings.map(\.0))
        #expect(split.openings.map(\.taken.rawValue) == example.openings.map(\.1))
        #expect(split.openings.map(\.isFound) == example.openings.map(\.2))
    }

    @Test("a pack of one is never opened")
    func singles() {
        let split = PackRules.split(7, of: 9, packSize: 1, opened: [])
        #expect(split.wholePacks == 7 && split.openings.isEmpty)
    }

    @Test("never invents or loses a unit, and never leaves more open than there is", arguments: UInt64(0)..<200)
    func conserves(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let size = Int64.random(in: 1...40, using: &random)
        var available = Int64.random(in: 100...600, using: &random)
        var open: [(id: Int64, left: Int64)] = []
        var opened: Int64 = 0
        for _ in 0..<40 where available > 0 {
            if Int.random(in: 0..<5, using: &random) == 0 { available -= Int64.random(in: 0...available, using: &random) }
            guard available > 0 else { break }
            let quantity = Int64.random(in: 1...min(available, 3 * size), using: &random)
            let split = PackRules.split(
                BaseUnits(quantity), of: BaseUnits(available), packSize: BaseUnits(size),
                opened: open.map { PackPart(pack: OpenedPackID($0.id), quantity: BaseUnits($0.left)) })
            #expect(Int64(split.wholePacks) * size + split.split.rawValue == quantity, "seed \(seed)")
            for part in split.moved + split.fromOpened {
                guard let index = open.firstIndex(where: { $0.id == part.pack.rawValue }) else { Issue.record("unknown"); return }
                open[index].left -= part.quantity.rawValue
                #expect(open[index].left >= 0, "seed \(seed)")
            }
            for opening in split.openings {
                opened += 1
                #expect(opening.units <= BaseUnits(size) && opening.taken <= opening.units, "seed \(seed)")
                open.append((opened, opening.units.rawValue - opening.taken.rawValue))
            }
            open.removeAll { $0.left == 0 }
            available -= quantity
            #expect(open.map(\.left).reduce(0, +) <= available, "seed \(seed)")
        }
    }
}
