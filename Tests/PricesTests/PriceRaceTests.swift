import Foundation
import Postgres
import Prices
import Primitives
import TestSupport
import Testing

@Suite("Prices recorded at the same moment")
struct PriceRaceTests {
    @Test("of twelve prices for the same days one is recorded, and the others are refused", arguments: [true, false])
    func overlapping(isContract: Bool) async throws {
        try await withTestDatabase { database in
            let bench = try await PricesBench(database)
            let recorded = await withTaskGroup(of: String.self) { group in
                for number in 1...12 {
                    group.addTask {
                        do {
                            if isContract {
                                _ = try await bench.contract("\(number)", from: number % 3, through: 30)
                                return "recorded"
                            }
                            let report = try await bench.list(["0,\(number),\(number % 3),30"])
                            return report.isApplied ? "recorded" : report.problems.first?.reason.rawValue ?? ""
                        } catch {
                            return "\((error as? any Refusal)?.refusalCode.rawValue ?? "\(error)")"
                        }
                    }
                }
                return await group.reduce(into: [String]()) { $0.append($1) }
            }
            #expect(recorded.count { $0 == "recorded" } == 1, "\(recorded)")
            #expect(recorded.count { $0 == (isContract ? "prices.overlaps" : "overlaps") } == 11, "\(recorded)")
            #expect(try await bench.prices(on: 10, from: bench.consortium.supplier).prices.count == 1)
        }
    }

    @Test("the database refuses two prices for one day, whoever writes them", arguments: ["published_price", "agreed_price"])
    func constraint(table: String) async throws {
        try await withTestDatabase { database in
            let bench = try await PricesBench(database)
            try await bench.list(["0,12.50,0,"])
            try await bench.contract("12")
            let statement: SQL =
                table == "published_price"
                ? """
                INSERT INTO prices.published_price (
                    platform, kind, article_id, pack_price, pack_size, valid_from, valid_through, source, recorded_at)
                SELECT platform, kind, article_id, 1, pack_size, valid_from + 5, valid_from + 5, source, recorded_at
                  FROM prices.published_price
                """
                : """
                INSERT INTO prices.agreed_price (
                    consortium_id, kind, company_id, article_id, pack_price, pack_size, valid_from, valid_through, source,
                    recorded_at, recorded_by_id)
                SELECT consortium_id, kind, company_id, article_id, 1, pack_size, valid_from + 5, valid_from + 5, source,
                       recorded_at, recorded_by_id
                  FROM prices.agreed_price
                """
            await #expect {
                try await bench.write { _ = try $0.execute(statement) }
            } throws: { error in
                ["published_prices_do_not_overlap", "contract_prices_do_not_overlap"].contains(
                    (error as? PostgresError)?.constraint ?? "")
            }
        }
    }
}
