import Foundation
import LongPrescriptions
import Primitives
import Requisitions
import Testing

@testable import RefillWarnings

private let today = Instant(microseconds: 1_795_219_200_000_000).businessDay

private func plan(_ number: Int) -> LongPlanID {
    LongPlanID(UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, UInt8(number))))
}

/// An instalment of plan `number`, due some days from today, that is used up five weeks after that.
private func need(_ number: Int, due: Int, _ quantities: [Int64: Int64]) -> WaitingInstalment {
    WaitingInstalment(
        plan: plan(number), instalment: 2, dueOn: today.adding(days: due), usedThrough: today.adding(days: max(0, due) + 34),
        quantities: Dictionary(uniqueKeysWithValues: quantities.map { (ProductID($0), BaseUnits($1)) }))
}

/// Units that are there from a day on, and expire on another, both in days from today.
private func lot(_ quantity: Int64, on day: Int = 0, expires: Int? = nil) -> ExpectedSupply {
    ExpectedSupply(
        arrivesOn: today.adding(days: day), expiresOn: expires.map { today.adding(days: $0) }, quantity: BaseUnits(quantity))
}

/// What is missing for the instalment of plan `number`, and from which day on, in days from today.
private struct Lack: Hashable {
    let number: Int
    let product: Int64
    let missing: Int64
    let from: Int

    init(_ number: Int, of product: Int64 = 1, _ missing: Int64, from: Int) {
        self.number = number
        self.product = product
        self.missing = missing
        self.from = from
    }
}

struct OutlookCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    fileprivate let needs: [WaitingInstalment]
    fileprivate var supplies: [Int64: [ExpectedSupply]] = [:]
    /// Used by others in thirty days.
    fileprivate var others: Int64 = 0
    fileprivate let lacks: [Lack]

    fileprivate init(
        _ description: String, _ needs: [WaitingInstalment], _ supplies: [Int64: [ExpectedSupply]], others: Int64 = 0,
        lacks: [Lack]
    ) {
        testDescription = description
        self.needs = needs
        self.supplies = supplies
        self.others = others
        self.lacks = lacks
    }

    static let all: [OutlookCase] = [
        .init("nothing is there", [need(1, due: 20, [1: 28])], [:], lacks: [Lack(1, 28, from: 0)]),
        .init("exactly enough is there", [need(1, due: 20, [1: 28])], [1: [lot(28)]], lacks: []),
        .init("one unit too little is there", [need(1, due: 20, [1: 28])], [1: [lot(27)]], lacks: [Lack(1, 1, from: 0)]),
        .init("what arrives on the due day serves", [need(1, due: 20, [1: 28])], [1: [lot(28, on: 20)]], lacks: []),
        .init(
            "what arrives the day after does not", [need(1, due: 20, [1: 28])], [1: [lot(28, on: 21)]],
            lacks: [Lack(1, 28, from: 0)]),
        .init(
            "a batch that lasts until it is used up serves", [need(1, due: 20, [1: 28])], [1: [lot(28, expires: 55)]], lacks: []),
        .init(
            "a batch that expires on the last day of use does not", [need(1, due: 20, [1: 28])],
            [1: [lot(28, expires: 54)]], lacks: [Lack(1, 28, from: 0)]),
        .init(
            "others take until the day it is set aside", [need(1, due: 20, [1: 28])], [1: [lot(41)]], others: 30, lacks: []),
        .init(
            "when it cannot be set aside whole, others go on until it is due", [need(1, due: 20, [1: 28])], [1: [lot(40)]],
            others: 30, lacks: [Lack(1, 8, from: 12)]),
        .init(
            "others take nothing of what is set aside today", [need(1, due: 7, [1: 28])], [1: [lot(28)]], others: 300, lacks: []),
        .init(
            "others take what is set aside from tomorrow on", [need(1, due: 8, [1: 28])], [1: [lot(37)]], others: 300,
            lacks: [Lack(1, 28, from: 0)]),
        .init(
            "others take first what expires first", [need(1, due: 20, [1: 28])], [1: [lot(28), lot(13, expires: 30)]],
            others: 30, lacks: []),
        .init(
            "the use of others is rounded up", [need(1, due: 20, [1: 28])], [1: [lot(28)]], others: 1,
            lacks: [Lack(1, 1, from: 0)]),
        .init(
            "due first is served first", [need(2, due: 12, [1: 28]), need(1, due: 10, [1: 28])], [1: [lot(28)]],
            lacks: [Lack(2, 28, from: 3)]),
        .init(
            "only whole instalments are set aside", [need(1, due: 10, [1: 56]), need(2, due: 12, [1: 28])], [1: [lot(28)]],
            lacks: [Lack(1, 56, from: 0)]),
        .init(
            "one that is due keeps what there is for it", [need(1, due: 10, [1: 56]), need(2, due: 20, [1: 28])],
            [1: [lot(28)]], lacks: [Lack(1, 28, from: 0), Lack(2, 28, from: 10)]),
        .init(
            "an instalment lacks one of its products", [need(1, due: 10, [1: 28, 2: 56])], [1: [lot(28)], 2: [lot(40)]],
            lacks: [Lack(1, of: 2, 16, from: 0)]),
        .init(
            "and keeps the other", [need(1, due: 10, [1: 28, 2: 28]), need(2, due: 17, [1: 28])], [1: [lot(28)]],
            lacks: [Lack(1, of: 2, 28, from: 0), Lack(2, 28, from: 10)]),
        .init(
            "an overdue one is due today", [need(1, due: -3, [1: 28])], [1: [lot(28, on: 1)]], lacks: [Lack(1, 28, from: 0)]),
        .init("and is served by what comes today", [need(1, due: -3, [1: 28])], [1: [lot(28)]], lacks: []),
        .init(
            "what runs out and comes again in time is not missing", [need(1, due: 5, [1: 28]), need(2, due: 20, [1: 28])],
            [1: [lot(28), lot(28, on: 20)]], lacks: []),
    ]
}

@Suite("The outlook of a store")
struct RefillOutlookTests {
    private func outlook(
        _ needs: [WaitingInstalment], _ supplies: [Int64: [ExpectedSupply]], others: Int64 = 0
    ) -> RefillOutlook {
        RefillOutlook(
            today: today, reserveDays: 7, needs: needs,
            supplies: Dictionary(uniqueKeysWithValues: supplies.map { (ProductID($0), $1) }),
            others: [ProductID(1): AverageUse(used: BaseUnits(others), days: 30)])
    }

    @Test("tells which instalments lack how much, and from which day on", arguments: OutlookCase.all)
    func table(example: OutlookCase) {
        let unmet = outlook(example.needs, example.supplies, others: example.others).unmet()
        let found = unmet.map { refill in
            Lack(
                Int(refill.plan.rawValue.uuid.15), of: refill.product.rawValue, refill.missing.rawValue,
                from: refill.runsOutOn.days(since: today))
        }
        #expect(found == example.lacks)
    }

    // MARK: - Properties

    /// Instalments, supplies and use of others by chance.
    private struct Chance {
        var random: SeededGenerator

        init(seed: UInt64) { random = SeededGenerator(seed: seed) }

        mutating func needs() -> [WaitingInstalment] {
            (1...Int.random(in: 1...12, using: &random)).map { number in
                let products = Array([1, 2, 3].shuffled(using: &random).prefix(Int.random(in: 1...2, using: &random)))
                return need(
                    number, due: Int.random(in: -5...28, using: &random),
                    Dictionary(uniqueKeysWithValues: products.map { (Int64($0), Int64.random(in: 1...60, using: &random)) }))
            }
        }

        mutating func supplies(lasting: Bool = false) -> [Int64: [ExpectedSupply]] {
            Dictionary(
                uniqueKeysWithValues: (1...3).map { product in
                    let lots = (0..<Int.random(in: 0...5, using: &random)).map { _ in
                        lot(
                            .random(in: 1...90, using: &random), on: Int.random(in: 0...35, using: &random),
                            expires: lasting || Bool.random(using: &random) ? nil : .random(in: 1...90, using: &random))
                    }
                    return (Int64(product), lots)
                })
        }
    }

    @Test("a part or all of an instalment is missing, never more than others leave is used", arguments: UInt64(0)..<300)
    func bounds(seed: UInt64) {
        var chance = Chance(seed: seed)
        let (needs, supplies) = (chance.needs(), chance.supplies())
        let unmet = outlook(needs, supplies, others: .random(in: 0...60, using: &chance.random)).unmet()
        #expect(Set(unmet.map { [Int64($0.plan.rawValue.uuid.15), $0.product.rawValue] }).count == unmet.count)
        for refill in unmet {
            #expect((1...refill.quantity.rawValue).contains(refill.missing.rawValue))
            #expect(refill.runsOutOn >= today && refill.runsOutOn <= max(refill.dueOn, today))
        }
        for product in Int64(1)...3 {
            let needed = needs.compactMap { $0.quantities[ProductID(product)] }.sum()
            let missing = unmet.filter { $0.product.rawValue == product }.map(\.missing).sum()
            #expect(needed - missing <= (supplies[product] ?? []).map(\.quantity).sum(), "product \(product)")
        }
    }

    @Test("what is there and lasts is missing exactly as far as it is less than is needed", arguments: UInt64(0)..<200)
    func exact(seed: UInt64) {
        var chance = Chance(seed: seed)
        let needs = chance.needs()
        let there = Int64.random(in: 0...300, using: &chance.random)
        let unmet = outlook(needs, [1: [lot(there)], 2: [lot(10_000)], 3: [lot(10_000)]]).unmet()
        let needed = needs.compactMap { $0.quantities[ProductID(1)]?.rawValue }.reduce(0, +)
        #expect(unmet.map(\.missing.rawValue).reduce(0, +) == max(0, needed - there))
    }

    @Test("what is needed and used, bought today besides, meets everything", arguments: UInt64(0)..<200)
    func enough(seed: UInt64) {
        var chance = Chance(seed: seed)
        let (needs, others) = (chance.needs(), Int64.random(in: 0...90, using: &chance.random))
        var supplies = chance.supplies()
        for product in Int64(1)...3 {
            let needed = needs.compactMap { $0.quantities[ProductID(product)]?.rawValue }.reduce(0, +)
            // Others use no more than this in the 28 days.
            supplies[product, default: []].append(lot(needed + others + 1))
        }
        #expect(outlook(needs, supplies, others: others).unmet().isEmpty)
    }

    @Test("who is due later takes nothing from who is due before", arguments: UInt64(0)..<300)
    func firstRight(seed: UInt64) throws {
        var chance = Chance(seed: seed)
        let (needs, supplies) = (chance.needs(), chance.supplies())
        let others = Int64.random(in: 0...60, using: &chance.random)
        let first = try #require(needs.randomElement(using: &chance.random))
        // Later ones are set aside before the first is due only within the week after its due day.
        let without = needs.filter { $0.dueOn <= max(first.dueOn, today).adding(days: 7) }
        func lacks(_ needs: [WaitingInstalment]) -> [UnmetRefill] {
            outlook(needs, supplies, others: others).unmet().filter { $0.plan == first.plan }
        }
        #expect(lacks(needs) == lacks(without))
    }

    @Test("the order of what is given does not matter", arguments: UInt64(0)..<100)
    func order(seed: UInt64) {
        var chance = Chance(seed: seed)
        let (needs, supplies) = (chance.needs(), chance.supplies())
        let shuffled = needs.shuffled(using: &chance.random)
        let mixed = supplies.mapValues { $0.shuffled(using: &chance.random) }
        #expect(outlook(needs, supplies, others: 20).unmet() == outlook(shuffled, mixed, others: 20).unmet())
    }
}
