import Postgres
import Primitives

/// The SQL statements that write goods receipts, and read one.
struct GoodsReceiptStore {
    let transaction: Transaction
    let consortium: ConsortiumID

    init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    func nextNumber(year: Int) throws -> String {
        try transaction.documentNumber("YS", year: year, from: "SELECT nextval('distribution.goods_receipt_number') AS number")
    }

    /// - Throws: ``DistributionRefusal`` when the shipment was received before, or the id is taken.
    func add(_ receipt: GoodsReceipt) throws {
        try refusing("shipment_is_received_once", as: DistributionRefusal(.alreadyReceived, "shipment \(receipt.shipment)")) {
            try refusing(
                "receipt_id_is_unique", as: DistributionRefusal(.documentIDTaken, receipt.subject, field: "receiptID")
            ) {
                try transaction.execute(
                    """
                    INSERT INTO distribution.goods_receipt
                           (consortium_id, receipt_id, number, shipment_id, store_id, received_at, received_on, receiver_id,
                            second_person_id, movement_id)
                    VALUES (\(consortium), \(receipt.id), \(receipt.number), \(receipt.shipment), \(receipt.store),
                            \(receipt.receivedAt), \(receipt.receivedOn), \(receipt.receiver), \(receipt.secondPerson),
                            \(receipt.movement))
                    """)
            }
        }
        try transaction.insert(
            into: """
                distribution.goods_receipt_line
                (consortium_id, receipt_id, shipment_id, shipment_line, order_line, product_id, article_id, batch_number,
                 expires_on, announced, delivered, accepted, rejected, short, over, accepted_units, reason, explanation,
                 acceptance_reason, temperature)
                """,
            rows: receipt.lines.map { line in
                [
                    consortium, receipt.id, receipt.shipment, line.shipmentLine, line.orderLine, line.product, line.article,
                    line.batchNumber, line.expiresOn, line.announced, line.delivered, line.accepted, line.rejected, line.short,
                    line.over, line.acceptedUnits, line.reason, line.explanation, line.acceptanceReason, line.temperature,
                ]
            })
    }

    /// The receipt of a shipment; `nil` before it was received.
    func receipt(of shipment: ShipmentID) throws -> GoodsReceiptID? {
        try transaction.first(
            "SELECT receipt_id FROM distribution.goods_receipt WHERE consortium_id = \(consortium) AND shipment_id = \(shipment)"
        ) { try $0["receipt_id"] }
    }

    /// - Throws: ``DistributionRefusal`` when there is no such receipt.
    func receipt(_ id: GoodsReceiptID) throws -> GoodsReceipt {
        let lines = try lines(of: id)
        let found = try transaction.first(
            """
            SELECT number, shipment_id, store_id, received_at, received_on, receiver_id, second_person_id, movement_id
              FROM distribution.goods_receipt WHERE consortium_id = \(consortium) AND receipt_id = \(id)
            """
        ) { row in
            GoodsReceipt(
                id: id, number: try row["number"], shipment: try row["shipment_id"], store: try row["store_id"],
                receivedAt: try row["received_at"], receivedOn: try row["received_on"], receiver: try row["receiver_id"],
                secondPerson: try row["second_person_id"], movement: try row["movement_id"], lines: lines)
        }
        guard let found else { throw DistributionRefusal(.receiptUnknown, "receipt \(id)") }
        return found
    }

    private func lines(of id: GoodsReceiptID) throws -> [GoodsReceiptLine] {
        try transaction.query(
            """
            SELECT shipment_line, order_line, product_id, article_id, batch_number, expires_on, announced, delivered, accepted,
                   rejected, short, over, accepted_units, reason, explanation, acceptance_reason, temperature
              FROM distribution.goods_receipt_line
             WHERE consortium_id = \(consortium) AND receipt_id = \(id)
             ORDER BY shipment_line
            """
        ) { row in
            GoodsReceiptLine(
                shipmentLine: try row["shipment_line"], orderLine: try row["order_line"], product: try row["product_id"],
                article: try row["article_id"], batchNumber: try row["batch_number"], expiresOn: try row["expires_on"],
                announced: try row["announced"], delivered: try row["delivered"], accepted: try row["accepted"],
                rejected: try row["rejected"], short: try row["short"], over: try row["over"],
                acceptedUnits: try row["accepted_units"], reason: try row["reason"], explanation: try row["explanation"],
                acceptanceReason: try row["acceptance_reason"], temperature: try row["temperature"])
        }
    }
}
