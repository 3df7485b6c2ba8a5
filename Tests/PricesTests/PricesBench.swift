import Foundation
import Postgres
import Primitives
import Prices
import TestSupport
import Testing

/// The small consortium, buying on the platform of Zhejiang.
struct PricesBench {
    let database: TestDatabase
    let consortium: SmallConsortium

    var officer: Principal { consortium.officer }
    var seller: Principal { consortium.seller }
    var articles: [ArticleID] { consortium.articles }

    init(_ database: TestDatabase, choosing: Bool = true) async throws {
        self.database = database
        consortium = try await SmallConsortium.make(in: database)
        if choosing {
            try await write { [officer] in _ = try ChoosePlatform(platform: "330000").run(in: $0, by: officer, at: .ofTests) }
        }
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await database.application.write(as: consortium.id.tenant, body)
    }

    /// Imports rows such as `0,12.50,0,` (article by index, yuan, first and last day from the day of the tests).
    @discardableResult
    func list(
        _ rows: [String], _ kind: PublishedKind = .listed, correcting reason: String? = nil, accepting: Bool = false,
        at now: Instant = .ofTests
    ) async throws -> PriceListReport {
        let lines = rows.map { row in
            let fields = row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            let days = fields[2...].map { $0.isEmpty ? "" : day(Int($0) ?? 0).description }
            return "\(articles[Int(fields[0]) ?? 0]),\(fields[1]),\(days.joined(separator: ","))"
        }
        return try await importing(lines, kind, correcting: reason, accepting: accepting, at: now)
    }

    /// Imports rows as they are.
    @discardableResult
    func importing(
        _ rows: [String], _ kind: PublishedKind = .listed, source: String = "浙药采〔2026〕3号", correcting reason: String? = nil,
        accepting: Bool = false, header: String = "article,pack_price,valid_from,valid_through", at now: Instant = .ofTests
    ) async throws -> PriceListReport {
        let csv = ([header] + rows).joined(separator: "\n")
        return try await write { [officer] in
            try ImportPrices(
                kind: kind, source: source, csv: Array(csv.utf8), acceptingTheRest: accepting, correctionReason: reason
            ).run(in: $0, by: officer, at: now)
        }
    }

    @discardableResult
    func contract(
        _ yuan: String, article: Int = 0, from: Int = 0, through: Int? = nil, source: String = "HT-2026-01",
        correcting reason: String? = nil, at now: Instant = .ofTests
    ) async throws -> [Price] {
        let line = ContractPriceLine(
            article: articles[article], packPrice: try #require(Money(yuan: yuan)), validFrom: day(from),
            validThrough: through.map(day))
        return try await write { [officer, consortium] in
            try RecordContractPrices(company: consortium.supplier, source: source, lines: [line], correctionReason: reason)
                .run(in: $0, by: officer, at: now)
        }
    }

    func prices(_ article: Int = 0, on number: Int = 0, from company: CompanyID? = nil, for person: Principal? = nil) async throws
        -> PricesOnDay
    {
        let article = articles[article]
        return try await write { [officer] in
            try PriceReadings($0).prices(of: article, from: company, on: day(number), for: person ?? officer)
        }
    }

    /// The listed price of the first article on a day, counted from the day of the tests.
    func listed(_ number: Int) async throws -> String? {
        try await prices(on: number).prices.first { $0.kind == .listed }?.packPrice.description
    }
}
