import Foundation
import Postgres
import Primitives
import StockLedger
import TestSupport
import Testing

@testable import InsuranceUploads

@Suite("Counts while goods move")
struct CountRaceTests {
    @Test("what is in a count is told before it, also when it comes while the count begins")
    func movesMeanwhile() async throws {
        try await withTestDatabase { database in
            let world = try await UploadWorld.make(in: database)
            let (consortium, officer) = (world.consortium, world.officer)
            let (written, writing) = AsyncStream.makeStream(of: Void.self)
            // Holds the shelves until the count waits for them, and commits what it put there.
            let receiving = Task {
                try await database.owner.write(as: consortium.id.tenant) { transaction in
                    try transaction.execute("LOCK TABLE stock_ledger.balance IN ACCESS EXCLUSIVE MODE")
                    let line = BatchQuantity(
                        batch: BatchKey(
                            article: consortium.articles[0], product: consortium.products[0], batchNumber: "B1",
                            expiresOn: UploadWorld.today.adding(days: 400)),
                        quantity: 280)
                    try ReceiveStock(store: consortium.pharmacies[0], lines: [line], document: "late", requestID: UUID())
                        .run(in: transaction, by: officer, at: .ofTests)
                    writing.yield()
                    var waits = false
                    for _ in 0..<3_000 where !waits {
                        waits =
                            try transaction.first(
                                """
                                SELECT EXISTS (SELECT FROM pg_locks
                                                WHERE relation = 'stock_ledger.balance'::regclass AND NOT granted) AS waits
                                  FROM pg_sleep(0.01)
                                """
                            ) { try $0["waits"] as Bool } ?? false
                    }
                    #expect(waits)
                }
            }
            var opened = written.makeAsyncIterator()
            await opened.next()
            #expect(try await world.write { try CountStock().run(in: $0, by: officer, at: .ofTests) } == 1)
            try await receiving.value
            try await world.feed()
            #expect(try await world.told().map(\.kind) == ["change", "count"])
            #expect(try await world.told().map(\.units) == [280, 280])
        }
    }
}
