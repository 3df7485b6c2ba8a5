import Foundation
import Primitives
import TestSupport
import Testing

@testable import Requisitions

/// Figures of a product in packs of 28 tablets.
func figures(
    consumed: Int64, squares: Int64 = 0, days: Int = 90, stockOut: Int = 0, onHand: Int64 = 0, inTransit: Int64 = 0,
    onOrder: Int64 = 0, refills: RefillFigures = .none, pack: Int64 = 28
) -> ProductFigures {
    ProductFigures(
        history: DemandHistory(consumed: BaseUnits(consumed), squares: squares, periodDays: days, stockOutDays: stockOut),
        position: StockPosition(onHand: BaseUnits(onHand), inTransit: BaseUnits(inTransit), onOrder: BaseUnits(onOrder)),
        refills: refills,
        pack: PurchasePack(size: BaseUnits(pack), unit: "盒", baseUnit: UnitWord(code: "tablet")))
}

/// Refills due, and expected of renewals, within the shorter and the longer time ahead, and taken before.
func refills(_ soon: Int64, _ later: Int64, renewals: Int64 = 0, taken: Int64 = 0) -> RefillFigures {
    RefillFigures(
        untilMinimum: .init(due: BaseUnits(soon), renewals: 0),
        untilMaximum: .init(due: BaseUnits(later), renewals: BaseUnits(renewals)), taken: BaseUnits(taken))
}

@Suite("Average monthly consumption")
struct AverageMonthlyConsumptionTests {
    @Test(
        "leaves days without stock out of the average, unless every day was one",
        arguments: [
            // consumed, days, stock-out days, a month
            (1_260, 90, 12, 485), (1_260, 90, 0, 420), (1, 90, 0, 1), (0, 90, 0, 0), (30, 90, 89, 900), (30, 90, 90, 10),
            (-5, 90, 0, 0),
            (BaseUnits.entryMax.rawValue, 1, 0, 30 * BaseUnits.entryMax.rawValue),
        ] as [(Int64, Int, Int, Int64)])
    func averages(consumed: Int64, days: Int, stockOut: Int, expected: Int64) {
        let history = DemandHistory(consumed: BaseUnits(consumed), squares: 0, periodDays: days, stockOutDays: stockOut)
        #expect(AverageMonthlyConsumption.monthly(history) == Int128(expected))
    }

    @Test(
        "asks up to the maximum once the position is below the minimum",
        arguments: [
            // 280 a month, at least 1 month, up to 3
            // on hand, in transit, on order, suggested
            (0, 0, 0, 840), (279, 0, 0, 588), (280, 0, 0, 0), (100, 100, 79, 588), (100, 100, 80, 0), (840, 0, 0, 0),
            (1_000, 0, 0, 0),
            (0, 0, 279, 588), (251, 0, 0, 616),
        ] as [(Int64, Int64, Int64, Int64)])
    func asksBelowTheMinimum(onHand: Int64, inTransit: Int64, onOrder: Int64, expected: Int64) {
        let suggestion = AverageMonthlyConsumption().suggestion(
            for: figures(consumed: 840, onHand: onHand, inTransit: inTransit, onOrder: onOrder))
        #expect(suggestion.quantity == BaseUnits(expected))
    }

    @Test(
        "adds known refills to both levels",
        arguments: [
            // 280 a month of others: at least 280 and the refills of one month, up to 840 and those of three
            // due in one month, in three, renewals, on hand, suggested
            (0, 0, 0, 280, 0), (300, 300, 0, 580, 0), (300, 300, 0, 579, 588), (100, 300, 0, 380, 0), (100, 300, 0, 379, 784),
            (0, 0, 60, 280, 0), (0, 0, 60, 279, 644), (1_000, 1_000, 0, 280, 1_568),
        ] as [(Int64, Int64, Int64, Int64, Int64)])
    func addsRefills(soon: Int64, later: Int64, renewals: Int64, onHand: Int64, expected: Int64) {
        let suggestion = AverageMonthlyConsumption().suggestion(
            for: figures(consumed: 840, onHand: onHand, refills: refills(soon, later, renewals: renewals)))
        #expect(suggestion.quantity == BaseUnits(expected))
    }

    @Test("shows refills apart from what others used")
    func showsRefillsApart() {
        let suggestion = AverageMonthlyConsumption().suggestion(
            for: figures(consumed: 840, onHand: 100, refills: refills(112, 336, renewals: 84, taken: 400)))
        #expect(
            suggestion.explanation.chinese
                == "近90天消耗840片（另有长期处方400片），月均280片；现有100片、在途0、在订0，已知续方336片，预计续开84片，补至3个月需1,160片，按28片/盒进为1,176片。"
        )
        #expect(suggestion.explanation.english.contains("besides 400 of long prescriptions"))
        #expect(suggestion.explanation.english.contains("336 for known refills, 84 for expected renewals"))
    }

    @Test("explains itself with the real numbers")
    func explains() {
        let suggestion = AverageMonthlyConsumption(minimumMonths: 2).suggestion(
            for: figures(consumed: 1_260, stockOut: 12, onHand: 300, onOrder: 500))
        #expect(suggestion.quantity == 672)
        #expect(
            suggestion.explanation.chinese
                == "近90天消耗1,260片，缺货12天，月均485片；现有300片、在途0、在订500，补至3个月需655片，按28片/盒进为672片。")
        #expect(suggestion.explanation.english.contains("in packs of 28 672"))
    }

    @Test(
        "says when there is enough, nothing was used, or nothing was ever there",
        arguments: [
            (figures(consumed: 840, onHand: 280), "不低于最低1个月用量280片，不补"), (figures(consumed: 0), "近90天无消耗，不补"),
            (figures(consumed: 0, stockOut: 90), "近90天全部缺货，无消耗可依"), (figures(consumed: 30, stockOut: 90), "全部缺货，按全期折算"),
            (figures(consumed: 0, refills: refills(56, 56)), "已知续方56片，满足已知续方需56片"),
        ])
    func explainsTheOtherCases(figures: ProductFigures, part: String) {
        #expect(AverageMonthlyConsumption().suggestion(for: figures).explanation.chinese.contains(part))
    }

    @Test("suggests the fewest whole packs that reach the maximum, or nothing", arguments: UInt64(0)..<300)
    func reachesTheMaximum(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let maximumMonths = Int.random(in: 1...12, using: &random)
        let strategy = AverageMonthlyConsumption(
            periodDays: Int.random(in: 1...730, using: &random), minimumMonths: Int.random(in: 1...maximumMonths, using: &random),
            maximumMonths: maximumMonths)
        let figures = figures(
            consumed: .random(in: -100...100_000, using: &random), days: strategy.periodDays,
            stockOut: .random(in: 0...strategy.periodDays, using: &random), onHand: .random(in: 0...100_000, using: &random),
            inTransit: .random(in: 0...1_000, using: &random), onOrder: .random(in: 0...1_000, using: &random),
            refills: refills(.random(in: 0...1_000, using: &random), .random(in: 0...1_000, using: &random)),
            pack: .random(in: 1...1_000, using: &random))
        let quantity = strategy.suggestion(for: figures).quantity.rawValue
        let monthly = Int64(AverageMonthlyConsumption.monthly(figures.history))
        let minimum = monthly * Int64(strategy.minimumMonths) + Int64(figures.refills.untilMinimum.total)
        let maximum = monthly * Int64(strategy.maximumMonths) + Int64(figures.refills.untilMaximum.total)
        let position = Int64(figures.position.total)
        let pack = figures.pack.size.rawValue
        #expect(quantity >= 0 && quantity % pack == 0)
        if position >= minimum {
            #expect(quantity == 0)
        } else {
            #expect(position + quantity >= maximum && position + quantity - pack < maximum)
        }
    }

    @Test("never suggests more than a person may enter")
    func staysEnterable() {
        let suggestion = AverageMonthlyConsumption(periodDays: 1).suggestion(
            for: figures(consumed: .max, days: 1, pack: 999_999))
        #expect(suggestion.quantity <= BaseUnits.entryMax)
        #expect(suggestion.quantity.rawValue % 999_999 == 0 && suggestion.quantity > 0)
    }
}

@Suite("Reorder point")
struct ReorderPointTests {
    @Test(
        "covers the lead time and asks up to the review period",
        arguments: [
            // 10 on every day: reorder at 140, up to 440
            (0, 448), (139, 308), (140, 308), (141, 0), (440, 0), (1_000, 0),
        ] as [(Int64, Int64)])
    func coversTheLeadTime(onHand: Int64, expected: Int64) {
        let suggestion = ReorderPoint().suggestion(for: figures(consumed: 900, squares: 9_000, onHand: onHand))
        #expect(suggestion.quantity == BaseUnits(expected))
    }

    @Test(
        "keeps a safety stock of z standard deviations",
        arguments: [
            // Days of 0 and 20: the variance is 200. z per mille, lead time, safety stock
            (1_000, 1, 15), (1_000, 4, 29), (2_000, 1, 29), (0, 1, 0),
        ])
    func keepsSafety(perMille: Int, leadTime: Int, expected: Int) {
        let history = DemandHistory(consumed: 20, squares: 400, periodDays: 2, stockOutDays: 0)
        let strategy = ReorderPoint(periodDays: 2, leadTimeDays: leadTime, safetyPerMille: perMille)
        #expect(strategy.safetyStock(history) == Int128(expected))
    }

    @Test(
        "has no safety stock where there is no variance",
        arguments: [
            DemandHistory(consumed: 20, squares: 400, periodDays: 1, stockOutDays: 0),
            DemandHistory(consumed: 20, squares: 400, periodDays: 90, stockOutDays: 89),
            DemandHistory(consumed: 900, squares: 9_000, periodDays: 90, stockOutDays: 0),
            DemandHistory(consumed: -900, squares: 0, periodDays: 90, stockOutDays: 0),
        ])
    func hasNoVariance(history: DemandHistory) {
        #expect(ReorderPoint().safetyStock(history) == 0)
    }

    @Test("its safety stock is the smallest whole number not below z·s·√L", arguments: UInt64(0)..<200)
    func roundsSafetyUp(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let demand = (0..<Int.random(in: 2...90, using: &random)).map { _ in Int64.random(in: 0...500, using: &random) }
        let strategy = ReorderPoint(
            periodDays: demand.count, leadTimeDays: .random(in: 1...60, using: &random),
            safetyPerMille: .random(in: 0...5_000, using: &random))
        let history = DemandHistory(
            consumed: BaseUnits(demand.reduce(0, +)), squares: demand.reduce(0) { $0 + $1 * $1 }, periodDays: demand.count,
            stockOutDays: 0)
        let days = Int128(demand.count)
        let sum = Int128(demand.reduce(0, +))
        // n²·variance·(n−1)/n, from the definition: the squares of n·x − Σx.
        let deviations = demand.reduce(Int128(0)) { $0 + (days * Int128($1) - sum) * (days * Int128($1) - sum) }
        let right = Int128(strategy.safetyPerMille * strategy.safetyPerMille * strategy.leadTimeDays) * deviations
        let divisor = days * days * (days - 1) * 1_000_000
        let safety = strategy.safetyStock(history)
        #expect(safety * safety * divisor >= right)
        #expect(safety == 0 || (safety - 1) * (safety - 1) * divisor < right)
    }

    @Test("explains itself with the real numbers")
    func explains() {
        let suggestion = ReorderPoint().suggestion(for: figures(consumed: 900, squares: 9_000, onHand: 140))
        #expect(
            suggestion.explanation.chinese
                == "近90天消耗900片，提前期14天用量140、安全库存0，订货点140片；现有140片、在途0、在订0，补至订货上限440片需300片，按28片/盒进为308片。")
        #expect(ReorderPoint().suggestion(for: figures(consumed: 0)).quantity == 0)
    }
}

@Suite("Strategies")
struct ReplenishmentStrategyTests {
    @Test(
        "are stored with their kind and parameters",
        arguments: [
            ReplenishmentStrategy.standard,
            .averageMonthlyConsumption(AverageMonthlyConsumption(periodDays: 7, maximumMonths: 12)),
            .reorderPoint(ReorderPoint(periodDays: 30, leadTimeDays: 5, reviewDays: 9, safetyPerMille: 0)),
        ])
    func areStored(strategy: ReplenishmentStrategy) throws {
        let stored = try JSONEncoder().encode(strategy)
        #expect(try JSONDecoder().decode(ReplenishmentStrategy.self, from: stored) == strategy)
    }

    @Test(
        "refuse parameters out of their range",
        arguments: [
            (.averageMonthlyConsumption(AverageMonthlyConsumption(periodDays: 0)), "periodDays"),
            (.averageMonthlyConsumption(AverageMonthlyConsumption(periodDays: 731)), "periodDays"),
            (.averageMonthlyConsumption(AverageMonthlyConsumption(minimumMonths: 0)), "minimumMonths"),
            (.averageMonthlyConsumption(AverageMonthlyConsumption(minimumMonths: 4)), "minimumMonths"),
            (.averageMonthlyConsumption(AverageMonthlyConsumption(maximumMonths: 13)), "maximumMonths"),
            (.reorderPoint(ReorderPoint(leadTimeDays: 0)), "leadTimeDays"),
            (.reorderPoint(ReorderPoint(reviewDays: 366)), "reviewDays"),
            (.reorderPoint(ReorderPoint(safetyPerMille: 5_001)), "safetyPerMille"),
        ] as [(ReplenishmentStrategy, String)])
    func refuseParameters(strategy: ReplenishmentStrategy, field: String) {
        let refusal = #expect(throws: RequisitionsRefusal.self) { try strategy.check() }
        #expect(refusal?.code.rawValue == "requisitions.strategy-invalid")
        #expect(refusal?.field == "strategy.\(field)")
    }

    @Test("say units as the catalogue does")
    func sayUnits() throws {
        let path = "\(repositoryRoot)/Catalogs/units/units.csv"
        let rows = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropFirst()
        #expect(rows.count == UnitWord.names.count)
        for row in rows {
            let columns = row.split(separator: ",").map(String.init)
            #expect(UnitWord(code: columns[0]).name == Phrase(columns[1], columns[2]))
        }
        #expect(UnitWord(code: "cartload").name == Phrase("cartload", "cartload"))
    }
}
