import Foundation
import Primitives
import Testing

@testable import Prices

@Suite("The price that rules")
struct RulingPriceTests {
    private static let (first, second) = (UUID(), UUID())

    /// Everything there can be: company 7 has won two tenders and has a contract, company 8 a contract.
    private static let all = [
        price(.listed, "10", id: 1), price(.ceiling, "15", id: 2),
        price(.contract, "9", through: 20, id: 3, company: 7), price(.contract, "9.50", through: 20, id: 4, company: 8),
        price(.awarded, "8", through: 10, id: 5, company: 7, tender: first, package: 1),
        price(.awarded, "7", from: 5, through: 15, id: 6, company: 7, tender: second, package: 1),
        price(.awarded, "7.50", from: 5, through: 15, id: 7, company: 7, tender: second, package: 2),
    ]

    @Test("is the supplier's award, then its contract, then the listed price", arguments: [
        // day, company, ruling
        (0, 7, "8.00"), (4, 7, "8.00"), (5, 7, "7.50"), (10, 7, "7.50"), (15, 7, "7.50"), (16, 7, "9.00"), (20, 7, "9.00"),
        (21, 7, "10.00"), (0, 8, "9.50"), (21, 8, "10.00"), (0, 9, "10.00"), (0, nil, "10.00"), (-1, 7, nil),
    ] as [(Int, Int64?, String?)])
    func precedence(asked: Int, company: Int64?, expected: String?) {
        let ruling = Self.all.rulingPrice(of: ArticleID(1), from: company.map { CompanyID($0) }, on: day(asked))
        #expect(ruling?.packPrice.description == expected)
        #expect(Self.all.rulingPrice(of: ArticleID(2), from: CompanyID(7), on: day(asked)) == nil)
    }

    @Test("of an order from awards it is that tender's, whichever of its packages, and no other", arguments: [
        (0, first, "8.00", "agrees"), (10, first, "8.00", "agrees"), (11, first, "8.00", "unknown 8.00"),
        (0, second, "7.00", "unknown"), (5, second, "7.00", "agrees"), (5, second, "7.50", "agrees"),
        (15, second, "7.50", "agrees"), (5, second, "8.00", "differs from 7.00"), (16, second, "9.00", "unknown 7.00"),
    ] as [(Int, UUID, String, String)])
    func ofATender(asked: Int, tender: UUID, amount: String, expected: String) {
        #expect(verdict(amount, on: asked, from: 7, tender: tender) == expected)
    }

    @Test("a price asked otherwise is held against it, and against the ceiling first", arguments: [
        (0, 7, "8.00", "agrees"), (0, 7, "7.99", "differs from 8.00"), (0, 7, "15.00", "differs from 8.00"),
        (0, 7, "15.01", "above 15.00"), (0, 9, "10.00", "agrees"), (0, 9, "10.0001", "differs from 10.00"),
        (5, 7, "7.00", "differs from 7.50"), (-1, 9, "10.00", "unknown"), (-1, 9, "20.00", "unknown"),
    ] as [(Int, Int64, String, String)])
    func asked(asked: Int, company: Int64, amount: String, expected: String) {
        #expect(verdict(amount, on: asked, from: company, tender: nil) == expected)
    }

    @Test("the price of a pack of another size is another price; the ceiling is compared per unit")
    func packs() {
        let asked = AskedPrice(article: ArticleID(1), packPrice: yuan("10"), packSize: 20)
        guard case .differs = Self.all.verdict(on: asked, from: CompanyID(9), on: day(0)) else {
            Issue.record("a pack of 20 at the price of 10")
            return
        }
        // 15 for 10 allows 30 for 20.
        for (amount, isAbove) in [("30", false), ("30.0001", true)] {
            let asked = AskedPrice(article: ArticleID(1), packPrice: yuan(amount), packSize: 20)
            let verdict = Self.all.verdict(on: asked, from: CompanyID(9), on: day(0))
            #expect(isAbove == { if case .aboveCeiling = verdict { true } else { false } }(), "\(amount)")
        }
    }

    @Test("a record that no longer counts rules nothing")
    func superseded() {
        let prices = [price(.listed, "10", isSuperseded: true), price(.listed, "11", id: 2)]
        #expect(prices.rulingPrice(of: ArticleID(1), from: nil, on: day(0))?.packPrice == yuan("11"))
    }

    private func verdict(_ amount: String, on asked: Int, from company: Int64, tender: UUID?) -> String {
        let price = AskedPrice(article: ArticleID(1), packPrice: yuan(amount), packSize: 10)
        return switch Self.all.verdict(on: price, from: CompanyID(company), tender: tender, on: day(asked)) {
        case .agrees: "agrees"
        case .differs(let ruling): "differs from \(ruling.packPrice)"
        case .aboveCeiling(let ceiling): "above \(ceiling.packPrice)"
        case .unknown(let ended): ended.map { "unknown \($0.packPrice)" } ?? "unknown"
        }
    }
}
