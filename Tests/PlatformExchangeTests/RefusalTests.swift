import Outbox
import PlatformExchange
import PlatformMessages
import PlatformSimulator
import PooledProcurement
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("Answers that a dispatcher does not believe at once")
struct RefusalTests {
    /// The whole log of an order, oldest first.
    private func outcomes(_ number: String, _ bench: ExchangeBench) async throws -> [String] {
        let (id, platform) = (bench.consortium.id, bench.platform)
        let exchanges = try await bench.database.application.read(as: id.tenant) {
            try ExchangeReadings($0, of: id).exchanges(of: number, at: platform, limit: 50)
        }
        return exchanges.compactMap(\.outcome).reversed()
    }

    @Test("a no that names nothing is believed when it was heard three times and the platform has not done it")
    func namesNothing() async throws {
        try await ExchangeWorld.with("zhejiang-drugs", changing: { $0.zhejiang.cancelAfterSend = .refuses }) { world in
            let bench = world.bench
            let order = try await bench.order()
            try await world.tell()
            try await bench.write { try TellCancelledOrder(order).run(in: $0, for: bench.consortium.id, at: .ofTests) }
            try await world.tell()
            let last = try #require(try await bench.messages().last)
            #expect(last.kind == "void-order" && last.state == .refused && last.tries == 3 && !last.reason.isEmpty, "\(last)")
            #expect(world.simulator.statement().requests["ZJ9655"] == 3)
            #expect(try await outcomes(order.order.number, bench).filter { $0 == "doubtful" }.count == 3)

            // Whoever lets it go again is told no three times again.
            let officer = bench.consortium.officer
            try await bench.write {
                try DecideMessage(last.id, .release(corrected: nil), reason: "再试一次").run(in: $0, by: officer, at: .ofTests)
            }
            try await world.tell()
            let again = try #require(try await bench.messages().last)
            #expect(again.state == .refused && again.tries == 6, "\(again)")
        }
    }

    @Test("a content that is another document's is not told")
    func anotherContent() async throws {
        try await ExchangeWorld.with("zhejiang-drugs", hasCodes: false) { world in
            let bench = world.bench
            try await bench.order()
            let other = try await bench.order()
            try await world.tell()
            let failed = try #require(try await bench.messages().first)
            try await bench.setCodes()
            let content = try #require(try await bench.messages().first { $0.document.key == other.order.number }?.content)
            let officer = bench.consortium.officer
            try await bench.write {
                try DecideMessage(failed.id, .release(corrected: content), reason: "改正").run(in: $0, by: officer, at: .ofTests)
            }
            try await world.tell()
            let again = try #require(try await bench.messages().first)
            #expect(again.state == .refused && again.reason.contains(other.order.number), "\(again.reason)")
            #expect(world.live.isEmpty)
        }
    }

    @Test("a number that another order has already is no number of this one, and what was answered is kept")
    func numberTwice() async throws {
        try await ExchangeWorld.with("shanghai-drugs") { world in
            let bench = world.bench
            let first = try await bench.order()
            try await world.tell()
            // A platform that has forgotten everything begins with the same numbers.
            var options = SimulatorOptions()
            options.acceptsUnknownCodes = true
            options.accounts = [
                SimulatorAccount(
                    user: "H33010200001", secret: ExchangeWorld.secret, appCode: "app-code", authCode: "auth-code",
                    institution: "H33010200001")
            ]
            let forgetful = PlatformSimulator(options)
            let port = try await forgetful.start()
            try await bench.register(address: "http://127.0.0.1:\(port)/shanghai-drugs")
            let second = try await bench.order()
            try await world.tell()
            await forgetful.stop()
            let messages = try await bench.messages().filter { $0.document.key == second.order.number }
            #expect(messages.first?.state == .dead && messages.first?.reason.contains("platform_order_is_one_order") == true)
            #expect(try await outcomes(second.order.number, bench) == ["done"])
            #expect(try await outcomes(first.order.number, bench) == ["done", "done"])
        }
    }
}
