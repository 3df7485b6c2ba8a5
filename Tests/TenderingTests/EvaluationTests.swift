import Foundation
import Primitives
import Testing

@testable import Tendering

/// Offers in units of their ids' order: offer 1 has the lowest id.
private func offer(
    _ number: Int, price: Int64, per size: Int64 = 1, of product: Int64 = 1, offering quantity: Int64 = 1_000,
    after seconds: Int64 = 0,
    state: BidState = .valid
) -> Bid {
    let id = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, UInt8(number / 256), UInt8(number % 256)))
    return Bid(
        id: BidID(id), tender: TenderID(id), package: 1, company: CompanyID(Int64(number)), article: ArticleID(Int64(number)),
        product: ProductID(product), packPrice: Money(tenThousandths: price), packSize: BaseUnits(size),
        offeredQuantity: BaseUnits(quantity), submittedAt: Instant(microseconds: seconds * 1_000_000), state: state, reason: nil)
}

private func package(
    _ quantity: Int64, _ rule: AwardRule = .lowest, ceiling: Int64 = 1_000_000, alternatives: [PackageAlternative] = []
) -> TenderPackage {
    TenderPackage(
        number: 1,
        terms: PackageTerms(
            product: ProductID(1), quantity: BaseUnits(quantity), ceiling: UnitPrice(Money(tenThousandths: ceiling), per: 1),
            rule: rule, alternatives: alternatives))
}

@Suite("evaluation of a package")
struct EvaluationTests {
    @Test("compares unit prices exactly")
    func exactPrices() {
        // 13.94/14 = 0.99571428571…, between 0.9957 and 0.9958.
        let evaluation = evaluate(
            package(10), offers: [offer(1, price: 9_958), offer(2, price: 139_400, per: 14), offer(3, price: 9_957)])
        #expect(evaluation.placings.map(\.company.rawValue) == [3, 2, 1])
        #expect(
            UnitPrice(Money(tenThousandths: 139_400), per: 14).isHigher(than: UnitPrice(Money(tenThousandths: 9_957), per: 1)))
        #expect(
            !UnitPrice(Money(tenThousandths: 30_000), per: 3).isHigher(than: UnitPrice(Money(tenThousandths: 10_000), per: 1)))
        // One ten-thousandth in 10^12 for a pack of 10^6 still counts.
        let most = UnitPrice(Money(tenThousandths: 1_000_000_000_000), per: 1_000_000)
        #expect(most.isHigher(than: UnitPrice(Money(tenThousandths: 999_999_999_999), per: 1_000_000)))
    }

    @Test("equal prices go to the earlier submission, then to the lower id")
    func ties() {
        let evaluation = evaluate(
            package(10, AwardRule(winnersMax: 1)),
            offers: [offer(3, price: 10, after: 5), offer(2, price: 20, per: 2, after: 4), offer(1, price: 10, after: 5)])
        #expect(evaluation.placings.map(\.company.rawValue) == [2, 1, 3])
        #expect(evaluation.winners.map(\.company.rawValue) == [2])
        #expect(evaluation.placings[1].reason.english.contains("submitted later"))
    }

    @Test("strengths of one medicine compare by their share of their own ceilings")
    func alternatives() {
        // 10 mg under a ceiling of 0.20, 20 mg under 0.34: 0.034 for 20 mg (a tenth) beats 0.021 for 10 mg.
        let alternative = PackageAlternative(product: ProductID(2), ceiling: UnitPrice(Money(tenThousandths: 3_400), per: 1))
        let evaluation = evaluate(
            package(10, AwardRule(winnersMax: 1), ceiling: 2_000, alternatives: [alternative]),
            offers: [offer(1, price: 210), offer(2, price: 340, of: 2), offer(3, price: 1, of: 3)])
        #expect(evaluation.placings.map(\.company.rawValue) == [2, 1], "and a product that is not of the package is left out")
    }

    @Test(
        "divides the quantity",
        arguments: [
            // quantity, rule, capacities best first, parts
            (100, AwardRule.lowest, [60, 60, 60], [60, 40, 0]),
            (100, AwardRule.lowest, [30, 30], [30, 30]),
            (100, AwardRule(winnersMax: 1), [60, 60], [60, 0]),
            (100, AwardRule(winnersMax: 2, sharesPerMille: [600, 400]), [100, 100, 100], [60, 40, 0]),
            (100, AwardRule(winnersMax: 2, sharesPerMille: [600, 400]), [50, 100, 100], [50, 50, 0]),
            (100, AwardRule(winnersMax: 2, sharesPerMille: [600, 400]), [50, 30, 100], [50, 30, 0]),
            (100, AwardRule(winnersMax: 2, sharesPerMille: [600, 400]), [100], [100]),
            (101, AwardRule.equalShares(3), [101, 101, 101, 101], [35, 33, 33, 0]),
            (1, AwardRule.equalShares(3), [9, 9, 9], [1, 0, 0]),
            (100, AwardRule.equalShares(7), [], []),
        ] as [(Int64, AwardRule, [Int64], [Int64])])
    func divides(quantity: Int64, rule: AwardRule, capacities: [Int64], parts: [Int64]) {
        #expect(divide(BaseUnits(quantity), under: rule, among: capacities.map { BaseUnits($0) }).map(\.rawValue) == parts)
    }

    @Test("awards no more than asked and offered, lowest first, and gives every other offer a reason", arguments: UInt64(0)..<200)
    func conserves(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let quantity = Int64.random(in: 1...5_000, using: &random)
        let winners = Int.random(in: 1...5, using: &random)
        let rule = [AwardRule.lowest, AwardRule(winnersMax: winners), .equalShares(winners)][
            Int.random(in: 0...2, using: &random)]
        let offers = (1...Int.random(in: 1...9, using: &random)).map { number in
            offer(
                number, price: .random(in: 1...40, using: &random), per: .random(in: 1...4, using: &random),
                offering: .random(in: 1...2_000, using: &random), after: .random(in: 0...2, using: &random),
                state: Int.random(in: 0...9, using: &random) == 0 ? .rejected : .valid)
        }
        let evaluation = evaluate(package(quantity, rule), offers: offers)
        let capacity = Dictionary(uniqueKeysWithValues: offers.map { ($0.id, $0.offeredQuantity) })
        #expect(Set(evaluation.placings.map(\.bid)) == Set(offers.filter { $0.state == .valid }.map(\.id)))
        #expect(
            evaluation.placings.map(\.rank)
                == Array(1...max(1, evaluation.placings.count)).prefix(evaluation.placings.count).map { $0 })
        #expect(evaluation.placings.allSatisfy { $0.quantity <= capacity[$0.bid] ?? .zero && !$0.reason.english.isEmpty })
        #expect(evaluation.placings.map(\.quantity).sum() + evaluation.unmet == BaseUnits(quantity))
        #expect(evaluation.unmet >= .zero)
        if let winnersMax = rule.winnersMax { #expect(evaluation.winners.count <= winnersMax) }
        for (better, worse) in zip(evaluation.placings, evaluation.placings.dropFirst()) {
            #expect(!better.unitPrice.isHigher(than: worse.unitPrice), "seed \(seed)")
        }
        #expect(
            evaluate(package(quantity, rule), offers: offers.shuffled(using: &random)) == evaluation,
            "the order of offers does not matter")
    }

    @Test("a rule's shares are positive, one for each winner, and the whole together")
    func rules() {
        #expect(AwardRule.lowest.isSound)
        #expect(AwardRule(sharesPerMille: [600, 400]).isSound)
        #expect((1...40).allSatisfy { AwardRule.equalShares($0).isSound })
        #expect(!AwardRule(winnersMax: 0).isSound)
        #expect(!AwardRule(winnersMax: 3, sharesPerMille: [600, 400]).isSound)
        #expect(!AwardRule(sharesPerMille: [600, 300]).isSound)
        #expect(!AwardRule(sharesPerMille: [1_100, -100]).isSound)
    }
}
