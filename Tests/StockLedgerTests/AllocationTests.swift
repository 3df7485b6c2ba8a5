import Primitives
import StockLedger
import Testing

@Suite("Allocation")
struct AllocationTests {
    private static let today = CalendarDate(day: 100)

    private static func stock(_ units: KeyValuePairs<Int32, Int64>) -> [Pick] {
        units.enumerated().map { number, batch in
            Pick(
                batch: BatchID(Int64(number + 1)), article: ArticleID(1), product: ProductID(1), batchNumber: "\(number + 1)",
                expiresOn: CalendarDate(day: batch.key), quantity: BaseUnits(batch.value))
        }
    }

    struct Case: Sendable {
        let stock: [Pick]
        let issue: BaseUnits
        let picks: [Int64: Int64]
    }

    @Test("takes the batch that expires first", arguments: [
        Case(stock: stock([101: 5, 102: 5]), issue: 7, picks: [1: 5, 2: 2]),
        Case(stock: stock([102: 5, 101: 5]), issue: 7, picks: [2: 5, 1: 2]),
        Case(stock: stock([101: 5, 101: 5]), issue: 6, picks: [1: 5, 2: 1]),
        // The batch of day 100 expires today and is not used.
        Case(stock: stock([100: 9, 101: 5]), issue: 5, picks: [2: 5]),
        Case(stock: stock([101: 0, 102: 1]), issue: 1, picks: [2: 1]),
        Case(stock: stock([101: 5]), issue: 5, picks: [1: 5]),
    ])
    func firstExpiryFirst(_ example: Case) throws {
        let picks = try allocate(example.issue, from: example.stock, today: Self.today)
        #expect(Dictionary(uniqueKeysWithValues: picks.map { ($0.batch.rawValue, $0.quantity.rawValue) }) == example.picks)
        #expect(picks.map(\.expiresOn) == picks.map(\.expiresOn).sorted())
    }

    @Test("refuses what usable stock does not hold, and says how much there is")
    func refusesShortStock() {
        #expect(throws: StockLedgerRefusal(.insufficientStock, "6 asked, 5 usable, besides 9 expired")) {
            try allocate(6, from: Self.stock([100: 9, 101: 5]), today: Self.today)
        }
        #expect(throws: StockLedgerRefusal(.insufficientStock, "1 asked, 0 usable")) {
            try allocate(1, from: [], today: Self.today)
        }
    }

    @Test("never invents, loses or reorders a unit", arguments: UInt64(0)..<300)
    func conservesUnits(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let stock = (1...Int64.random(in: 1...8, using: &random)).map { number in
            Pick(
                batch: BatchID(number), article: ArticleID(1), product: ProductID(1), batchNumber: "\(number)",
                expiresOn: CalendarDate(day: Int32.random(in: 95...110, using: &random)),
                quantity: BaseUnits(Int64.random(in: 0...50, using: &random)))
        }
        let usable = stock.filter { $0.expiresOn > Self.today }.map(\.quantity).sum()
        let asked = BaseUnits(Int64.random(in: 1...200, using: &random))
        do throws(StockLedgerRefusal) {
            let picks = try allocate(asked, from: stock, today: Self.today)
            #expect(picks.map(\.quantity).sum() == asked)
            for pick in picks {
                let batch = stock.first { $0.batch == pick.batch }
                #expect(pick.quantity > 0 && pick.quantity <= (batch?.quantity ?? 0) && pick.expiresOn > Self.today)
                // Nothing that expires earlier is left over.
                let earlier = stock.filter { $0.expiresOn > Self.today && $0.expiresOn < pick.expiresOn && $0.quantity > 0 }
                #expect(earlier.allSatisfy { other in picks.contains { $0.batch == other.batch && $0.quantity == other.quantity } })
            }
        } catch {
            #expect(asked > usable && error.code == .insufficientStock)
        }
    }
}
