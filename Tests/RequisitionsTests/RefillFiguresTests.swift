import Primitives
import StockLedger
import Testing

@testable import Requisitions

@Suite("Refills beside the statistics")
struct RefillFiguresTests {
    @Test("the longer time ahead never needs less than the shorter, and nothing needs less than nothing")
    func bounds() {
        let figures = RefillFigures(
            untilMinimum: .init(due: 50, renewals: 7), untilMaximum: .init(due: 40, renewals: -3), taken: 0)
        #expect(figures.untilMaximum == .init(due: 50, renewals: 7))
        #expect(figures.untilMaximum.total == 57)
    }

    @Test("what instalments took leaves sum and squares of a product's days as if others had been alone")
    func others() {
        let product = ProductID(1)
        let days = (0..<4).map { CalendarDate(day: Int32(20_000 + $0)) }
        // Everybody took 5, 40, 0, 12; of it instalments 0, 28, 0, 12.
        let demand = RefillDemand(
            figures: [:], taken: [product: [days[1]: 28, days[3]: 12]],
            consumed: [product: [days[0]: 5, days[1]: 40, days[3]: 12]])
        let all = (consumed: BaseUnits(57), squares: Int64(25 + 1_600 + 144))
        let others = demand.others(.init(consumed: all.consumed, squares: all.squares, stockOutDays: 0), of: product)
        #expect(others.consumed == 17 && others.squares == 25 + 144)
        let untouched = demand.others(.init(consumed: 9, squares: 81, stockOutDays: 0), of: ProductID(2))
        #expect(untouched.consumed == 9 && untouched.squares == 81)
    }

    @Test(
        "count ahead as far as the strategy orders for",
        arguments: [
            (.averageMonthlyConsumption(AverageMonthlyConsumption(minimumMonths: 2, maximumMonths: 3)), 60, 90),
            // What comes before the next review's order can come must be covered now.
            (.reorderPoint(ReorderPoint(leadTimeDays: 10, reviewDays: 30)), 40, 40),
        ] as [(ReplenishmentStrategy, Int, Int)])
    func ahead(strategy: ReplenishmentStrategy, minimum: Int, maximum: Int) {
        #expect(strategy.daysAhead == (minimum, maximum))
    }

    @Test("the reorder point adds what is due to its levels", arguments: [(159, 308), (160, 308), (161, 0), (200, 0)] as [(Int64, Int64)])
    func reorderPoint(onHand: Int64, expected: Int64) {
        // 10 on every day: reorder at 140, up to 440; 20 refills until the order comes, 20 until the next one.
        let suggestion = ReorderPoint().suggestion(
            for: figures(consumed: 900, squares: 9_000, onHand: onHand, refills: refills(20, 20)))
        #expect(suggestion.quantity == BaseUnits(expected))
    }
}
