import Postgres
import Prices
import Primitives
import Tendering
import TestSupport
import Testing

@Suite("What is awarded goes on record as a price")
struct AwardedPricesTests {
    private func prices(_ bench: TenderBench, on day: CalendarDate) async throws -> [Price] {
        let (article, officer) = (bench.consortium.articles[0], bench.officer)
        return try await bench.write { try PriceReadings($0).prices(of: article, on: day, for: officer).prices }
    }

    /// A ceiling price of the first article, from the start of the tests on.
    private func limit(_ bench: TenderBench, to yuan: String, from day: CalendarDate) async throws {
        let (article, officer) = (bench.consortium.articles[0], bench.officer)
        let csv = "article,pack_price,valid_from,valid_through\n\(article),\(yuan),\(day),"
        try await bench.write { transaction in
            try ChoosePlatform(platform: "330000").run(in: transaction, by: officer, at: bench.start)
            let report = try ImportPrices(kind: .ceiling, source: "最高有效申报价", csv: Array(csv.utf8))
                .run(in: transaction, by: officer, at: bench.start)
            #expect(report.isApplied)
        }
    }

    @Test("from the day of the award, through the day that was said or until it is ended")
    func recorded() async throws {
        try await withTestDatabase { database in
            let bench = try await TenderBench(database)
            let (first, second) = (try await bench.published(), try await bench.published())
            try await bench.bid("9.80", for: first)
            try await bench.bid("9.90", for: second, by: bench.rival)
            let awarded = bench.opening.businessDay
            let last = awarded.adding(days: 364)
            try await bench.open(first)
            try await bench.award(first)
            try await bench.open(second)
            try await bench.write { [officer = bench.officer, opening = bench.opening] in
                _ = try AwardTender(tender: second, validThrough: last).run(in: $0, by: officer, at: opening)
            }
            #expect(try await prices(bench, on: awarded.adding(days: -1)).isEmpty)
            let found = try await prices(bench, on: last)
            #expect(Set(found.map(\.tender)) == [first.rawValue, second.rawValue])
            #expect(found.allSatisfy { $0.kind == .awarded && $0.package == 1 && $0.packSize == 28 })
            #expect(found.first { $0.company == bench.consortium.supplier }?.packPrice == Money(yuan: "9.80"))
            #expect(try await prices(bench, on: last.adding(days: 1)).map(\.tender) == [first.rawValue])
            let third = try await bench.published()
            try await bench.open(third)
            await expectRefusal("prices.period-invalid") {
                try await bench.write {
                    try AwardTender(tender: third, validThrough: awarded.adding(days: -1))
                        .run(in: $0, by: bench.officer, at: bench.opening)
                }
            }
        }
    }

    @Test("a bid above the platform's ceiling is refused, whatever the package allows")
    func bidAboveCeiling() async throws {
        try await withTestDatabase { database in
            let bench = try await TenderBench(database)
            let tender = try await bench.published()
            try await limit(bench, to: "9.80", from: bench.start.businessDay)
            await expectRefusal("tendering.price-above-ceiling") { try await bench.bid("9.8001", for: tender) }
            try await bench.bid("9.80", for: tender)
        }
    }

    @Test("an award above the platform's ceiling is refused, and then nothing is awarded")
    func awardAboveCeiling() async throws {
        try await withTestDatabase { database in
            let bench = try await TenderBench(database)
            let tender = try await bench.published()
            try await bench.bid("9.80", for: tender)
            try await limit(bench, to: "9.79", from: bench.opening.businessDay)
            try await bench.open(tender)
            await expectRefusal("prices.above-ceiling") { try await bench.award(tender) }
            #expect(try await bench.detail(of: tender, for: bench.officer).tender.state == .opened)
            let nobody = AwardDeviation(package: 1, parts: [], reason: "高于最高有效申报价")
            #expect(try await bench.award(tender, [nobody]).isEmpty)
        }
    }
}
