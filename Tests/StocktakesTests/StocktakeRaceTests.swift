import Foundation
import Postgres
import Primitives
import StockLedger
import TestSupport
import Testing

@testable import Stocktakes

@Suite("Stocktakes at the same moment")
struct StocktakeRaceTests {
    private func withRacers(_ body: (CountRoom, Database) async throws -> Void) async throws {
        try await withCountRoom { room in
            let pool = Database(
                DatabaseConfiguration(conninfo: room.database.conninfo, connections: 16, role: "lianyao_application"))
            do {
                try await body(room, pool)
            } catch {
                await pool.close()
                throw error
            }
            await pool.close()
        }
    }

    /// What each of `tasks` came to, run at once.
    private func outcomes(
        of tasks: [@Sendable (Transaction) throws -> Void], _ room: CountRoom, _ pool: Database
    ) async -> [String] {
        await withTaskGroup(of: String.self) { group in
            for task in tasks {
                group.addTask { await refusal { try await pool.write(as: room.consortium.id.tenant, task) } }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
    }

    @Test("of two people who count one line at once, one has counted it", arguments: 0..<4)
    func oneCounter(round: Int) async throws {
        try await withRacers { room, pool in
            let opened = try await room.open()
            let numbers = try await room.numbers(of: opened.id)
            let (first, other) = (try #require(numbers["A1"]), try #require(numbers["B1"]))
            let tasks = (0..<16).map { number -> @Sendable (Transaction) throws -> Void in
                let person = number.isMultiple(of: 2) ? room.keeper : room.second
                // Half name the lines the other way round, so that locks would cross if they were taken as named.
                let lines = number % 4 < 2 ? [first, other] : [other, first]
                return { transaction in
                    try CountLines(stocktake: opened.id, counts: lines.map { .init(line: $0, counted: 60) })
                        .run(in: transaction, by: person, at: room.now)
                }
            }
            let outcomes = await outcomes(of: tasks, room, pool)
            #expect(outcomes.filter { $0 == "no refusal" }.count == 8, "\(outcomes)")
            #expect(outcomes.filter { $0 == "stocktakes.counted-by-another" }.count == 8, "\(outcomes)")
        }
    }

    @Test("of sixteen approvals at once one posts, and the ledger changes once")
    func approvedOnce() async throws {
        try await withRacers { room, pool in
            let opened = try await room.open()
            try await room.count(opened.id, ["A1": 97, "B1": 60, "B1!": 5])
            try await room.finish(opened.id)
            try await room.explain(opened.id, ["A1": .lost])
            try await room.submit(opened.id)
            let tasks = (0..<16).map { _ -> @Sendable (Transaction) throws -> Void in
                { transaction in
                    _ = try ApproveStocktake(stocktake: opened.id, requestID: UUID())
                        .run(in: transaction, by: room.supervisor, at: room.now)
                }
            }
            let outcomes = await outcomes(of: tasks, room, pool)
            #expect(outcomes.filter { $0 == "no refusal" }.count == 1, "\(outcomes)")
            #expect(outcomes.filter { $0 == "stocktakes.wrong-state" }.count == 15, "\(outcomes)")
            #expect(try await room.held()["A1 available"] == 97)
        }
    }

    @Test("of sixteen who open a stocktake of one store, one has opened it", arguments: CountManner.allCases)
    func openedOnce(manner: CountManner) async throws {
        try await withRacers { room, pool in
            let tasks = (0..<16).map { _ -> @Sendable (Transaction) throws -> Void in
                { transaction in
                    _ = try OpenStocktake(stocktake: StocktakeID(UUID()), store: room.store, manner: manner)
                        .run(in: transaction, by: room.keeper, at: room.now)
                }
            }
            let outcomes = await outcomes(of: tasks, room, pool)
            #expect(outcomes.filter { $0 == "no refusal" }.count == 1, "\(outcomes)")
            #expect(outcomes.filter { $0 == "stocktakes.store-is-being-counted" }.count == 15, "\(outcomes)")
        }
    }

    @Test("no movement slips by a freeze: what is on the sheet is what there is", arguments: 0..<6)
    func freezeUnderLoad(round: Int) async throws {
        try await withRacers { room, pool in
            let id = StocktakeID(UUID())
            let tasks = (0..<16).map { number -> @Sendable (Transaction) throws -> Void in
                { transaction in
                    switch number {
                    case 8:
                        _ = try OpenStocktake(stocktake: id, store: room.store, manner: .frozen)
                            .run(in: transaction, by: room.keeper, at: room.now)
                    case 0..<5:
                        _ = try IssueStock(
                            store: room.store, lines: [ProductQuantity(product: room.consortium.products[0], quantity: 1)],
                            document: "test", requestID: UUID()
                        ).run(in: transaction, by: room.keeper, at: room.now)
                    default:
                        try ReceiveStock(
                            store: room.store, lines: [BatchQuantity(batch: room.key(number % 3, "N\(number)"), quantity: 5)],
                            document: "test", requestID: UUID()
                        ).run(in: transaction, by: room.keeper, at: room.now)
                    }
                }
            }
            let outcomes = await outcomes(of: tasks, room, pool)
            #expect(Set(outcomes).isSubset(of: ["no refusal", "stock-ledger.frozen"]), "\(outcomes)")
            let lines = try await room.read { try $0.lines(of: id, limit: 100) }
            let listed = Dictionary(
                lines.map { ("\($0.batchNumber) \($0.state.rawValue)", $0.book?.rawValue) }, uniquingKeysWith: { first, _ in first })
            #expect(listed == (try await room.held()).mapValues { Optional($0) })
        }
    }

    /// Waits, inside a transaction, until another one waits for an advisory lock.
    private static func awaitWaiter(_ transaction: Transaction) throws {
        for _ in 0..<100_000 {
            let waiting = try transaction.execute("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
            if waiting > 0 { return }
        }
        Issue.record("nobody waits at the gate")
    }

    /// Runs `first` in a transaction that ends only when `second`, begun after it, waits for it.
    private func overlap(
        _ room: CountRoom, _ pool: Database, first: @escaping @Sendable (Transaction) throws -> Void,
        second: @escaping @Sendable (Transaction) throws -> Void
    ) async -> (first: String, second: String) {
        let (begun, beginning) = AsyncStream.makeStream(of: Void.self)
        async let one = refusal {
            try await pool.write(as: room.consortium.id.tenant) { transaction in
                defer { beginning.finish() }
                try first(transaction)
                beginning.finish()
                try Self.awaitWaiter(transaction)
            }
        }
        for await _ in begun {}
        let two = await refusal { try await pool.write(as: room.consortium.id.tenant, second) }
        return (await one, two)
    }

    @Test("a movement that has begun before the freeze is on the sheet")
    func movementFirst() async throws {
        try await withRacers { room, pool in
            let id = StocktakeID(UUID())
            let outcome = await overlap(room, pool) { transaction in
                try ReceiveStock(
                    store: room.store, lines: [BatchQuantity(batch: room.key(0, "NEW"), quantity: 5)], document: "test",
                    requestID: UUID()
                ).run(in: transaction, by: room.keeper, at: room.now)
            } second: { transaction in
                _ = try OpenStocktake(stocktake: id, store: room.store, manner: .frozen)
                    .run(in: transaction, by: room.keeper, at: room.now)
            }
            #expect([outcome.first, outcome.second] == ["no refusal", "no refusal"])
            let numbers = try await room.numbers(of: id)
            #expect(numbers["NEW"] != nil)
        }
    }

    @Test("a movement that begins while a store is being frozen is refused")
    func freezeFirst() async throws {
        try await withRacers { room, pool in
            let outcome = await overlap(room, pool) { transaction in
                _ = try OpenStocktake(stocktake: StocktakeID(UUID()), store: room.store, manner: .frozen)
                    .run(in: transaction, by: room.keeper, at: room.now)
            } second: { transaction in
                try ReceiveStock(
                    store: room.store, lines: [BatchQuantity(batch: room.key(0, "NEW"), quantity: 5)], document: "test",
                    requestID: UUID()
                ).run(in: transaction, by: room.keeper, at: room.now)
            }
            #expect([outcome.first, outcome.second] == ["no refusal", "stock-ledger.frozen"])
        }
    }
}
