import Parties
import Postgres
import Prices
import Primitives
import TestSupport
import Testing

@Suite("Contract prices, and prices that end early")
struct ContractPricesTests {
    @Test("a contract price rules for its supplier, follows another, and is corrected with a reason")
    func contracts() async throws {
        try await withTestDatabase { database in
            let bench = try await PricesBench(database)
            try await bench.list(["0,12.50,-100,"])
            let supplier = bench.consortium.supplier
            #expect(try await bench.contract("12").map(\.packPrice) == [Money(yuan: "12")])
            let both = try await bench.contract("11", from: 10, through: 19)
            #expect(both.map(\.validity.description) == ["2026-11-21…2026-11-30", "2026-12-01…2026-12-10"])
            await expectRefusal("prices.overlaps") { try await bench.contract("10", from: 19) }
            try await bench.contract("10", from: 19, through: 19, correcting: "补充协议")
            let expected = [-1: "12.50", 0: "12.00", 9: "12.00", 10: "11.00", 18: "11.00", 19: "10.00", 20: "12.50"]
            for (number, amount) in expected {
                let found = try await bench.prices(on: number, from: supplier)
                #expect(found.ruling?.packPrice.description == amount, "day \(number)")
                #expect(try await bench.prices(on: number).ruling?.packPrice == Money(yuan: "12.50"), "from anybody")
            }
        }
    }

    @Test("a contract that does not hold is refused, and nothing of it is recorded")
    func refused() async throws {
        try await withTestDatabase { database in
            let bench = try await PricesBench(database)
            try await bench.list(["0,13,0,"], .ceiling)
            await expectRefusal("prices.above-ceiling") { try await bench.contract("13.01") }
            await expectRefusal("prices.price-invalid") { try await bench.contract("0") }
            await expectRefusal("prices.period-invalid") { try await bench.contract("1", from: 1, through: 0) }
            await expectRefusal("prices.source-missing") { try await bench.contract("1", source: " ") }
            await expectRefusal("prices.reason-missing") { try await bench.contract("1", correcting: "") }
            let (officer, supplier, article) = (bench.officer, bench.consortium.supplier, bench.articles[1])
            func record(
                _ lines: [ContractPriceLine], by person: Principal? = nil, from company: CompanyID? = nil
            ) async throws -> [Price] {
                try await bench.write {
                    try RecordContractPrices(company: company ?? supplier, source: "HT", lines: lines)
                        .run(in: $0, by: person ?? officer, at: .ofTests)
                }
            }
            let good = ContractPriceLine(article: article, packPrice: yuan("1"), validFrom: day(0))
            await expectRefusal("prices.lines-invalid") { try await record([]) }
            await expectRefusal("formulary.article-unknown") {
                try await record([good, ContractPriceLine(article: ArticleID(999_999), packPrice: yuan("1"), validFrom: day(0))])
            }
            await expectRefusal("prices.overlaps") { try await record([good, good.at("2")]) }
            await expectRefusal("parties.company-unknown") { try await record([good], from: CompanyID(999_999)) }
            await expectRefusal("identity.role-missing") { try await record([good], by: bench.seller) }
            #expect(try await bench.prices(1).prices.isEmpty)
        }
    }

    @Test("a price may end earlier than it says, also before it began, and never later")
    func ends() async throws {
        try await withTestDatabase { database in
            let bench = try await PricesBench(database)
            try await bench.list(["0,12.50,0,", "1,8,0,30"])
            let contract = try #require(try await bench.contract("7", article: 1, from: 5, through: 10).first)
            let listed = try #require(try await bench.prices().ruling)
            let officer = bench.officer
            func end(_ price: Price, _ number: Int, reason: String = "撤网", id: PriceID? = nil) async throws {
                try await bench.write {
                    try EndPrice(kind: price.kind, price: id ?? price.id, lastDay: day(number), reason: reason)
                        .run(in: $0, by: officer, at: .ofTests)
                }
            }
            await expectRefusal("prices.reason-missing") { try await end(listed, 5, reason: "") }
            await expectRefusal("prices.price-unknown") { try await end(listed, 5, id: PriceID(999_999)) }
            await expectRefusal("prices.period-invalid") { try await end(contract, 10) }
            await expectRefusal("prices.period-invalid") { try await end(contract, 11) }
            try await end(listed, 5)
            #expect(try await bench.listed(5) == "12.50")
            #expect(try await bench.listed(6) == nil)
            await expectRefusal("prices.price-unknown") { try await end(listed, 4) }
            try await end(contract, 4)
            #expect(try await bench.prices(1, on: 5, from: bench.consortium.supplier).ruling?.kind == .listed)
            let other = try await SmallConsortium.make(in: database, code: "other")
            let again = try #require(try await bench.contract("7", article: 1, from: 5, through: 10).last)
            await expectRefusal("prices.price-unknown") {
                try await database.application.write(as: other.id.tenant) {
                    try EndPrice(kind: .contract, price: again.id, lastDay: day(6), reason: "别家")
                        .run(in: $0, by: other.officer, at: .ofTests)
                }
            }
        }
    }

    @Test("the program may mark a record as no longer counting, and may not change what it says")
    func appendOnly() async throws {
        try await withTestDatabase { database in
            let bench = try await PricesBench(database)
            try await bench.list(["0,12.50,0,"])
            try await bench.contract("12")
            for statement in [
                "UPDATE prices.published_price SET pack_price = 1", "UPDATE prices.agreed_price SET valid_through = NULL",
                "DELETE FROM prices.published_price", "DELETE FROM prices.agreed_price", "UPDATE prices.platform SET name = ''",
            ] as [SQL] {
                await #expect(throws: PostgresError.self) { try await bench.write { _ = try $0.execute(statement) } }
            }
        }
    }
}

extension ContractPriceLine {
    /// The same line at another price.
    fileprivate func at(_ text: String) -> ContractPriceLine {
        ContractPriceLine(article: article, packPrice: yuan(text), validFrom: validFrom, validThrough: validThrough)
    }
}
