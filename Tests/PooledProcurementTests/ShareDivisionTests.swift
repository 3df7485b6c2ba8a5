import Foundation
import Primitives
import Requisitions
import Tendering
import Testing

@testable import PooledProcurement

@Suite("awards divided over stores")
struct ShareDivisionTests {
    private func award(_ number: Int, _ quantity: Int64, packsOf size: Int64) throws -> Award {
        let json = """
            {"package":1,"number":\(number),"bid":"\(UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, UInt8(number))))",
             "company":\(number),"article":\(number),"quantity":\(quantity),"packPrice":"1.00","packSize":\(size),
             "isDeviation":false,"reason":{"chinese":"-","english":"-"}}
            """
        return try JSONDecoder().decode(Award.self, from: Data(json.utf8))
    }

    private func share(_ number: UInt8, store: Int64, _ quantity: Int64) -> PoolShare {
        PoolShare(
            requisition: RequisitionID(UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, number))), requisitionLine: 1,
            facility: FacilityID(store), store: StoreID(store), quantity: BaseUnits(quantity))
    }

    @Test("the largest store is served first from the best award, in whole packs")
    func largestFirst() throws {
        let awards = [try award(1, 60, packsOf: 14), try award(2, 40, packsOf: 10)]
        let (parts, unserved) = divide([share(1, store: 1, 30), share(2, store: 2, 70)], over: awards)
        // Store 2 gets 60 of the first award: five packs of 14 hold 70, so it needs nothing of the second.
        #expect(parts.map(\.store.rawValue) == [2, 1])
        #expect(parts.map(\.award.number) == [1, 2])
        #expect(parts.map(\.packs) == [5, 3])
        #expect(parts.map { $0.served.map(\.quantity).sum() } == [70, 30])
        #expect(unserved.isEmpty)
    }

    @Test("what no award covers is reported, line by line")
    func unserved() throws {
        let (parts, unserved) = divide([share(1, store: 1, 50), share(2, store: 2, 30)], over: [try award(1, 60, packsOf: 1)])
        #expect(parts.map(\.packs) == [50, 10])
        #expect(unserved == [share(2, store: 2, 20)])
        #expect(divide([share(1, store: 1, 5)], over: []).unserved == [share(1, store: 1, 5)])
    }

    @Test(
        "no store gets less than its shares, nor a whole pack more, and every unit is accounted for", arguments: UInt64(0)..<300)
    func conserves(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let awards = try (1...Int.random(in: 1...4, using: &random)).map {
            try award($0, .random(in: 1...200, using: &random), packsOf: .random(in: 1...30, using: &random))
        }
        let shares = (1...UInt8.random(in: 1...12, using: &random)).map {
            share($0, store: .random(in: 1...4, using: &random), .random(in: 1...90, using: &random))
        }
        let (parts, unserved) = divide(shares, over: awards)
        let asked = shares.map(\.quantity).sum()
        let missing = unserved.map(\.quantity).sum()
        #expect(asked - missing == min(asked, awards.map(\.quantity).sum()), "seed \(seed)")
        #expect(parts.flatMap(\.served).map(\.quantity).sum() == asked - missing)
        for store in Set(shares.map(\.store)) {
            let served = parts.filter { $0.store == store }
            let needed = served.flatMap(\.served).map(\.quantity).sum()
            let delivered = served.map { BaseUnits($0.packs * $0.award.packSize.rawValue) }.sum()
            #expect(delivered >= needed, "seed \(seed), store \(store)")
            if let last = served.map(\.award.packSize).max() {
                #expect(delivered - needed < last, "seed \(seed), store \(store)")
            }
            #expect(Set(served.map(\.award.number)).count == served.count, "one part for each award")
        }
        #expect(parts.allSatisfy { $0.packs > 0 })
        for award in awards {
            let used = parts.filter { $0.award == award }.flatMap(\.served).map(\.quantity).sum()
            let largest = awards.map(\.packSize).max() ?? .zero
            #expect(used <= award.quantity + largest, "seed \(seed)")
        }
        for part in parts {
            let keys = part.served.map(\.requisition)
            #expect(Set(keys).count == keys.count, "a requisition line stands once")
        }
        let again = divide(shares.shuffled(using: &random), over: awards)
        #expect(again.parts == parts, "the order of shares does not matter")
    }
}
