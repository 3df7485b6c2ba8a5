import Postgres
import Primitives
import StockLedger

/// The SQL of returns to suppliers.
struct SupplierReturnStore {
    let transaction: Transaction
    let consortium: ConsortiumID

    init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    func nextNumber(year: Int) throws -> String {
        try transaction.documentNumber("TH", year: year, from: "SELECT nextval('distribution.supplier_return_number') AS number")
    }

    /// Packs of a shipment's line that went back before.
    func packsReturned(of shipment: ShipmentID, line: Int) throws -> Int64 {
        try transaction.first(
            """
            SELECT coalesce(sum(packs), 0)::bigint AS packs FROM distribution.supplier_return
             WHERE consortium_id = \(consortium) AND shipment_id = \(shipment) AND shipment_line = \(line)
            """
        ) { try $0["packs"] as Int64 } ?? 0
    }

    /// - Throws: ``DistributionRefusal`` when the id is taken.
    func add(
        _ id: SupplierReturnID, number: String, of shipment: Shipment, _ line: GoodsReceiptLine, packs: Int64, units: BaseUnits,
        packPrice: Money, reason: String, movement: MovementID, by person: PersonID, at now: Instant
    ) throws {
        try refusing("return_id_is_unique", as: DistributionRefusal(.documentIDTaken, "return \(id)", field: "returnID")) {
            try transaction.execute(
                """
                INSERT INTO distribution.supplier_return
                       (consortium_id, return_id, number, shipment_id, shipment_line, order_id, order_line, company_id, store_id,
                        article_id, batch_number, packs, units, pack_price, reason, returned_at, returned_by_id, movement_id)
                VALUES (\(consortium), \(id), \(number), \(shipment.id), \(line.shipmentLine), \(shipment.order), \(line.orderLine),
                        \(shipment.company), \(shipment.store), \(line.article), \(line.batchNumber), \(packs), \(units),
                        \(packPrice), \(reason), \(now), \(person), \(movement))
                """)
        }
    }

    func supplierReturn(_ id: SupplierReturnID) throws -> SupplierReturn? {
        try transaction.first(
            """
            SELECT \(SupplierReturn.columns) FROM distribution.supplier_return
             WHERE consortium_id = \(consortium) AND return_id = \(id)
            """
        ) { try SupplierReturn($0) }
    }

    /// Oldest first.
    func returns(of shipment: ShipmentID) throws -> [SupplierReturn] {
        try transaction.query(
            """
            SELECT \(SupplierReturn.columns) FROM distribution.supplier_return
             WHERE consortium_id = \(consortium) AND shipment_id = \(shipment) ORDER BY returned_at, number
            """
        ) { try SupplierReturn($0) }
    }
}
