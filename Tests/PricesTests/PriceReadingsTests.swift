import Foundation
import Parties
import Postgres
import Prices
import Primitives
import TestSupport
import Testing

@Suite("What is asked about prices")
struct PriceReadingsTests {
    @Test("between two days each price that differs is shown with what it was and is")
    func changes() async throws {
        try await withTestDatabase { database in
            let bench = try await PricesBench(database)
            try await bench.list(["0,12.50,0,", "1,8,0,9", "2,5,0,", "3,1,0,"])
            try await bench.list(["0,11.80,10,", "2,5,10,19"])
            try await bench.list(["3,2,3,4"], correcting: "临时调价")
            try await bench.contract("7", article: 1, from: 10)
            let officer = bench.officer
            func changes(
                _ from: Int, _ to: Int, _ kind: PriceKind? = nil, after: ArticleID? = nil, limit: Int = 10
            ) async throws -> [String] {
                try await bench.write { transaction in
                    try PriceReadings(transaction).changes(
                        from: day(from), to: day(to), kind: kind, after: after, limit: limit, for: officer
                    ).flatMap { found in
                        found.changes.map { change in
                            let index = bench.articles.firstIndex(of: found.article) ?? -1
                            let (before, after) = (change.before?.packPrice.description, change.after?.packPrice.description)
                            return "\(index) \(change.kind.rawValue) \(before ?? "-") \(after ?? "-")"
                        }
                    }
                }
            }
            #expect(try await changes(9, 10) == ["0 listed 12.50 11.80", "1 contract - 7.00", "1 listed 8.00 -"])
            #expect(try await changes(9, 10, .contract) == ["1 contract - 7.00"])
            #expect(try await changes(9, 10, limit: 1) == ["0 listed 12.50 11.80"])
            #expect(try await changes(9, 10, after: bench.articles[0]) == ["1 contract - 7.00", "1 listed 8.00 -"])
            #expect(try await changes(2, 5).isEmpty, "the price of two days in between is the old one again")
            #expect(try await changes(2, 3) == ["3 listed 1.00 2.00"])
            #expect(try await changes(10, 9) == ["0 listed 11.80 12.50", "1 contract 7.00 -", "1 listed - 8.00"])
            #expect(try await changes(0, 0).isEmpty)
        }
    }

    @Test("a supplier sees what the platform publishes and its own prices; another consortium sees none of them")
    func visibility() async throws {
        try await withTestDatabase { database in
            let bench = try await PricesBench(database)
            try await bench.list(["0,12.50,0,"])
            try await bench.contract("12")
            let rival = try await database.owner.write { transaction in
                let company = try #require(
                    try PartiesStore(transaction).addCompany(
                        name: "对手医药公司", creditCode: nil, isManufacturer: false, isSupplier: true))
                return Principal(
                    consortium: bench.consortium.id, person: bench.seller.person, name: "rival", facility: nil, company: company,
                    roles: [.supplier])
            }
            let supplier = bench.consortium.supplier
            #expect(try await bench.prices(for: bench.seller).prices.map(\.kind) == [.contract, .listed])
            #expect(try await bench.prices(for: bench.seller).ruling?.kind == .contract)
            #expect(try await bench.prices(from: supplier, for: rival).prices.map(\.kind) == [.listed])
            #expect(try await bench.prices(from: supplier, for: rival).ruling?.kind == .listed)
            #expect(try await bench.prices(from: supplier, for: bench.consortium.storekeepers[0]).ruling?.kind == .contract)
            let article = bench.articles[0]
            let history = try await bench.write { try PriceReadings($0).history(of: article, limit: 10, for: rival) }
            #expect(history.map(\.kind) == [.listed])
            let other = try await SmallConsortium.make(in: database, code: "other")
            func othersSee() async throws -> [PriceKind] {
                try await database.application.read(as: other.id.tenant) {
                    try PriceReadings($0).prices(of: article, from: supplier, on: day(0), for: other.officer).prices.map(\.kind)
                }
            }
            #expect(try await othersSee() == [], "it buys on no platform")
            try await database.application.write(as: other.id.tenant) {
                _ = try ChoosePlatform(platform: "330000").run(in: $0, by: other.officer, at: .ofTests)
            }
            #expect(try await othersSee() == [.listed])
        }
    }
}
