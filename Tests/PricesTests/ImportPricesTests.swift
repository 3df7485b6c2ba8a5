import Audit
import Postgres
import Prices
import Primitives
import TestSupport
import Testing

@Suite("Importing a platform's prices")
struct ImportPricesTests {
    @Test("a later list ends the prices of an earlier one on the day before, and keeps them")
    func succession() async throws {
        try await withTestDatabase { database in
            let bench = try await PricesBench(database)
            let first = try await bench.list(["0,12.50,0,", "1,8,0,"])
            #expect((first.added, first.changed, first.unchanged, first.skipped) == (2, 0, 0, 0) && first.isApplied)
            let second = try await bench.list(["0,11.80,10,", "1,8,10,", "2,3.1234,10,19"])
            #expect((second.added, second.changed, second.unchanged) == (1, 1, 1))
            #expect(try await bench.listed(-1) == nil)
            #expect(try await bench.listed(0) == "12.50")
            #expect(try await bench.listed(9) == "12.50")
            #expect(try await bench.listed(10) == "11.80")
            #expect(try await bench.prices(2, on: 19).ruling?.packPrice == Money(yuan: "3.1234"))
            #expect(try await bench.prices(2, on: 20).ruling == nil)
            let (article, officer) = (bench.articles[0], bench.officer)
            let history = try await bench.write { try PriceReadings($0).history(of: article, limit: 10, for: officer) }
            #expect(history.count == 3 && history.count { $0.supersededReason == "succession" } == 1)
            let again = try await bench.list(["0,11.80,10,", "1,8,10,", "2,3.1234,10,19"])
            #expect((again.added, again.changed, again.unchanged) == (0, 0, 3), "the same list once more")
            let events = try await bench.write {
                try AuditTrail($0).events(of: "listed prices of 330000", in: bench.consortium.id)
            }
            #expect(events.map(\.action) == ["prices.import", "prices.import", "prices.import"])
        }
    }

    @Test("every row that cannot be used is named with its line and reason, and nothing is recorded until the rest is accepted")
    func problems() async throws {
        try await withTestDatabase { database in
            let bench = try await PricesBench(database)
            try await bench.list(["1,20,0,30"])
            try await bench.list(["2,5,0,"], .ceiling)
            let (first, second, third) = (bench.articles[0], bench.articles[1], bench.articles[2])
            let rows = [
                "\(first),12.50,2026-11-21,", "\(second),19,2026-12-01,", "\(third),5.0001,2026-11-21,", "999999,1,2026-11-21,",
                ",1,2026-11-21,", "\(first),0,2026-11-21,", "\(first),x,2026-11-21,", "\(first),1,2026-02-30,",
                "\(first),1,2026-11-21,tomorrow", "\(first),1,2026-11-21,2026-11-20", "\(first),1", " \(third) ,5,2026-11-21,",
                "\(first),13,2026-11-21,",
            ]
            let report = try await bench.importing(rows)
            #expect(!report.isApplied && report.rows == 13 && report.skipped == 11)
            #expect(
                report.problems.map { "\($0.line) \($0.field) \($0.reason.rawValue)" } == [
                    "3 valid_from overlaps", "4 pack_price above-ceiling", "5 article article-unknown", "6 article required",
                    "7 pack_price not-a-price", "8 pack_price not-a-price", "9 valid_from not-a-day",
                    "10 valid_through not-a-day", "11 valid_through period-invalid", "12  field-count",
                    "14 valid_from overlaps",
                ])
            #expect(report.problems.allSatisfy { !$0.chinese.isEmpty && !$0.english.isEmpty })
            #expect(try await bench.listed(0) == nil, "nothing was recorded")
            let accepted = try await bench.importing(rows, accepting: true)
            #expect(accepted.isApplied && accepted.added == 2)
            #expect(try await bench.listed(0) == "12.50")
            #expect(try await bench.prices(2).ruling?.packPrice == Money(yuan: "5"), "as dear as the ceiling allows")
        }
    }

    @Test("a list finds articles by their insurance code too, and rows of one article in the order of their days")
    func codes() async throws {
        try await withTestDatabase { database in
            let bench = try await PricesBench(database)
            let article = bench.articles[0]
            _ = try await database.owner.write {
                try $0.execute("UPDATE formulary.article SET insurance_code = 'XJ01CAA040E001010100863' WHERE article_id = \(article)")
            }
            let report = try await bench.importing([
                "XJ01CAA040E001010100863,9,2026-12-01,", "XJ01CAA040E001010100863,10,2026-11-21,",
            ])
            #expect((report.added, report.changed) == (1, 1))
            #expect(try await bench.listed(0) == "10.00")
            #expect(try await bench.listed(9) == "10.00")
            #expect(try await bench.listed(10) == "9.00")
        }
    }

    @Test("a correction takes back what is on record, with its reason, and the history shows both")
    func correction() async throws {
        try await withTestDatabase { database in
            let bench = try await PricesBench(database)
            try await bench.list(["0,12.50,0,"])
            #expect(try await bench.list(["0,12.05,0,"]).problems.map(\.reason) == [.overlaps])
            await expectRefusal("prices.reason-missing") { try await bench.list(["0,12.05,0,"], correcting: " ") }
            let report = try await bench.list(["0,12.05,0,9"], correcting: "录入错误", at: .ofTests.adding(.seconds(60)))
            #expect(report.changed == 1)
            #expect(try await bench.listed(9) == "12.05")
            #expect(try await bench.listed(10) == "12.50")
            let (article, officer) = (bench.articles[0], bench.officer)
            let history = try await bench.write { try PriceReadings($0).history(of: article, limit: 10, for: officer) }
            #expect(history.map(\.supersededReason).sorted() == ["", "", "录入错误"])
            let last = try #require(history.first)
            let rest = try await bench.write {
                try PriceReadings($0).history(
                    of: article, after: .init(recordedAt: last.recordedAt, kind: last.kind, id: last.id), limit: 10, for: officer)
            }
            #expect(rest == Array(history.dropFirst()))
        }
    }

    @Test("a file that is no price list, names no source, or is for no platform of the consortium is refused")
    func refused() async throws {
        try await withTestDatabase { database in
            let bench = try await PricesBench(database, choosing: false)
            await expectRefusal("prices.platform-not-chosen") { try await bench.list(["0,1,0,"]) }
            let (officer, keeper) = (bench.officer, bench.consortium.storekeepers[0])
            func choose(_ platform: String, by person: Principal) async throws -> BuyingPlatform {
                try await bench.write { try ChoosePlatform(platform: platform).run(in: $0, by: person, at: .ofTests) }
            }
            await expectRefusal("prices.platform-unknown") { try await choose("999999", by: officer) }
            await expectRefusal("identity.role-missing") { try await choose("330000", by: keeper) }
            #expect(try await choose("440000", by: officer).name == "广东省")
            #expect(try await choose("330000", by: officer).isChosen)
            let platforms = try await bench.write { try PriceReadings($0).platforms(for: officer) }
            #expect(platforms.count == 32 && platforms.filter(\.isChosen).map(\.code) == ["330000"])
            await expectRefusal("prices.source-missing") { try await bench.importing(["1,1,2026-11-21,"], source: "") }
            await expectRefusal("prices.columns-unusable") { try await bench.importing(["1,1"], header: "article,price") }
            await expectRefusal("formulary.catalog-empty") { try await bench.importing([]) }
            func importing(_ platform: String?, by person: Principal?) async throws -> PriceListReport {
                try await database.owner.write {
                    try ImportPrices(
                        kind: .listed, platform: platform, source: "x", csv: Array("article,pack_price,valid_from,valid_through\n1,1,2026-11-21,".utf8)
                    ).run(in: $0, by: person, at: .ofTests)
                }
            }
            await expectRefusal("prices.platform-unknown") { try await importing("440000", by: officer) }
            await expectRefusal("prices.platform-unknown") { try await importing(nil, by: nil) }
            await expectRefusal("prices.platform-unknown") { try await importing("100000", by: nil) }
            await expectRefusal("identity.role-missing") { try await importing(nil, by: keeper) }
        }
    }
}
