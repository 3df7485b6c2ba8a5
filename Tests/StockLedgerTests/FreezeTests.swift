import Foundation
import Postgres
import Primitives
import StockLedger
import TestSupport
import Testing

@Suite("Frozen stock")
struct FreezeTests {
    private func freeze(_ ledger: LedgerSteps, _ store: StoreID, _ products: [Int]?, for document: String = "test") async throws {
        try await ledger.database.application.write(as: ledger.principal.tenant) { transaction in
            try FreezeProducts(
                store: store, products: products.map { $0.map { ledger.consortium.products[$0] } }, document: document
            ).run(in: transaction, by: ledger.principal, at: ledger.now)
        }
    }

    private func lift(_ ledger: LedgerSteps, _ store: StoreID, for document: String = "test") async throws {
        try await ledger.database.application.write(as: ledger.principal.tenant) { transaction in
            try LiftFreeze(store: store, document: document).run(in: transaction, by: ledger.principal, at: ledger.now)
        }
    }

    @Test("neither comes onto the shelf nor leaves it, while other products and other stores move", arguments: [[0], nil] as [[Int]?])
    func holdsStill(products: [Int]?) async throws {
        try await withLedger { ledger in
            let (store, other) = (ledger.consortium.pharmacies[0], ledger.consortium.pharmacies[1])
            try await ledger.receive(10, of: ledger.key(0), in: store)
            try await ledger.receive(10, of: ledger.key(1), in: store)
            try await ledger.receive(10, of: ledger.key(0), in: other)
            let issued = try await ledger.issue(1, of: 0, from: store)
            let batch = try await ledger.batch(0, in: store)
            let onTheWay = TransferID(UUID())
            try await freeze(ledger, store, products)
            // Goods may be sent there and are taken in later.
            _ = try await ledger.ship(3, of: 0, from: other, to: store, as: onTheWay)
            let codes = [
                await refusal { try await ledger.issue(1, of: 0, from: store) },
                await refusal { try await ledger.receive(1, of: ledger.key(0, "NEW"), in: store) },
                await refusal { try await ledger.move(.quarantine, batch, 1, in: store) },
                await refusal { try await ledger.reverse(issued.movement) },
                await refusal { try await ledger.arrive(onTheWay) },
                await refusal { _ = try await ledger.ship(1, of: 0, from: store, to: other) },
            ]
            #expect(Set(codes) == ["stock-ledger.frozen"])
            let rest = await refusal { try await ledger.issue(1, of: 1, from: store) }
            #expect(rest == (products == nil ? "stock-ledger.frozen" : "no refusal"))
            try await ledger.issue(1, of: 0, from: other)
            try await lift(ledger, store, for: "another")
            #expect(await refusal { try await ledger.issue(1, of: 0, from: store) } == "stock-ledger.frozen")
            try await lift(ledger, store)
            try await ledger.arrive(onTheWay)
            #expect(try await ledger.available(0, in: store) == 12)
        }
    }

    @Test("is held by one document at a time, also where one holds the whole store")
    func oneHolder() async throws {
        try await withLedger { ledger in
            let store = ledger.consortium.pharmacies[0]
            try await freeze(ledger, store, [0, 1])
            #expect(await refusal { try await freeze(ledger, store, [1, 2], for: "b") } == "stock-ledger.frozen")
            #expect(await refusal { try await freeze(ledger, store, nil, for: "b") } == "stock-ledger.frozen")
            try await freeze(ledger, store, [2], for: "b")
            try await lift(ledger, store)
            try await lift(ledger, store, for: "b")
            try await freeze(ledger, store, nil)
            #expect(await refusal { try await freeze(ledger, store, [3], for: "b") } == "stock-ledger.frozen")
            try await freeze(ledger, ledger.consortium.pharmacies[1], nil, for: "b")
        }
    }

    @Test("count differences come in one movement, gains and losses of both states")
    func postsDifferences() async throws {
        try await withLedger { ledger in
            let store = ledger.consortium.pharmacies[0]
            try await ledger.receive(10, of: ledger.key(0), in: store)
            try await ledger.receive(20, of: ledger.key(1), in: store)
            let (first, second) = (try await ledger.batch(0, in: store), try await ledger.batch(1, in: store))
            func post(_ differences: [CountDifference], reason: String = "盘点") async -> String {
                await refusal {
                    try await ledger.database.application.write(as: ledger.principal.tenant) { transaction in
                        _ = try PostCountDifferences(
                            store: store, differences: differences, document: "test", reason: reason, requestID: UUID()
                        ).run(in: transaction, by: ledger.principal, at: ledger.now)
                    }
                }
            }
            let both = [
                CountDifference(batch: first, state: .available, quantity: -3),
                CountDifference(batch: first, state: .quarantined, quantity: 3),
                CountDifference(batch: second, state: .available, quantity: 1),
            ]
            #expect(await post(both) == "no refusal")
            let codes = [
                await post([]), await post(both, reason: " "),
                await post([CountDifference(batch: first, state: .available, quantity: 0)]),
                await post([CountDifference(batch: BatchID(999_999), state: .available, quantity: 1)]),
                await post([CountDifference(batch: first, state: .available, quantity: -8)]),
            ]
            #expect(
                codes == [
                    "stock-ledger.nothing-to-move", "stock-ledger.reason-missing", "stock-ledger.quantity-not-positive",
                    "stock-ledger.batch-unknown", "stock-ledger.insufficient-stock",
                ])
            let held = try await ledger.stock(in: store).map { "\($0.state.rawValue) \($0.quantity)" }
            #expect(held == ["available 7", "quarantined 3", "available 21"])
        }
    }
}
