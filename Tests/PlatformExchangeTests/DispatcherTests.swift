import Outbox
import PlatformExchange
import PlatformSimulator
import PooledProcurement
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("Telling platforms")
struct DispatcherTests {
    private static let platforms = ["zhejiang-drugs", "shanghai-drugs"]

    @Test("an order arrives with its lines, and what was said is kept without secrets", arguments: platforms)
    func arrives(platform: String) async throws {
        try await ExchangeWorld.with(platform) { world in
            let order = try await world.bench.order(packs: [10, 6])
            try await world.tell()
            let there = try #require(world.live.first)
            #expect(world.live.count == 1 && there.hospitalKey == order.order.number)
            #expect(there.lines.map(\.packs) == [10, 6])
            #expect(try await world.bench.messages().allSatisfy { $0.state == .accepted })
            let id = world.bench.consortium.id
            let (placed, exchanges) = try await world.bench.database.application.read(as: id.tenant) { transaction in
                let readings = ExchangeReadings(transaction, of: id)
                return (
                    try readings.placedOrders(number: order.order.number),
                    try readings.exchanges(of: order.order.number, at: platform, limit: 10)
                )
            }
            #expect(
                placed.map(\.state) == [.sent] && placed.first?.platformOrder == there.number && placed.first?.linesRefused == 0)
            #expect(exchanges.map(\.outcome) == ["done", "done"] && exchanges.allSatisfy { $0.status == 200 })
            #expect(exchanges.allSatisfy { !$0.sent.contains(ExchangeWorld.secret) && $0.sent.count > 20 })
        }
    }

    @Test(
        "an answer that is lost after the platform has sent an order does not send it again",
        arguments: [("zhejiang-drugs", "ZJ9656"), ("shanghai-drugs", "YY010")])
    func lostAnswer(platform: String, operation: String) async throws {
        let script = [ScriptedFault(operation: operation, fault: .resetAfterCommit)]
        try await ExchangeWorld.with(platform, changing: { $0.script = script }) { world in
            try await world.bench.order()
            try await world.tell()
            #expect(world.live.count == 1 && world.simulator.statement().requests[operation] == 1)
            let messages = try await world.bench.messages()
            #expect(messages.allSatisfy { $0.state == .accepted })
        }
    }

    @Test(
        "an answer that is lost before the platform has done anything is sent again after asking",
        arguments: [("zhejiang-drugs", "ZJ9656"), ("shanghai-drugs", "YY010")])
    func lostRequest(platform: String, operation: String) async throws {
        let script = [ScriptedFault(operation: operation, fault: .resetBeforeCommit)]
        try await ExchangeWorld.with(platform, changing: { $0.script = script }) { world in
            try await world.bench.order()
            try await world.tell()
            #expect(world.live.count == 1 && world.simulator.statement().requests[operation] == 2)
        }
    }

    @Test("a draft whose answer was lost is told again, and one of the drafts alone becomes an order", arguments: platforms)
    func lostDraft(platform: String) async throws {
        let operation = platform == "zhejiang-drugs" ? "ZJ9653" : "YY009"
        let script = [ScriptedFault(operation: operation, fault: .resetAfterCommit)]
        try await ExchangeWorld.with(platform, changing: { $0.script = script }) { world in
            try await world.bench.order()
            try await world.tell()
            #expect(world.live.count == 1)
        }
    }

    @Test("what cannot be said in the platform's codes waits for a person and no other document does", arguments: platforms)
    func missingCode(platform: String) async throws {
        try await ExchangeWorld.with(platform, hasCodes: false) { world in
            let bench = world.bench
            try await bench.order()
            try await world.tell()
            let failed = try #require(try await bench.messages().first)
            #expect(failed.state == .refused && failed.reason.contains("has no code at \(platform)"))
            #expect(world.simulator.statement().orders.isEmpty)
            try await bench.setCodes()
            try await bench.order()
            try await world.tell()
            #expect(world.live.count == 1)
            let officer = bench.consortium.officer
            try await bench.write {
                try DecideMessage(failed.id, .release(corrected: nil), reason: "编码已补").run(in: $0, by: officer, at: .ofTests)
            }
            try await world.tell()
            #expect(world.live.count == 2)
        }
    }

    @Test("a cancelled order is void there, or says why it is not", arguments: platforms)
    func cancelled(platform: String) async throws {
        try await ExchangeWorld.with(
            platform,
            changing: {
                $0.zhejiang.cancelAfterSend = .voidsUndelivered
                $0.suppliersSide.answerDelay = 86_400_000...86_400_000
            }
        ) { world in
            let order = try await world.bench.order()
            try await world.tell()
            try await world.bench.write { try TellCancelledOrder(order).run(in: $0, for: world.bench.consortium.id, at: .ofTests) }
            try await world.tell()
            let last = try #require(try await world.bench.messages().last)
            #expect(last.kind == "void-order")
            #expect(last.state == .accepted ? world.live.isEmpty : !last.reason.isEmpty, "\(last)")
        }
    }

    @Test("through every fault each order is there once", arguments: platforms, [UInt64(1), 2])
    func everyFault(platform: String, seed: UInt64) async throws {
        try await ExchangeWorld.with(
            platform,
            changing: {
                $0.seed = seed
                $0.faults = Dictionary(uniqueKeysWithValues: SimulatorFault.allCases.map { ($0, 400) })
            }
        ) { world in
            for _ in 0..<25 { try await world.bench.order(packs: [3, 2, 1]) }
            try await world.tell()
            let keys = world.live.map(\.hospitalKey)
            #expect(Set(keys).count == 25 && keys.count == 25)
            #expect(try await world.bench.messages().allSatisfy { $0.state == .accepted })
        }
    }
}
