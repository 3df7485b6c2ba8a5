import Dispensing
import Foundation
import Outbox
import Postgres
import Primitives
import StockLedger
import TestSupport
import Testing

@testable import InsuranceUploads

@Suite("What moves in the ledger is announced to insurers")
struct FeedUploadsTests {
    @Test("each movement becomes what it is, in packs, once")
    func everyKind() async throws {
        try await withTestDatabase { database in
            let world = try await UploadWorld.make(in: database)
            try await world.receive(280)
            let batch = try await world.batch()
            let dispensed = try await world.dispense(0, 42)
            try await world.takeBack(dispensed, 14)
            try await world.decide(.quarantine, batch, 28)
            try await world.decide(.destroy, batch, 28)
            try await world.decide(.returnToSupplier, batch, 7)
            try await world.decide(.countGain, batch, 28)
            try await world.decide(.countLoss, batch, 3)
            let outcome = try await world.feed()
            #expect(outcome.movements == 8 && outcome.records == 7)
            let told = try await world.told()
            #expect(told.map(\.kind) == ["change", "sale", "sale-return", "change", "change", "change", "change"])
            #expect(told.map(\.change) == ["purchase-in", "", "", "destruction", "return-out", "gain", "loss"])
            #expect(told.map(\.units) == [280, -42, 14, -28, -7, 28, -3])
            #expect(told.map(\.quantity) == [100_000, 15_000, 5_000, 10_000, 2_500, 10_000, 1_071])
            #expect(told.map(\.hasOriginal) == [false, false, true, false, false, false, false])
            let messages = try await world.messages()
            #expect(messages.map(\.kind).prefix(3) == ["upload-change", "upload-sale", "upload-sale-return"])
            #expect(Set(messages.map(\.document.key)) == ["facility \(world.consortium.townships[0])/B\(batch)"])
            #expect(messages.allSatisfy { !$0.content.text.contains("张三丰") })
            #expect(try await world.feed() == FeedUploads.Outcome(movements: 0, records: 0))
        }
    }

    @Test("a reversal is told as the opposite change and deletes nothing")
    func reversal() async throws {
        try await withTestDatabase { database in
            let world = try await UploadWorld.make(in: database)
            let received = try await world.receive(280)
            let officer = world.officer
            try await world.write { transaction in
                try ReverseMovement(movement: received, reason: "录错", requestID: UUID()).run(
                    in: transaction, by: officer, at: .ofTests)
            }
            try await world.feed()
            #expect(try await world.told().map(\.change) == ["purchase-in", "return-out"])
            #expect(try await world.told().map(\.units) == [280, -280])
        }
    }

    @Test("goods between institutions leave the one and reach the other; between stores of one they do not move")
    func transfers() async throws {
        try await withTestDatabase { database in
            let world = try await UploadWorld.make(in: database)
            let (consortium, officer) = (world.consortium, world.officer)
            let second = try await database.owner.write { transaction in
                try transaction.first(
                    """
                    INSERT INTO parties.store (consortium_id, facility_id, code, name, kind)
                    VALUES (\(consortium.id), \(consortium.townships[0]), 'S9', '急诊药房', 'pharmacy') RETURNING store_id
                    """
                ) { try $0["store_id"] as StoreID }
            }
            let other = try #require(second)
            try await world.receive(280)
            try await world.feed()
            let batch = try await world.batch()
            for (destination, missing) in [(consortium.pharmacies[1], Int64(0)), (other, 28)] {
                let id = TransferID(UUID())
                try await world.write { transaction in
                    try ShipTransfer(
                        transfer: id, from: consortium.pharmacies[0], to: destination,
                        lines: [ProductQuantity(product: consortium.products[0], quantity: 56)], reason: "缺药", requestID: UUID()
                    ).run(in: transaction, by: officer, at: .ofTests)
                    let lost = missing == 0 ? [] : [BatchLine(batch: batch, quantity: BaseUnits(missing))]
                    try ReceiveTransfer(transfer: id, missing: lost, reason: "途中破损", requestID: UUID())
                        .run(in: transaction, by: officer, at: .ofTests)
                }
            }
            try await world.feed()
            let told = try await world.told().dropFirst()
            #expect(told.map(\.change) == ["transfer-out", "transfer-in", "loss"])
            #expect(told.map(\.facility) == [consortium.townships[0], consortium.townships[1], consortium.townships[0]])
            #expect(told.map(\.units) == [-56, 56, -28])
        }
    }

    @Test("what was there before an institution's beginning is told by a count, and a return of it as other goods that come in")
    func beginning() async throws {
        try await withTestDatabase { database in
            let world = try await UploadWorld.make(in: database, isRegistered: false)
            try await world.receive(280)
            let dispensed = try await world.dispense(0, 28)
            #expect(try await world.feed() == FeedUploads.Outcome(movements: 0, records: 0))
            let institution = Institution(
                facility: world.consortium.townships[0], platform: UploadWorld.platform, code: "H33010200001", name: "一镇卫生院")
            let officer = world.officer
            try await world.write { try RegisterInstitution(institution).run(in: $0, by: officer, at: .ofTests) }
            try await world.feed()
            #expect(try await world.told().isEmpty)
            let counted = try await world.write { try CountStock().run(in: $0, by: officer, at: .ofTests) }
            #expect(counted == 1)
            #expect(try await world.write { try CountStock().run(in: $0, by: officer, at: .ofTests) } == 0)
            try await world.takeBack(dispensed, 28)
            try await world.feed()
            #expect(try await world.told().map(\.kind) == ["count", "change"])
            #expect(try await world.told().map(\.quantity) == [90_000, 10_000])
            #expect(try await world.told().last?.change == "other-in")
        }
    }

    @Test("a movement that is committed after later ones is not passed by, and none is announced twice")
    func lateCommit() async throws {
        try await withTestDatabase { database in
            let world = try await UploadWorld.make(in: database)
            try await world.receive(28, batch: "B0")
            try await world.feed()
            let (written, writing) = AsyncStream.makeStream(of: Void.self)
            let release = DispatchSemaphore(value: 0)
            let (consortium, officer) = (world.consortium, world.officer)
            // Holds a movement open while others of other shelves come and are fed.
            let late = Task {
                try await world.database.application.write(as: consortium.id.tenant) { transaction in
                    let line = BatchQuantity(
                        batch: BatchKey(
                            article: consortium.articles[1], product: consortium.products[1], batchNumber: "LATE",
                            expiresOn: UploadWorld.today.adding(days: 400)),
                        quantity: 30)
                    try ReceiveStock(store: consortium.pharmacies[0], lines: [line], document: "late", requestID: UUID())
                        .run(in: transaction, by: officer, at: .ofTests)
                    writing.yield()
                    release.wait()
                }
            }
            var opened = written.makeAsyncIterator()
            await opened.next()
            for number in 0..<3 {
                try await world.receive(28, batch: "N\(number)")
                #expect(try await world.feed().records == 1)
            }
            release.signal()
            try await late.value
            #expect(try await world.feed().records == 1)
            #expect(try await world.feed() == FeedUploads.Outcome(movements: 0, records: 0))
            #expect(try await world.told().count == 5)
        }
    }
}
