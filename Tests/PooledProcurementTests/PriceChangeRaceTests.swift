import Foundation
import PooledProcurement
import Postgres
import Prices
import Primitives
import Synchronization
import TestSupport
import Testing

@Suite("A price that changes while an order is placed")
struct PriceChangeRaceTests {
    /// A door that a transaction waits at until the test opens it.
    private final class Gate: Sendable {
        private let semaphore = DispatchSemaphore(value: 0)
        private let reached = Mutex(false)

        var isReached: Bool { reached.withLock { $0 } }

        func open() { semaphore.signal() }

        /// Waits for ``open()``, at most 20 seconds.
        func pass() {
            reached.withLock { $0 = true }
            _ = semaphore.wait(timeout: .now() + 20)
        }
    }

    /// Waits until `condition` holds; the caller's next expectation fails when it never does.
    private func wait(until condition: () async throws -> Bool) async throws {
        let clock = ContinuousClock()
        let end = clock.now + .seconds(20)
        while try await !condition(), clock.now < end { await Task.yield() }
    }

    /// How many transactions of the database wait for an advisory lock.
    private func waiting(_ database: TestDatabase) async throws -> Int {
        try await database.owner.read { transaction in
            try transaction.first(
                """
                SELECT count(*) FROM pg_locks
                 WHERE locktype = 'advisory' AND NOT granted
                   AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                """
            ) { try $0["count"] as Int } ?? 0
        }
    }

    private func correct(_ bench: PricedBench, _ yuan: String, pausing gate: Gate? = nil) async throws {
        let csv = "article,pack_price,valid_from,valid_through\n\(bench.articles[0]),\(yuan),\(bench.day(0)),"
        try await bench.write { [officer = bench.officer] transaction in
            let report = try ImportPrices(kind: .listed, source: "调价", csv: Array(csv.utf8), correctionReason: "调价")
                .run(in: transaction, by: officer, at: .ofTests)
            #expect(report.isApplied)
            gate?.pass()
        }
    }

    @Test("who orders while a price is being recorded waits, and orders at the new one")
    func orderWaits() async throws {
        try await withTestDatabase { database in
            let bench = try await PricedBench(database)
            try await bench.list(["12.50,0,"])
            let gate = Gate()
            let corrected = Task { try await correct(bench, "11.80", pausing: gate) }
            try await wait { gate.isReached }
            let late = Task { try await bench.place("12.50", on: 0) }
            try await wait { try await waiting(database) == 1 }
            #expect(try await waiting(database) == 1)
            gate.open()
            try await corrected.value
            await expectRefusal("pooled-procurement.price-differs") { try await late.value }
            #expect(try await bench.place("11.80", on: 0).lines.count == 1)
        }
    }

    @Test("who records a price while somebody orders waits until the order is on record")
    func priceWaits() async throws {
        try await withTestDatabase { database in
            let bench = try await PricedBench(database)
            try await bench.list(["12.50,0,"])
            let gate = Gate()
            let (consortium, article, officer, now) = (
                bench.procurement.consortium, bench.articles[0], bench.officer, bench.moment(0)
            )
            let order = CreateOrder(
                id: OrderID(UUID()), company: consortium.supplier, facility: consortium.townships[0],
                store: consortium.pharmacies[0],
                lines: [OrderLineTerms(article: article, packs: 1, packPrice: Money(tenThousandths: 125_000), route: .listed)],
                reason: "补货")
            let placed = Task {
                try await bench.write { transaction in
                    let detail = try order.run(in: transaction, by: officer, at: now)
                    gate.pass()
                    return detail
                }
            }
            try await wait { gate.isReached }
            let corrected = Task { try await correct(bench, "11.80") }
            try await wait { try await waiting(database) == 1 }
            #expect(try await waiting(database) == 1)
            gate.open()
            #expect(try await placed.value.order.state == .draft)
            try await corrected.value
            await expectRefusal("pooled-procurement.price-differs") { try await bench.place("12.50", on: 0) }
        }
    }

    @Test("orders and prices at once end without a deadlock, and every order is at one of the prices", arguments: 0..<3)
    func storm(round: Int) async throws {
        try await withTestDatabase { database in
            let bench = try await PricedBench(database)
            try await bench.list(["12.50,0,"])
            let racers = Database(
                DatabaseConfiguration(conninfo: database.conninfo, connections: 12, role: "lianyao_application"))
            let outcomes = await withTaskGroup(of: String.self) { group in
                for number in 0..<24 {
                    group.addTask {
                        do {
                            if number % 6 == round { try await correct(bench, "11.80") } else {
                                _ = try await bench.place(number % 2 == 0 ? "12.50" : "11.80", on: 0, in: racers)
                            }
                            return "done"
                        } catch {
                            return (error as? any Refusal)?.refusalCode.rawValue ?? "\(error)"
                        }
                    }
                }
                return await group.reduce(into: [String]()) { $0.append($1) }
            }
            await racers.close()
            #expect(Set(outcomes).isSubset(of: ["done", "pooled-procurement.price-differs"]), "\(outcomes)")
            await expectRefusal("pooled-procurement.price-differs") { try await bench.place("12.50", on: 0) }
        }
    }
}
