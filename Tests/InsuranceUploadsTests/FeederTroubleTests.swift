import Foundation
import Postgres
import Primitives
import StockLedger
import Synchronization
import TestSupport
import Testing

@testable import InsuranceUploads

@Suite("A feeder in trouble")
struct FeederTroubleTests {
    @Test("with one consortium says so and goes over the others")
    func others() async throws {
        try await withTestDatabase { database in
            let world = try await UploadWorld.make(in: database)
            let other = try await SmallConsortium.make(in: database, code: "tiny")
            try await world.receive(28)
            try await world.feed()
            try await world.receive(28)
            try await database.owner.write { transaction in
                // No more can be added to it.
                try transaction.execute("UPDATE insurance_uploads.serial SET told = \(Int64.max)")
                try transaction.execute(
                    "INSERT INTO insurance_uploads.feed VALUES (\(other.id), 0, NULL, NULL, \(Instant.ofTests))")
            }
            let line = BatchQuantity(
                batch: BatchKey(
                    article: other.articles[0], product: other.products[0], batchNumber: "B1",
                    expiresOn: UploadWorld.today.adding(days: 400)),
                quantity: 28)
            try await database.application.write(as: other.id.tenant) { transaction in
                _ = try ReceiveStock(store: other.pharmacies[0], lines: [line], document: "test", requestID: UUID())
                    .run(in: transaction, by: other.officer, at: .ofTests)
            }
            let troubles = Mutex<[String]>([])
            try await UploadFeeder(database.application) { text in troubles.withLock { $0.append(text) } }.runOnce()
            #expect(troubles.withLock { $0.map { String($0.prefix(6)) } } == ["small:"])
            let taken = try await database.owner.read { transaction in
                try transaction.first("SELECT count(*) AS taken FROM insurance_uploads.taken WHERE consortium_id = \(other.id)") {
                    try $0["taken"] as Int
                }
            }
            #expect(taken == 1)
            _ = try await database.owner.write { transaction in
                try transaction.execute("UPDATE insurance_uploads.serial SET told = 10000")
            }
        }
    }
}
