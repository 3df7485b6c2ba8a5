import Distribution
import Foundation
import PlatformExchange
import PooledProcurement
import Postgres
import Primitives
import TestSupport

/// The steps from an order to its invoices.
extension ExchangeWorld {
    /// Orders, tells the platform and pulls what it delivers.
    func orderAndPull(_ packs: [Int64]) async throws -> OrderDetail {
        let order = try await bench.order(packs: packs, at: TimeSource.system.now)
        try await tell()
        try await pullTwice()
        return order
    }

    func pullTwice() async throws {
        try await use { dispatcher in
            for _ in 0..<2 {
                for pulled in try await dispatcher.pull() {
                    if let trouble = pulled.trouble { throw Trouble(text: trouble) }
                }
            }
        }
    }

    struct Trouble: Error { let text: String }

    /// Receives everything that is announced for the order, and tells the platform.
    func receiveAll(of order: OrderDetail) async throws {
        let (bench, now) = (bench, TimeSource.system.now)
        let (officer, keeper) = (bench.consortium.officer, bench.consortium.storekeepers[0])
        try await bench.write { transaction in
            for shipment in try DistributionReadings(transaction, for: officer).shipments(of: order.order.id)
            where shipment.state == .announced {
                let receipt = try ReceiveGoods(
                    receipt: GoodsReceiptID(UUID()), shipment: shipment.id,
                    lines: shipment.lines.map {
                        InspectedLine(shipmentLine: $0.number, delivered: $0.packs, accepted: $0.packs, acceptanceReason: "急用")
                    }
                ).run(in: transaction, by: keeper, at: now)
                try TellReceipt(receipt).run(in: transaction, for: keeper.consortium, at: now)
            }
        }
        try await tell()
    }
}

extension ExchangeBench {
    func read<Value: Sendable>(_ body: @escaping @Sendable (ExchangeReadings) throws -> Value) async throws -> Value {
        let id = consortium.id
        return try await database.application.read(as: id.tenant) { try body(ExchangeReadings($0, of: id)) }
    }

    func invoices() async throws -> [SupplierInvoice] {
        let platform = platform
        return try await read { try $0.invoices(at: platform, in: nil, limit: 100) }
    }

    func invoice(_ id: SupplierInvoiceID) async throws -> SupplierInvoiceDetail {
        let platform = platform
        return try await read { try $0.invoice(id, at: platform) }
    }

    func openDifferences() async throws -> [Difference] {
        let platform = platform
        return try await read { try $0.differences(at: platform, limit: 100) }
    }

    @discardableResult
    func decide(_ id: SupplierInvoiceID, _ decision: DecideInvoice.Decision, _ reason: String) async throws -> SupplierInvoiceDetail
    {
        let (officer, platform) = (consortium.officer, platform)
        return try await write {
            try DecideInvoice(id, at: platform, decision, reason: reason).run(in: $0, by: officer, at: TimeSource.system.now)
        }
    }
}
