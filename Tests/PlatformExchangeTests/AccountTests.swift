import Formulary
import PlatformExchange
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("Accounts at platforms")
struct AccountTests {
    private static let sound = RegisteredAccount(
        platform: "zhejiang-drugs", institution: "H33010200001", address: "https://platform.example", secrets: "small",
        kinds: [.western])

    private func changed(
        platform: String = "zhejiang-drugs", institution: String = "H33010200001", address: String = "https://platform.example",
        secrets: String = "small", hasKinds: Bool = true
    ) -> RegisteredAccount {
        RegisteredAccount(
            platform: platform, institution: institution, address: address, secrets: secrets, kinds: hasKinds ? [.western] : [])
    }

    @Test("what is not sound is refused, each by its field, and nothing is kept")
    func refused() async throws {
        try await withTestDatabase { database in
            let small = try await SmallConsortium.make(in: database)
            let cases: [(RegisteredAccount, String, String)] = [
                (changed(platform: "atlantis"), "platform-exchange.platform-unknown", "platform"),
                (changed(institution: " "), "platform-exchange.account-incomplete", "institution"),
                (changed(secrets: ""), "platform-exchange.account-incomplete", "secrets"),
                (changed(secrets: "../etc/passwd"), "platform-exchange.account-incomplete", "secrets"),
                (changed(hasKinds: false), "platform-exchange.account-incomplete", "kinds"),
                (changed(address: "http://platform.example"), "platform-exchange.address-invalid", "address"),
                (changed(address: "http://127.0.0.1.platform.example"), "platform-exchange.address-invalid", "address"),
                (changed(address: "https://platform.example/"), "platform-exchange.address-invalid", "address"),
                (changed(address: "https://platform.example x"), "platform-exchange.address-invalid", "address"),
            ]
            for (account, code, field) in cases {
                await expectRefusal(code, field: field) {
                    try await database.application.write(as: small.id.tenant) {
                        try RegisterAccount(account, known: ["zhejiang-drugs"]).run(in: $0, by: small.officer, at: .ofTests)
                    }
                }
            }
            let kept = try await database.owner.read {
                try $0.first("SELECT count(*) AS n FROM platform_exchange.account") { try $0["n"] as Int }
            }
            #expect(kept == 0)
        }
    }

    @Test("at a platform of which too little is known there is none, and the refusal says what is unknown")
    func undescribed() async throws {
        try await withTestDatabase { database in
            let small = try await SmallConsortium.make(in: database)
            let account = changed(platform: "sichuan-drugs")
            await expectRefusal("platform-exchange.platform-undescribed", field: "platform") {
                try await database.application.write(as: small.id.tenant) {
                    try RegisterAccount(
                        account, known: ["zhejiang-drugs"], undescribed: ["sichuan-drugs": ["every message", "codes"]]
                    )
                    .run(in: $0, by: small.officer, at: .ofTests)
                }
            }
            do {
                try await database.application.write(as: small.id.tenant) {
                    try RegisterAccount(
                        account, known: ["sichuan-drugs"], undescribed: ["sichuan-drugs": ["every message", "codes"]]
                    )
                    .run(in: $0, by: small.officer, at: .ofTests)
                }
            } catch let refusal as PlatformExchangeRefusal {
                #expect(refusal.detail == "sichuan-drugs: unknown are every message; codes")
                #expect(refusal.refusalCode.category == .conflict)
            }
        }
    }

    @Test("only a supervisor registers, and a second registration changes the first")
    func changes() async throws {
        try await withTestDatabase { database in
            let bench = try await ExchangeBench.make(in: database, hasCodes: false)
            let small = bench.consortium
            await expectRefusal("identity.role-missing") {
                try await bench.write {
                    try RegisterAccount(Self.sound, known: ["zhejiang-drugs"]).run(in: $0, by: small.storekeepers[0], at: .ofTests)
                }
            }
            try await bench.write {
                try RegisterAccount(Self.sound, known: ["zhejiang-drugs"]).run(in: $0, by: small.officer, at: .ofTests)
            }
            let address = try await database.owner.read {
                try $0.query("SELECT address FROM platform_exchange.account") { try $0["address"] as String }
            }
            #expect(address == ["https://platform.example"])
        }
    }

    @Test("codes are of an account, say something and stand for something")
    func codes() async throws {
        try await withTestDatabase { database in
            let bench = try await ExchangeBench.make(in: database)
            let small = bench.consortium
            let cases: [(SetPlatformCodes, String)] = [
                (SetPlatformCodes(platform: "shanghai-drugs"), "platform-exchange.account-unknown"),
                (
                    SetPlatformCodes(platform: "zhejiang-drugs", articles: [.init(article: small.articles[0], code: " ")]),
                    "platform-exchange.code-invalid"
                ),
                (
                    SetPlatformCodes(platform: "zhejiang-drugs", articles: [.init(article: ArticleID(0), code: "1")]),
                    "platform-exchange.code-invalid"
                ),
                (
                    SetPlatformCodes(platform: "zhejiang-drugs", stores: [.init(store: StoreID(0), code: "1")]),
                    "platform-exchange.code-invalid"
                ),
            ]
            for (codes, refusal) in cases {
                await expectRefusal(refusal) { try await bench.write { try codes.run(in: $0, by: small.officer, at: .ofTests) } }
            }
        }
    }
}
