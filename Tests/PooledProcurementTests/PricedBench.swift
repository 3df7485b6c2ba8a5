import Foundation
import PooledProcurement
import Postgres
import Prices
import Primitives
import Tendering
import TestSupport
import Testing

/// The bench of procurement, buying on the platform of Zhejiang: prices of its first article, and orders for it, on days
/// counted from the day of the tests.
struct PricedBench {
    let procurement: ProcurementBench

    var officer: Principal { procurement.officer }
    var articles: [ArticleID] { procurement.consortium.articles }
    var today: CalendarDate { procurement.start.businessDay }

    init(_ database: TestDatabase) async throws {
        procurement = try await ProcurementBench(database)
        try await write { [officer] in _ = try ChoosePlatform(platform: "330000").run(in: $0, by: officer, at: .ofTests) }
    }

    func day(_ number: Int) -> CalendarDate { today.adding(days: number) }

    func moment(_ number: Int) -> Instant { procurement.start.adding(.seconds(number * 86_400)) }

    func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await procurement.write(body)
    }

    /// Imports rows such as `12.50,0,9`: yuan, first and last day.
    func list(_ rows: [String], _ kind: PublishedKind = .listed) async throws {
        let lines = rows.map { row in
            let fields = row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            return "\(articles[0]),\(fields[0])," + fields[1...].map { Int($0).map { day($0).description } ?? "" }.joined(separator: ",")
        }
        let csv = (["article,pack_price,valid_from,valid_through"] + lines).joined(separator: "\n")
        let report = try await write { [officer] in
            try ImportPrices(kind: kind, source: "浙药采〔2026〕3号", csv: Array(csv.utf8)).run(in: $0, by: officer, at: .ofTests)
        }
        try #require(report.isApplied, "\(report.problems)")
    }

    func contract(_ yuan: String, from first: Int) async throws {
        let line = ContractPriceLine(article: articles[0], packPrice: try #require(Money(yuan: yuan)), validFrom: day(first))
        try await write { [officer, procurement] in
            _ = try RecordContractPrices(company: procurement.consortium.supplier, source: "HT-2026-01", lines: [line])
                .run(in: $0, by: officer, at: .ofTests)
        }
    }

    /// Ends the awarded price of a tender of one award.
    func endAward(of tender: TenderID, on last: Int) async throws {
        let article = articles[0]
        try await write { [officer, procurement] transaction in
            let awarded = try PriceReadings(transaction).history(of: article, limit: 100, for: officer)
                .first { $0.tender == tender.rawValue }
            let price = try #require(awarded)
            try EndPrice(kind: .awarded, price: price.id, lastDay: day(last), reason: "中选企业停产")
                .run(in: transaction, by: officer, at: procurement.closing)
        }
    }

    @discardableResult
    func place(
        _ yuan: String, route: PurchaseRoute = .listed, on number: Int, in database: Database? = nil
    ) async throws -> OrderDetail {
        let order = CreateOrder(
            id: OrderID(UUID()), company: procurement.consortium.supplier, facility: procurement.consortium.townships[0],
            store: procurement.consortium.pharmacies[0],
            lines: [OrderLineTerms(article: articles[0], packs: 10, packPrice: try #require(Money(yuan: yuan)), route: route)],
            reason: "补货")
        return try await (database ?? procurement.database.application).write(as: procurement.consortium.id.tenant) { [officer] in
            try order.run(in: $0, by: officer, at: moment(number))
        }
    }

    func order(_ pool: PoolID, _ tender: TenderID, on number: Int) async throws -> OrderingResult {
        try await write { [officer] in
            try OrderFromAwards(pool: pool, tender: tender).run(in: $0, by: officer, at: moment(number))
        }
    }

    func approve(_ order: OrderID, on number: Int) async throws {
        try await write { [officer] in _ = try ApproveOrder(order: order).run(in: $0, by: officer, at: moment(number)) }
    }

    @discardableResult
    func send(_ order: OrderID, on number: Int) async throws -> OrderDetail {
        try await write { [officer] in try SendOrder(order: order).run(in: $0, by: officer, at: moment(number)) }
    }

    @discardableResult
    func change(_ order: OrderID, _ change: LineChange, on number: Int) async throws -> OrderDetail {
        try await write { [officer] in
            try ChangeOrder(order: order, changes: [change], reason: "调价", agreedWith: "电话，张经理")
                .run(in: $0, by: officer, at: moment(number))
        }
    }
}
