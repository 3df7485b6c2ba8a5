import Formulary
import Foundation
import Outbox
import PlatformExchange
import PooledProcurement
import Postgres
import Primitives
import TestSupport

/// The small consortium with an account at a platform that knows its articles, its supplier and its stores.
struct ExchangeBench: Sendable {
    let database: TestDatabase
    let consortium: SmallConsortium
    let platform: String

    static func make(
        in database: TestDatabase, platform: String = "zhejiang-drugs", address: String = "http://127.0.0.1:9",
        hasCodes: Bool = true
    ) async throws -> ExchangeBench {
        let bench = ExchangeBench(database: database, consortium: try await SmallConsortium.make(in: database), platform: platform)
        try await bench.register(address: address)
        if hasCodes { try await bench.setCodes() }
        return bench
    }

    func register(address: String, isActive: Bool = true) async throws {
        let (officer, platform) = (consortium.officer, platform)
        let account = RegisteredAccount(
            platform: platform, institution: "H33010200001", address: address,
            settings: Self.settings(of: platform), secrets: "small",
            kinds: [.western, .patent], isActive: isActive)
        try await write { try RegisterAccount(account, known: [platform]).run(in: $0, by: officer, at: .ofTests) }
    }

    private static func settings(of platform: String) -> [String: String] {
        [
            "contact": "采购中心", "telephone": "0571-00000000", "invoice-title": "县医共体", "user": "H33010200001", "ip": "127.0.0.1",
            "mac": "000000000000", "order-type": "1", "token-path": "/token",
            "service-path": platform.hasPrefix("zhejiang") ? "/service" : "/ysxt-ws/service/mainservice",
        ]
    }

    func setCodes() async throws {
        let (officer, consortium, platform) = (consortium.officer, consortium, platform)
        let codes = SetPlatformCodes(
            platform: platform,
            articles: consortium.articles.enumerated().map { .init(article: $1, code: "XN0000000000\($0)", purchaseKind: "1") },
            companies: [.init(company: consortium.supplier, code: "91330100799655058B")],
            stores: ([consortium.centralStore] + consortium.pharmacies).enumerated().map { .init(store: $1, code: "PSD\($0)") })
        try await write { try codes.run(in: $0, by: officer, at: .ofTests) }
    }

    /// Makes an order of so many packs of each of the consortium's articles, sends it and tells the platforms.
    @discardableResult
    func order(packs: [Int64] = [10, 6], at now: Instant = .ofTests) async throws -> OrderDetail {
        let (officer, consortium) = (consortium.officer, consortium)
        let id = OrderID(UUID())
        let terms = zip(consortium.articles, packs).filter { $0.1 > 0 }.map {
            OrderLineTerms(article: $0, packs: $1, packPrice: Money(tenThousandths: 125_000), route: .emergency)
        }
        return try await write { transaction in
            _ = try CreateOrder(
                id: id, company: consortium.supplier, facility: consortium.townships[0], store: consortium.pharmacies[0],
                lines: terms,
                reason: "急用"
            ).run(in: transaction, by: officer, at: now)
            _ = try ApproveOrder(order: id).run(in: transaction, by: officer, at: now)
            let sent = try SendOrder(order: id).run(in: transaction, by: officer, at: now)
            try TellOrder(sent).run(in: transaction, for: consortium.id, at: now)
            return sent
        }
    }

    @discardableResult
    func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await database.application.write(as: consortium.id.tenant, body)
    }

    func messages() async throws -> [OutboxMessage] {
        let id = consortium.id
        return try await database.application.read(as: id.tenant) { transaction in
            let ids = try transaction.query("SELECT message_id FROM outbox.message ORDER BY message_id") {
                try $0["message_id"] as OutboxMessageID
            }
            return try ids.map { try OutboxReadings(transaction, of: id).message($0) }
        }
    }
}
