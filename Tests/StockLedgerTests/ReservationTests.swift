import Foundation
import Postgres
import Primitives
import StockLedger
import TestSupport
import Testing

extension LedgerSteps {
    /// - Parameter days: how long it will be used, today counted.
    func reserve(_ quantity: BaseUnits, of product: Int, in store: StoreID, days: Int = 1, request: UUID = UUID(), document: String = "test")
        async throws -> IssuedStock
    {
        let line = ProductQuantity(
            product: consortium.products[product], quantity: quantity, usedThrough: today.adding(days: days - 1))
        return try await (connections ?? database.application).write(as: principal.tenant) { [now, principal] transaction in
            try ReserveStock(store: store, lines: [line], document: document, requestID: request)
                .run(in: transaction, by: principal, at: now)
        }
    }

    func release(_ picks: [Pick], in store: StoreID, document: String = "test") async throws {
        try await (connections ?? database.application).write(as: principal.tenant) { [now, principal] transaction in
            _ = try ReleaseReserved(store: store, picks: picks, document: document, requestID: UUID())
                .run(in: transaction, by: principal, at: now)
        }
    }

    func reserved(in store: StoreID) async throws -> BaseUnits {
        try await stock(in: store).filter { $0.state == .reserved }.map(\.quantity).sum()
    }
}

@Suite("Stock that is set aside")
struct ReservationTests {
    @Test("is issued to nobody else, and is usable again once it is released")
    func reserves() async throws {
        try await withLedger { ledger in
            let store = ledger.consortium.pharmacies[0]
            try await ledger.receive(100, of: ledger.key(0), in: store)
            let reserved = try await ledger.reserve(60, of: 0, in: store)
            #expect(try await ledger.available(0, in: store) == 40)
            #expect(try await ledger.reserved(in: store) == 60)
            #expect(await refusal { try await ledger.issue(41, of: 0, from: store) } == "stock-ledger.insufficient-stock")
            #expect(await refusal { _ = try await ledger.reserve(41, of: 0, in: store) } == "stock-ledger.insufficient-stock")
            try await ledger.release(reserved.picks, in: store)
            #expect(try await ledger.available(0, in: store) == 100)
            #expect(await refusal { try await ledger.release(reserved.picks, in: store) } == "stock-ledger.insufficient-stock")
            #expect(await refusal { try await ledger.release([], in: store) } == "stock-ledger.nothing-to-move")
        }
    }

    @Test(
        "is of the batch that expires first among those that outlast its use",
        arguments: [(29, "SOON"), (30, "SOON"), (31, "LATE"), (300, "LATE")])
    func lasts(days: Int, batch: String) async throws {
        try await withLedger { ledger in
            let store = ledger.consortium.pharmacies[0]
            try await ledger.receive(10, of: ledger.key(0, "LATE", expires: 300), in: store)
            try await ledger.receive(10, of: ledger.key(0, "SOON", expires: 30), in: store)
            #expect(try await ledger.reserve(10, of: 0, in: store, days: days).picks.map(\.batchNumber) == [batch])
            #expect(
                await refusal { _ = try await ledger.reserve(1, of: 0, in: store, days: 301) }
                    == "stock-ledger.insufficient-stock")
        }
    }

    @Test("is set aside once for a request, and is not undone by a reversal")
    func once() async throws {
        try await withLedger { ledger in
            let store = ledger.consortium.pharmacies[0]
            try await ledger.receive(10, of: ledger.key(0), in: store)
            let request = UUID()
            let reserved = try await ledger.reserve(4, of: 0, in: store, request: request, document: "instalment test")
            #expect(
                await refusal { _ = try await ledger.reserve(4, of: 0, in: store, request: request) }
                    == "stock-ledger.already-recorded")
            #expect(await refusal { try await ledger.reverse(reserved.movement) } == "stock-ledger.document-decides")
            #expect(try await ledger.reserved(in: store) == 4)
            try await ledger.release(reserved.picks, in: store, document: "instalment test")
        }
    }

    @Test("moves within the store, so it is neither consumed nor gained from outside")
    func consumption() async throws {
        try await withLedger { ledger in
            let store = ledger.consortium.pharmacies[0]
            try await ledger.receive(10, of: ledger.key(0), in: store)
            let reserved = try await ledger.reserve(10, of: 0, in: store)
            try await ledger.release(reserved.picks, in: store)
            try await ledger.issue(3, of: 0, from: store)
            let used = try await ledger.consumption(of: 0, in: store, from: ledger.today, through: ledger.today)
            #expect(used?.consumed == 3)
        }
    }

    @Test("a count that finds less of it takes the loss from what is usable, and refuses when that is too little")
    func counted() async throws {
        try await withLedger { ledger in
            let store = ledger.consortium.pharmacies[0]
            try await ledger.receive(10, of: ledger.key(0), in: store)
            let batch = try await ledger.batch(0, in: store)
            _ = try await ledger.reserve(6, of: 0, in: store)
            func lose(_ quantity: BaseUnits) async throws {
                try await ledger.database.application.write(as: ledger.principal.tenant) { transaction in
                    _ = try PostCountDifferences(
                        store: store, differences: [CountDifference(batch: batch, state: .reserved, quantity: -quantity)],
                        document: "count", reason: "盘亏", requestID: UUID()
                    ).run(in: transaction, by: ledger.principal, at: ledger.now)
                }
            }
            try await lose(3)
            #expect(try await ledger.available(0, in: store) == 1)
            #expect(try await ledger.reserved(in: store) == 6)
            #expect(await refusal { try await lose(2) } == "stock-ledger.insufficient-stock")
        }
    }

    @Test("reservations and issues at the same moment never take more than is there", arguments: UInt64(0)..<8)
    func race(seed: UInt64) async throws {
        try await withLedger { ledger in
            let racing = Database(
                DatabaseConfiguration(
                    conninfo: ledger.database.conninfo, connections: 12, role: "lianyao_application", attemptsMax: 1))
            let store = ledger.consortium.pharmacies[0]
            var random = SeededGenerator(seed: seed)
            let there = Int64.random(in: 20...60, using: &random)
            try await ledger.receive(BaseUnits(there / 2), of: ledger.key(0, "A"), in: store)
            try await ledger.receive(BaseUnits(there - there / 2), of: ledger.key(0, "B", expires: 500), in: store)
            let asked = (0..<24).map { _ in Int64.random(in: 1...6, using: &random) }
            let steps = ledger.on(racing)
            let taken = await withTaskGroup(of: (Bool, Int64, String).self) { group in
                for (number, quantity) in asked.enumerated() {
                    group.addTask {
                        do {
                            if number.isMultiple(of: 2) {
                                _ = try await steps.reserve(BaseUnits(quantity), of: 0, in: store)
                            } else {
                                try await steps.issue(BaseUnits(quantity), of: 0, from: store)
                            }
                            return (number.isMultiple(of: 2), quantity, "")
                        } catch let refusal as StockLedgerRefusal {
                            return (false, 0, refusal.code.rawValue)
                        } catch {
                            return (false, 0, "\(error)")
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            await racing.close()
            #expect(Set(taken.map(\.2)).isSubset(of: ["", "stock-ledger.insufficient-stock"]), "seed \(seed): \(taken)")
            let reserved = taken.filter(\.0).map(\.1).reduce(0, +)
            #expect(try await ledger.reserved(in: store) == BaseUnits(reserved))
            #expect(try await ledger.available(0, in: store) == BaseUnits(there - taken.map(\.1).reduce(0, +)))
        }
    }
}
