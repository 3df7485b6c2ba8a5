import Formulary
import Foundation
import Outbox
import PlatformExchange
import Postgres
import Primitives
import TestSupport
import Testing
import Web

@Suite("Routes of the platform exchange")
struct PlatformExchangeRouteTests {
    private static let base = "/api/v1/platform-exchange"

    private func withExchange(_ body: @escaping @Sendable (ServedWeb, SmallConsortium, TestDatabase) async throws -> Void)
        async throws
    {
        try await withTestDatabase { database in
            let small = try await SmallConsortium.make(in: database)
            let account = RegisteredAccount(
                platform: "zhejiang-drugs", institution: "H33010200001", address: "http://127.0.0.1:9", secrets: "small",
                kinds: [.western])
            try await database.application.write(as: small.id.tenant) { transaction in
                try RegisterAccount(account, known: ["zhejiang-drugs"]).run(in: transaction, by: small.officer, at: .ofTests)
                try AnnounceFact(
                    about: OutboxDocument(at: "zhejiang-drugs", key: "CG-1"), kind: "create-order",
                    businessKey: "CG-1/create-order",
                    content: JSONText(#"{"order":"x"}"#)
                ).run(in: transaction, for: small.id, at: .ofTests)
            }
            try await withServer(
                PlatformExchangeRoutes.endpoints, on: database.application, people: [small.officer, small.storekeepers[0]]
            ) { web in try await body(web, small, database) }
        }
    }

    @Test("what is open is seen by those who run procurement, and by nobody else")
    func status() async throws {
        try await withExchange { web, small, _ in
            let status = try await web.get("\(Self.base)/status", as: small.officer)
            #expect(status.status == 200 && status.json["items"]?[0]?["open"]?.integer == 1)
            let accounts = try await web.get("\(Self.base)/accounts", as: small.officer)
            #expect(accounts.json["items"]?[0]?["platform"]?.string == "zhejiang-drugs" && !accounts.text.contains("secrets"))
            #expect(try await web.get("\(Self.base)/status", as: small.storekeepers[0]).status == 403)
            let none = try await web.get("\(Self.base)/exchanges?platform=zhejiang-drugs&document=CG-1", as: small.officer)
            #expect(none.status == 200 && none.json["items"]?.elements.isEmpty == true)
            let differences = try await web.get("\(Self.base)/differences?platform=zhejiang-drugs", as: small.officer)
            #expect(differences.status == 200 && differences.json["items"]?.elements.isEmpty == true)
        }
    }

    @Test("a failed message is shown, corrected, released and discarded; what has not failed is not")
    func decide() async throws {
        try await withExchange { web, small, database in
            let id = small.id
            func fail() async throws {
                try await database.application.write(as: id.tenant) { transaction in
                    let delivery = Delivery(transaction, for: id)
                    let until = Instant.ofTests.adding(.seconds(3_600 * 24 * 365 * 10))
                    let now = until.adding(.seconds(-60))
                    for claim in try delivery.claim(at: "zhejiang-drugs", most: 1, until: until, at: now) {
                        try delivery.begin(claim, until: until, at: now)
                        _ = try delivery.settle(claim, .refused(reason: "E1 价格有误"), until: until, at: now)
                    }
                }
            }
            let early = try await web.post(
                "\(Self.base)/messages/1/decision", JSONValue(parsing: #"{"decision":"release","reason":"再试"}"#), as: small.officer)
            #expect(early.status == 409 && early.json["code"]?.string == "outbox.message-not-failed", "\(early.text)")
            try await fail()
            let failed = try await web.get("\(Self.base)/failed-messages", as: small.officer)
            let message = try #require(failed.json["items"]?[0])
            #expect(message["reason"]?.string == "E1 价格有误" && message["state"]?.string == "refused")
            let number = try #require(message["message"]?.integer)
            let bad = try await web.post(
                "\(Self.base)/messages/\(number)/decision",
                JSONValue(parsing: #"{"decision":"release","reason":"更正","corrected":"{"}"#),
                as: small.officer)
            #expect(bad.status == 400 && bad.json["field"]?.string == "corrected", "\(bad.text)")
            let released = try await web.post(
                "\(Self.base)/messages/\(number)/decision",
                JSONValue(parsing: #"{"decision":"release","reason":"更正","corrected":"{\"order\":\"y\"}"}"#), as: small.officer)
            #expect(released.status == 200 && released.json["state"]?.string == "pending", "\(released.text)")
            try await fail()
            let discarded = try await web.post(
                "\(Self.base)/messages/\(number)/decision", JSONValue(parsing: #"{"decision":"discard","reason":"线下处理"}"#),
                as: small.officer)
            #expect(discarded.status == 200 && discarded.json["state"]?.string == "discarded")
        }
    }

    @Test("a difference is settled once, with a reason")
    func settle() async throws {
        try await withExchange { web, small, database in
            try await database.owner.write {
                _ = try $0.execute(
                    """
                    INSERT INTO platform_exchange.difference (consortium_id, platform, kind, subject, ours, theirs, found_at)
                    VALUES (\(small.id), 'zhejiang-drugs', 'quantity', 'order CG-1/1', '3 packs', '2 packs', \(Instant.ofTests))
                    """)
            }
            let found = try await web.get("\(Self.base)/differences?platform=zhejiang-drugs", as: small.officer)
            let number = try #require(found.json["items"]?[0]?["id"]?.integer)
            let path = "\(Self.base)/differences/\(number)/settlement"
            let blank = try await web.post(
                path, JSONValue(parsing: #"{"platform":"zhejiang-drugs","reason":" "}"#), as: small.officer)
            #expect(blank.status == 422)
            let settled = try await web.post(
                path, JSONValue(parsing: #"{"platform":"zhejiang-drugs","reason":"电话核实"}"#), as: small.officer)
            #expect(settled.status == 200 && settled.json["items"]?.elements.isEmpty == true)
            let again = try await web.post(
                path, JSONValue(parsing: #"{"platform":"zhejiang-drugs","reason":"又"}"#), as: small.officer)
            #expect(again.status == 404)
        }
    }
}
