import Foundation
import Primitives
import Tendering
import TestSupport
import Testing

/// What a round's replay comes to; every number is asserted.
struct RoundFacts: Sendable {
    let file: String
    let offers: Int
    let lots: Int
    let unpriced: Int
    /// Prices that are no quotient of a pack's price.
    let converted: Int
    let aboveCeiling: Int
    let publishedWinners: Int
    /// Published winners that are awarded too.
    let agreed: Int
    let differences: [String: Int]
}

@Suite("national rounds of volume-based procurement, replayed with every published offer")
struct NationalRoundsTests {
    @Test(
        "the lowest win, and every difference to the published winners is explained",
        arguments: [
            RoundFacts(
                file: "bids_round1_alliance.csv", offers: 102, lots: 25, unpriced: 0, converted: 0, aboveCeiling: 1,
                publishedWinners: 60, agreed: 60, differences: [:]),
            RoundFacts(
                file: "bids_round2.csv", offers: 158, lots: 32, unpriced: 0, converted: 0, aboveCeiling: 21,
                publishedWinners: 100, agreed: 98,
                differences: ["winnerAbovePrintedCeiling": 1, "lowerOfferPassedOver": 2]),
            RoundFacts(
                file: "bids_round3.csv", offers: 312, lots: 56, unpriced: 0, converted: 7, aboveCeiling: 39,
                publishedWinners: 191, agreed: 188,
                differences: ["otherStrengthByCeilingRatio": 4, "lowerOfferPassedOver": 2]),
            RoundFacts(
                file: "bids_round3_all_offers.csv", offers: 367, lots: 56, unpriced: 66, converted: 0,
                aboveCeiling: 27, publishedWinners: 188, agreed: 186,
                differences: ["otherStrengthByCeilingRatio": 2, "lowerOfferPassedOver": 2, "noWinnerPublished": 2]),
        ])
    func replay(facts: RoundFacts) async throws {
        guard let path = SharedData.require("vbp/\(facts.file)") else { return }
        let offers = try PublishedOffer.read(path)
        #expect(offers.count == facts.offers)
        #expect(Set(offers.map(\.lot)).count == facts.lots)
        #expect(offers.count { $0.price.isEmpty } == facts.unpriced)
        let prices = offers.filter { !$0.price.isEmpty }.map { ExactDecimal($0.price) }
        #expect(prices.count { $0?.packPrice() == nil } == facts.converted)
        try await withTestDatabase { database in
            let replay = try await RoundReplay.run(offers, in: database)
            #expect(replay.refusals.values.count { $0 == "tendering.price-above-ceiling" } == facts.aboveCeiling)
            #expect(replay.refusals.count == facts.aboveCeiling, "nothing else is refused")
            #expect(replay.bids.count == facts.offers - facts.unpriced - facts.aboveCeiling, "every other offer was submitted")
            #expect(replay.publishedLines.count == facts.publishedWinners)
            #expect(replay.publishedLines.intersection(replay.awardedLines).count == facts.agreed)
            for (line, difference) in replay.differences where difference == nil {
                Issue.record("line \(line) of \(facts.file) differs without an explanation")
            }
            let counted = Dictionary(grouping: replay.differences.compactMap(\.difference), by: \.rawValue).mapValues(\.count)
            #expect(counted == facts.differences)
            let losers = replay.detail.bids.filter { bid in !replay.detail.awards.contains { $0.bid == bid.id } }
            #expect(losers.allSatisfy { $0.reason != nil }, "every loser has a reason")
            #expect(replay.detail.awards.allSatisfy { !$0.isDeviation })
        }
    }

    @Test("round 3 as tabulated twice names some lots in two ways, and repeats one row")
    func quirks() throws {
        guard let path = SharedData.require("vbp/bids_round3_all_offers.csv") else { return }
        let offers = try PublishedOffer.read(path)
        let names = Dictionary(grouping: offers, by: \.lot).mapValues { Set($0.map(\.lotName)).count }
        #expect(names.filter { $0.value > 1 }.count == 3)
        let rows = Dictionary(grouping: offers) { "\($0.lot) \($0.strength) \($0.company) \($0.price)" }
        #expect(rows.filter { $0.value.count > 1 }.map(\.key) == ["42 160mg 诺华制药 "])
    }

    @Test(
        "a printed quotient is turned back into the smallest whole pack price",
        arguments: [
            ("0.9957142857142857", "13.94", 14 as Int64), ("1.4478571428571427", "10.135", 7), ("0.12", "0.12", 1),
            ("0.19999999999999998", "0.20", 1), ("23.333333333333332", "70.00", 3), ("0.48357142857142854", "3.385", 7),
            ("99999", "99999.00", 1), ("8.8571", "8.8571", 1),
        ])
    func recovers(printed: String, price: String, units: Int64) throws {
        let found = try #require(ExactDecimal(printed)?.packPrice())
        let exact = UnitPrice(try #require(Money(yuan: price)), per: BaseUnits(units))
        #expect(!found.isHigher(than: exact) && !exact.isHigher(than: found), "\(found)")
        #expect(found.units <= BaseUnits(units))
    }
}
