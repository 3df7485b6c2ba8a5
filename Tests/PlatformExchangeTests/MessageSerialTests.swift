import Postgres
import TestSupport
import Testing

@testable import PlatformExchange

@Suite("Serials of messages")
struct MessageSerialTests {
    private func next(_ bench: ExchangeBench) async throws -> Int { try await bench.write { try MessageSerials($0).next() } }

    @Test("no two are the same, whoever draws them at the same time, until all have been drawn")
    func serials() async throws {
        try await withTestDatabase { database in
            let bench = try await ExchangeBench.make(in: database)
            let drawn = try await withThrowingTaskGroup { group in
                for _ in 0..<100 { group.addTask { try await next(bench) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(drawn) == Set(0..<100))
            _ = try await database.owner.write { try $0.execute("SELECT setval('platform_exchange.message_serial', 9998)") }
            #expect(try await next(bench) == 9_999)
            #expect(try await next(bench) == 0)
        }
    }
}
