import Foundation
import Postgres
import Primitives
import StockLedger
import TestSupport
import Testing

@Suite("The stock ledger")
struct LedgerTests {
    @Test("what is received can be issued, first expiry first, and then is gone")
    func receivesAndIssues() async throws {
        try await withLedger { ledger in
            let store = ledger.consortium.pharmacies[0]
            try await ledger.receive(100, of: ledger.key(0, "LATE", expires: 300), in: store)
            try await ledger.receive(30, of: ledger.key(0, "SOON", expires: 30), in: store)
            let issued = try await ledger.issue(40, of: 0, from: store)
            #expect(issued.picks.map(\.batchNumber) == ["SOON", "LATE"])
            #expect(issued.picks.map(\.quantity) == [30, 10])
            #expect(try await ledger.available(0, in: store) == 90)
            #expect(await refusal { try await ledger.issue(91, of: 0, from: store) } == "stock-ledger.insufficient-stock")
            #expect(try await ledger.available(0, in: store) == 90)
        }
    }

    @Test("refuses bad receipts and records nothing")
    func refusesBadReceipts() async throws {
        try await withLedger { ledger in
            let store = ledger.consortium.pharmacies[0]
            let good = ledger.key(0)
            #expect(await refusal { try await ledger.receive(0, of: good, in: store) } == "stock-ledger.quantity-not-positive")
            #expect(await refusal { try await ledger.receive(-1, of: good, in: store) } == "stock-ledger.quantity-not-positive")
            #expect(
                await refusal { try await ledger.receive(BaseUnits(.max), of: good, in: store) }
                    == "stock-ledger.quantity-not-positive")
            #expect(
                await refusal { try await ledger.receive(1, of: ledger.key(0, ""), in: store) }
                    == "stock-ledger.batch-number-invalid")
            #expect(
                await refusal { try await ledger.receive(1, of: ledger.key(0, "A\nB"), in: store) }
                    == "stock-ledger.batch-number-invalid")
            // A batch expires on its expiry day, not after it.
            #expect(
                await refusal { try await ledger.receive(1, of: ledger.key(0, expires: 0), in: store) }
                    == "stock-ledger.batch-expired")
            try await ledger.receive(1, of: ledger.key(0, "OLD", expires: 0), in: store, from: .opening)
            #expect(await refusal { try await ledger.receive(1, of: good, in: StoreID(999)) } == "parties.store-unknown")
            #expect(try await ledger.available(0, in: store) == 0)
        }
    }

    @Test("a request is recorded once")
    func recordsOnce() async throws {
        try await withLedger { ledger in
            let store = ledger.consortium.pharmacies[0]
            let request = UUID()
            try await ledger.receive(10, of: ledger.key(0), in: store, request: request)
            #expect(
                await refusal { try await ledger.receive(10, of: ledger.key(0), in: store, request: request) }
                    == "stock-ledger.already-recorded")
            #expect(try await ledger.available(0, in: store) == 10)
        }
    }

    @Test("quarantined stock is not issued, and only it is released, destroyed or sent back")
    func quarantines() async throws {
        try await withLedger { ledger in
            let store = ledger.consortium.pharmacies[0]
            try await ledger.receive(10, of: ledger.key(0), in: store)
            let batch = try await ledger.batch(0, in: store)
            try await ledger.move(.quarantine, batch, 6, in: store)
            #expect(try await ledger.available(0, in: store) == 4)
            #expect(await refusal { try await ledger.issue(5, of: 0, from: store) } == "stock-ledger.insufficient-stock")
            try await ledger.move(.release, batch, 1, in: store)
            try await ledger.move(.destroy, batch, 2, in: store)
            try await ledger.move(.returnToSupplier, batch, 3, in: store)
            try await ledger.move(.countGain, batch, 7, in: store)
            try await ledger.move(.countLoss, batch, 2, in: store)
            #expect(try await ledger.available(0, in: store) == 10)
            #expect(await refusal { try await ledger.move(.release, batch, 1, in: store) } == "stock-ledger.insufficient-stock")
            #expect(
                await refusal { try await ledger.move(.countLoss, batch, 1, in: store, reason: " ") }
                    == "stock-ledger.reason-missing")
            #expect(
                await refusal { try await ledger.move(.quarantine, BatchID(999), 1, in: store) } == "stock-ledger.batch-unknown")
            #expect(
                await refusal { try await ledger.move(.quarantine, batch, 1, in: ledger.consortium.pharmacies[1]) }
                    == "stock-ledger.insufficient-stock")
        }
    }

    @Test("a reversal restores what was, once, and not after the stock has moved on")
    func reverses() async throws {
        try await withLedger { ledger in
            let store = ledger.consortium.pharmacies[0]
            let receipt = try await ledger.receive(10, of: ledger.key(0), in: store)
            let issued = try await ledger.issue(4, of: 0, from: store)
            #expect(await refusal { try await ledger.reverse(receipt) } == "stock-ledger.insufficient-stock")
            try await ledger.reverse(issued.movement)
            #expect(await refusal { try await ledger.reverse(issued.movement) } == "stock-ledger.already-reversed")
            try await ledger.reverse(receipt)
            #expect(try await ledger.available(0, in: store) == 0)
            #expect(await refusal { try await ledger.reverse(MovementID(999)) } == "stock-ledger.movement-unknown")
        }
    }

    @Test("what another module's document moved is not reversed behind its back", arguments: ["goods-receipt 1", "dispensing 1", "patient-return 1"])
    func leavesDocumentsAlone(document: String) async throws {
        try await withLedger { ledger in
            let receipt = try await ledger.receive(10, of: ledger.key(0), in: ledger.consortium.pharmacies[0], document: document)
            #expect(await refusal { try await ledger.reverse(receipt) } == "stock-ledger.document-decides")
        }
    }

    @Test("a transfer is in transit until it is received, and what is missing is lost with a reason")
    func transfers() async throws {
        try await withLedger { ledger in
            let (from, to) = (ledger.consortium.pharmacies[0], ledger.consortium.pharmacies[1])
            try await ledger.receive(50, of: ledger.key(1), in: from)
            let id = TransferID(UUID())
            let shipped = try await ledger.ship(20, of: 1, from: from, to: to, as: id)
            let batch = shipped.picks[0].batch
            #expect(try await ledger.available(1, in: from) == 30)
            #expect(try await ledger.available(1, in: to) == 0)
            let missing = [BatchLine(batch: batch, quantity: 3)]
            #expect(await refusal { try await ledger.arrive(id, missing: missing) } == "stock-ledger.reason-missing")
            #expect(
                await refusal { try await ledger.arrive(id, missing: [BatchLine(batch: batch, quantity: 21)], reason: "lost") }
                    == "stock-ledger.more-than-shipped")
            try await ledger.arrive(id, missing: missing, reason: "broken on the way")
            #expect(try await ledger.available(1, in: to) == 17)
            #expect(await refusal { try await ledger.arrive(id) } == "stock-ledger.transfer-received")
            #expect(await refusal { try await ledger.arrive(TransferID(UUID())) } == "stock-ledger.transfer-unknown")
            #expect(await refusal { _ = try await ledger.ship(1, of: 1, from: from, to: from) } == "stock-ledger.same-store")
            let movements = try await ledger.database.application.read(as: ledger.principal.tenant) { [ledger] transaction in
                try MovementReadings(transaction, ledger.consortium.id).latest(in: to, before: nil, limit: 10)
            }
            #expect(movements.contains { $0.kind == .transferIn && $0.state == "loss" && $0.quantity == 3 })
            let transferIn = try #require(movements.first { $0.kind == .transferIn })
            #expect(await refusal { try await ledger.reverse(transferIn.movement) } == "stock-ledger.not-reversible")
        }
    }

    @Test("transfers are numbered beyond a million, each differently")
    func numbersTransfers() async throws {
        try await withLedger { ledger in
            let (from, to) = (ledger.consortium.pharmacies[0], ledger.consortium.pharmacies[1])
            try await ledger.receive(10, of: ledger.key(0), in: from)
            try await ledger.database.owner.write { transaction in
                _ = try transaction.execute("SELECT setval('stock_ledger.transfer_number', 999998)")
            }
            var numbers: [String] = []
            for _ in 0..<4 { numbers.append(try await ledger.ship(1, of: 0, from: from, to: to).number) }
            let year = ledger.today.year
            #expect(numbers == ["999999", "1000000", "1000001", "1000002"].map { "DB-\(year)-\($0)" })
        }
    }

    @Test("narcotics are not redistributed")
    func refusesControlledTransfer() async throws {
        try await withLedger { ledger in
            try await ledger.receive(10, of: ledger.key(3), in: ledger.consortium.pharmacies[0])
            #expect(
                await refusal {
                    _ = try await ledger.ship(
                        1, of: 3, from: ledger.consortium.pharmacies[0], to: ledger.consortium.pharmacies[1])
                } == "stock-ledger.controlled-transfer")
        }
    }

    @Test("an empty receipt is refused")
    func refusesNothing() async throws {
        try await withLedger { ledger in
            let code = await refusal {
                try await ledger.database.application.write(as: ledger.principal.tenant) { [ledger] transaction in
                    _ = try ReceiveStock(
                        store: ledger.consortium.pharmacies[0], lines: [], document: "test", requestID: UUID()
                    ).run(in: transaction, by: ledger.principal, at: ledger.now)
                }
            }
            #expect(code == "stock-ledger.nothing-to-move")
        }
    }

    @Test("the program cannot change or delete an entry, a movement or a batch")
    func isAppendOnly() async throws {
        try await withLedger { ledger in
            try await ledger.receive(10, of: ledger.key(0), in: ledger.consortium.pharmacies[0])
            let statements: [SQL] = [
                "UPDATE stock_ledger.entry SET quantity = 1", "DELETE FROM stock_ledger.entry",
                "UPDATE stock_ledger.movement SET reason = 'x'", "DELETE FROM stock_ledger.movement",
                "DELETE FROM stock_ledger.balance", "UPDATE stock_ledger.batch SET batch_number = 'x'",
                "TRUNCATE stock_ledger.entry", "UPDATE audit.event SET action = 'x'", "DELETE FROM audit.event",
            ]
            for statement in statements {
                await #expect(throws: PostgresError.self) {
                    try await ledger.database.application.write(as: ledger.principal.tenant) { try $0.execute(statement) }
                }
            }
        }
    }

    @Test("another consortium sees nothing and is not seen")
    func isolatesTenants() async throws {
        try await withLedger { ledger in
            let other = try await SmallConsortium.make(in: ledger.database, code: "other")
            try await ledger.receive(10, of: ledger.key(0), in: ledger.consortium.pharmacies[0])
            let seen = try await ledger.database.application.read(as: other.officer.tenant) { transaction in
                try transaction.first("SELECT count(*) AS rows FROM stock_ledger.entry") { try $0["rows"] as Int }
            }
            #expect(seen == 0)
            await #expect(throws: PostgresError.self) {
                try await ledger.database.application.write(as: other.officer.tenant) { [ledger] transaction in
                    try transaction.execute(
                        """
                        INSERT INTO stock_ledger.batch (consortium_id, article_id, product_id, batch_number, expires_on)
                        VALUES (\(ledger.consortium.id), \(ledger.consortium.articles[0]), \(ledger.consortium.products[0]), 'X',
                                '2030-01-01')
                        """)
                }
            }
        }
    }
}
