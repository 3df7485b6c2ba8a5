import Postgres
import Primitives
import TestSupport
import Testing

@testable import PlatformExchange

@Suite("Differences")
struct SettleDifferenceTests {
    @Test("one is open once, settles when it agrees again or when a person says so, and may open anew")
    func life() async throws {
        try await withTestDatabase { database in
            let bench = try await ExchangeBench.make(in: database)
            let (id, officer) = (bench.consortium.id, bench.consortium.officer)
            func store<Value: Sendable>(_ body: @escaping @Sendable (DifferencesStore) throws -> Value) async throws -> Value {
                try await bench.write { try body(DifferencesStore($0, id, "zhejiang-drugs")) }
            }
            try await store { store in
                try store.open(.quantity, "order A/1", ours: "3", theirs: "2", at: .ofTests)
                try store.open(.quantity, "order A/1", ours: "3", theirs: "1", at: .ofTests)
                try store.open(.state, "order A/1", ours: "sent", theirs: "void", at: .ofTests)
            }
            let open = try await store { try $0.open(limit: 10) }
            #expect(open.map { "\($0.kind.rawValue) \($0.theirs)" } == ["quantity 1", "state void"])
            try await store { try $0.agree("order A/1", except: [.state], at: .ofTests) }
            let left = try await store { try $0.open(limit: 10) }
            let difference = try #require(left.first)
            #expect(left.count == 1 && difference.kind == .state)
            await expectRefusal("platform-exchange.reason-missing", field: "reason") {
                try await bench.write {
                    try SettleDifference(difference.id, at: "zhejiang-drugs", reason: " ").run(in: $0, by: officer, at: .ofTests)
                }
            }
            try await bench.write {
                try SettleDifference(difference.id, at: "zhejiang-drugs", reason: "电话核实").run(in: $0, by: officer, at: .ofTests)
            }
            await expectRefusal("platform-exchange.difference-unknown") {
                try await bench.write {
                    try SettleDifference(difference.id, at: "zhejiang-drugs", reason: "又一次").run(in: $0, by: officer, at: .ofTests)
                }
            }
            try await store { try $0.open(.state, "order A/1", ours: "sent", theirs: "void", at: .ofTests) }
            #expect(try await store { try $0.open(limit: 10) }.isEmpty, "what a person has settled as it is stays settled")
            try await store { try $0.open(.state, "order A/1", ours: "sent", theirs: "closed", at: .ofTests) }
            #expect(try await store { try $0.open(limit: 10) }.count == 1)
        }
    }
}
