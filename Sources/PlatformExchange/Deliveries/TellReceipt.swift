public import Distribution
public import Outbox
import PlatformMessages
public import Postgres
public import Primitives

/// Announces a receipt to the platform that its goods were delivered through, in the transaction of the receipt: one message for
/// each line of the delivery.
public struct TellReceipt: Sendable {
    public var receipt: GoodsReceipt

    public init(_ receipt: GoodsReceipt) { self.receipt = receipt }

    /// - Returns: the messages, none for goods that came through no platform.
    @discardableResult
    public func run(in transaction: Transaction, for consortium: ConsortiumID, at now: Instant) throws -> [OutboxMessageID] {
        let delivered = try transaction.query(
            """
            SELECT delivery.platform, delivery_line, shipment_line, note_barcode, supplier, product, platform_line, platform_note, packs, number
              FROM platform_exchange.delivery_line AS delivery
              JOIN platform_exchange.placed_order USING (consortium_id, platform, order_id)
             WHERE consortium_id = \(consortium) AND shipment_id = \(receipt.shipment)
             ORDER BY delivery.platform, number, shipment_line, delivery_line
            """
        ) { row in
            Delivered(
                platform: try row["platform"], order: try row["number"], deliveryLine: try row["delivery_line"],
                shipmentLine: try row["shipment_line"], barcode: try row["note_barcode"], supplier: try row["supplier"],
                product: try row["product"], platformLine: try row["platform_line"], platformNote: try row["platform_note"],
                packs: try row["packs"])
        }
        var accepted = Dictionary(uniqueKeysWithValues: receipt.lines.map { ($0.shipmentLine, $0.accepted) })
        return try delivered.compactMap { line in
            guard let found = receipt.lines.first(where: { $0.shipmentLine == line.shipmentLine }) else { return nil }
            // Boxes of one batch share what was accepted of it, in their order.
            let packs = min(accepted[line.shipmentLine] ?? 0, line.packs)
            accepted[line.shipmentLine, default: 0] -= packs
            let content = PlatformReceipt(
                deliveryLine: line.deliveryLine, platformOrderLine: line.platformLine, platformNote: line.platformNote,
                supplier: line.supplier, product: line.product, noteBarcode: line.barcode,
                batch: found.batchNumber, packsDelivered: line.packs, packsAccepted: packs,
                reason: [found.reason?.rawValue ?? "", found.explanation].filter { !$0.isEmpty }.joined(separator: " "))
            return try AnnounceFact(
                about: OutboxDocument(at: line.platform, key: line.order), kind: PlatformFactKind.acceptDelivery.rawValue,
                businessKey: Self.key(of: content), content: try JSON(content).jsonText
            ).run(in: transaction, for: consortium, at: now)
        }
    }

    /// Our key of a receipt's message.
    static func key(of receipt: PlatformReceipt) -> String {
        "\(receipt.deliveryLine)/\(PlatformFactKind.acceptDelivery.rawValue)"
    }

    private struct Delivered {
        let platform: String
        let order: String
        let deliveryLine: String
        let shipmentLine: Int
        let barcode: String
        let supplier: String
        let product: String
        let platformLine: String
        let platformNote: String
        let packs: Int64
    }
}
