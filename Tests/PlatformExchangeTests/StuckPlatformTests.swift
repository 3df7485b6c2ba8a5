import Formulary
import Outbox
import PlatformExchange
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("Platforms that are stuck or gone")
struct StuckPlatformTests {
    @Test("one that cannot be reached is left alone after a few failures, and delays no other")
    func gone() async throws {
        try await ExchangeWorld.with("zhejiang-drugs") { world in
            let bench = world.bench
            let officer = bench.consortium.officer
            // Nobody listens there; nothing but morphine is bought there.
            let gone = RegisteredAccount(
                platform: "shanghai-drugs", institution: "H33010200001", address: "http://127.0.0.1:9", settings: [:],
                secrets: "gone",
                kinds: [.herbal])
            try await bench.write { try RegisterAccount(gone, known: ["shanghai-drugs"]).run(in: $0, by: officer, at: .ofTests) }
            let id = bench.consortium.id
            for number in 0..<20 {
                try await bench.write {
                    try AnnounceFact(
                        about: OutboxDocument(at: "shanghai-drugs", key: "G\(number)"), kind: "accept-delivery",
                        businessKey: "G\(number)",
                        content: JSONText(
                            #"{"deliveryLine":"1","platformOrderLine":"","platformNote":"","supplier":"1","product":"1","noteBarcode":"1","batch":"B","packsDelivered":1,"packsAccepted":1,"reason":""}"#
                        )
                    ).run(in: $0, for: id, at: .ofTests)
                }
            }
            try await bench.order()
            try await world.use { dispatcher in
                try await withThrowingTaskGroup { group in
                    group.addTask { await dispatcher.run() }
                    while try await open(bench, at: "zhejiang-drugs") > 0 { await Task.yield() }
                    group.cancelAll()
                }
            }
            #expect(world.live.count == 1)
            #expect(try await open(bench, at: "shanghai-drugs") == 20)
        }
    }

    private func open(_ bench: ExchangeBench, at destination: String) async throws -> Int {
        let id = bench.consortium.id
        return try await bench.database.application.read(as: id.tenant) { transaction in
            try OutboxReadings(transaction, of: id).status().first { $0.destination == destination }?.open ?? 0
        }
    }

    @Test("an account without secrets holds up no other")
    func withoutSecrets() async throws {
        try await ExchangeWorld.with("zhejiang-drugs") { world in
            let bench = world.bench
            let officer = bench.consortium.officer
            let nobody = RegisteredAccount(
                platform: "atlantis", institution: "1", address: "http://127.0.0.1:9", secrets: "none", kinds: [.herbal])
            try await bench.write { try RegisterAccount(nobody, known: ["atlantis"]).run(in: $0, by: officer, at: .ofTests) }
            try await bench.order()
            let counts = try await world.tell()
            #expect(world.live.count == 1 && counts.troubles["atlantis"] != nil)
        }
    }

    @Test("two accounts never buy the same kind")
    func sameKind() async throws {
        try await withTestDatabase { database in
            let bench = try await ExchangeBench.make(in: database)
            let officer = bench.consortium.officer
            let other = RegisteredAccount(
                platform: "shanghai-drugs", institution: "1", address: "http://127.0.0.1:9", secrets: "other",
                kinds: [.herbal, .patent])
            await expectRefusal("platform-exchange.kind-bought-elsewhere", field: "kinds") {
                try await bench.write {
                    try RegisterAccount(other, known: ["shanghai-drugs"]).run(in: $0, by: officer, at: .ofTests)
                }
            }
        }
    }

    @Test("months that are not kept any more are dropped")
    func retention() async throws {
        try await withTestDatabase { database in
            let dropped = try await database.owner.write {
                try $0.first("SELECT platform_exchange.drop_months('2026-03-15') AS dropped") { try $0["dropped"] as Int }
            }
            #expect(dropped == 4)
        }
    }
}
