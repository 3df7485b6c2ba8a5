import Distribution
import Foundation
import Outbox
import PlatformMessages
import PlatformSimulator
import PooledProcurement
import Postgres
import Primitives
import StockLedger
import TestSupport
import Testing

@testable import InsuranceUploads

@Suite("Insurers are told of purchases")
struct PurchaseTests {
    @Test("a goods receipt is told with its supplier and the order's price, and its return after it with the platform's number")
    func purchase() async throws {
        try await InsurerWorld.with { insurer in
            let world = insurer.world
            try await world.buy(10, note: "SH-1")
            try await insurer.noteFacts()
            try await insurer.tell()
            let bought = try await world.lastUpload()
            #expect(bought.quantity.tenThousandths == 100_000 && bought.price == Money(tenThousandths: 125_000))
            #expect(
                bought.purchase
                    == PlatformUploadPurchase(
                        supplier: "试验医药公司 small", supplierLicence: "drug-distribution-small", deliveryNote: "SH-1"))
            #expect(try await insurer.reconcile() == UploadReconciliation(batches: 1, records: 1, differences: 0, untold: []))
            let batch = try await world.batch()
            try await world.decide(.quarantine, batch, 28)
            try await world.decide(.returnToSupplier, batch, 28)
            try await insurer.tell()
            let returned = try await world.lastUpload()
            #expect(returned.quantity.tenThousandths == 10_000 && returned.price == Money(tenThousandths: 125_000))
            #expect(
                returned.purchase
                    == PlatformUploadPurchase(
                        supplier: "试验医药公司 small", supplierLicence: "drug-distribution-small", original: "90000001"))
            #expect(insurer.told.map(\.infno) == ["3503", "3504"] && insurer.told.map(\.quantity) == [100_000, 10_000])
            #expect(try await world.messages().allSatisfy { $0.state == .accepted })
        }
    }
}

extension UploadWorld {
    /// Orders packs of the first article, and receives them with a delivery note.
    func buy(_ packs: Int64, note: String) async throws {
        let (consortium, officer, store) = (consortium, officer, store)
        let order = OrderID(UUID())
        try await write { transaction in
            let terms = OrderLineTerms(
                article: consortium.articles[0], packs: packs, packPrice: Money(tenThousandths: 125_000), route: .emergency)
            _ = try CreateOrder(
                id: order, company: consortium.supplier, facility: consortium.townships[0], store: store, lines: [terms],
                reason: "急用"
            ).run(in: transaction, by: officer, at: .ofTests)
            _ = try ApproveOrder(order: order).run(in: transaction, by: officer, at: .ofTests)
            _ = try SendOrder(order: order).run(in: transaction, by: officer, at: .ofTests)
            let line = AnnounceShipment.Line(
                orderLine: 1, article: consortium.articles[0], batchNumber: "B1", expiresOn: Self.today.adding(days: 400),
                packs: packs)
            let shipment = try AnnounceShipment(
                shipment: ShipmentID(UUID()), order: order, deliveryNote: note, shippedOn: Self.today, expectedOn: Self.today,
                lines: [line]
            ).run(in: transaction, by: consortium.seller, at: .ofTests)
            _ = try ReceiveGoods(
                receipt: GoodsReceiptID(UUID()), shipment: shipment.id,
                lines: shipment.lines.map { InspectedLine(shipmentLine: $0.number, delivered: $0.packs, accepted: $0.packs) },
                secondPerson: nil
            ).run(in: transaction, by: consortium.storekeepers[0], at: .ofTests)
        }
    }

    /// The last record as it would be told now.
    func lastUpload() async throws -> PlatformUploadRecord {
        let id = consortium.id
        return try await write { transaction in
            let last = try transaction.first(
                "SELECT max(record_id) AS record FROM insurance_uploads.record WHERE consortium_id = \(id)"
            ) { try $0["record"] as UploadRecordID }
            let upload = try UploadReading(transaction, id).upload(#require(last), at: Self.platform)
            return try #require(upload.records.first)
        }
    }
}
