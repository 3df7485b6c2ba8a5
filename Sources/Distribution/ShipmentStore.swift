import PooledProcurement
import Postgres
import Primitives

/// The SQL statements that write shipments, and read one.
struct ShipmentStore {
    let transaction: Transaction
    let consortium: ConsortiumID

    static let columns: SQL = """
        shipment_id, shipment.number, order_id, company_id, shipment.facility_id, store_id, shipment.state, delivery_note,
        shipped_on, expected_on, announced_at, shipment.reason
        """

    init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    // MARK: - Locks

    /// Lets one transaction at a time announce or receive goods of an order.
    func lockDeliveries(of order: OrderID) throws {
        try transaction.execute(
            """
            INSERT INTO distribution.order_delivery (consortium_id, order_id) VALUES (\(consortium), \(order))
            ON CONFLICT (consortium_id, order_id) DO NOTHING
            """)
        try transaction.execute(
            """
            SELECT 1 FROM distribution.order_delivery WHERE consortium_id = \(consortium) AND order_id = \(order) FOR UPDATE
            """)
    }

    /// Locks a shipment until the transaction ends, and reads it as it is then.
    ///
    /// - Throws: ``DistributionRefusal`` when there is no such shipment.
    func locked(_ id: ShipmentID) throws -> Shipment {
        try transaction.execute(
            "SELECT 1 FROM distribution.shipment WHERE consortium_id = \(consortium) AND shipment_id = \(id) FOR UPDATE")
        return try shipment(id)
    }

    // MARK: - Writing

    func nextNumber(year: Int) throws -> String {
        try transaction.documentNumber("FH", year: year, from: "SELECT nextval('distribution.shipment_number') AS number")
    }

    /// - Throws: ``DistributionRefusal`` when the id is taken, or the supplier announced the delivery note before.
    func add(_ shipment: Shipment, by person: PersonID) throws {
        try refusing(
            "shipment_id_is_unique", as: DistributionRefusal(.documentIDTaken, shipment.subject, field: "shipmentID")
        ) {
            try refusing(
                "delivery_note_is_announced_once",
                as: DistributionRefusal(.deliveryNoteAnnounced, shipment.deliveryNote, field: "deliveryNote")
            ) {
                try transaction.execute(
                    """
                    INSERT INTO distribution.shipment
                           (consortium_id, shipment_id, number, order_id, company_id, facility_id, store_id, state, delivery_note,
                            shipped_on, expected_on, announced_at, announced_by_id)
                    VALUES (\(consortium), \(shipment.id), \(shipment.number), \(shipment.order), \(shipment.company),
                            \(shipment.facility), \(shipment.store), \(shipment.state), \(shipment.deliveryNote),
                            \(shipment.shippedOn), \(shipment.expectedOn), \(shipment.announcedAt), \(person))
                    """)
            }
        }
        try transaction.insert(
            into: """
                distribution.shipment_line
                (consortium_id, shipment_id, line_number, order_id, order_line, article_id, batch_number, expires_on, packs)
                """,
            rows: shipment.lines.map { line in
                [
                    consortium, shipment.id, line.number, shipment.order, line.orderLine, line.article, line.batchNumber,
                    line.expiresOn, line.packs,
                ]
            })
    }

    /// Changes the state of a shipment that the transaction has locked.
    func set(_ state: ShipmentState, of id: ShipmentID, reason: String) throws {
        try transaction.execute(
            """
            UPDATE distribution.shipment SET state = \(state), reason = \(reason)
             WHERE consortium_id = \(consortium) AND shipment_id = \(id)
            """)
    }

    // MARK: - Reading

    /// Packs by order line that were announced and have not been received.
    func packsOnTheirWay(for order: OrderID) throws -> [Int: Int64] {
        let rows = try transaction.query(
            """
            SELECT line.order_line, sum(line.packs)::bigint AS packs
              FROM distribution.shipment
              JOIN distribution.shipment_line AS line USING (consortium_id, shipment_id)
             WHERE shipment.consortium_id = \(consortium) AND shipment.order_id = \(order) AND shipment.state = 'announced'
             GROUP BY line.order_line
            """
        ) { (try $0["order_line"] as Int, try $0["packs"] as Int64) }
        return Dictionary(rows, uniquingKeysWith: +)
    }

    /// - Throws: ``DistributionRefusal`` when there is no such shipment.
    func shipment(_ id: ShipmentID) throws -> Shipment {
        let lines = try lines(of: [id])[id] ?? []
        let found = try transaction.first(
            """
            SELECT \(Self.columns) FROM distribution.shipment
             WHERE consortium_id = \(consortium) AND shipment_id = \(id)
            """
        ) { try Shipment($0, lines: lines) }
        guard let found else { throw DistributionRefusal(.shipmentUnknown, "shipment \(id)") }
        return found
    }

    /// The lines of some shipments, each in the order of its lines.
    func lines(of ids: [ShipmentID]) throws -> [ShipmentID: [ShipmentLine]] {
        let rows = try transaction.query(
            """
            SELECT shipment_id, line_number, order_line, article_id, batch_number, expires_on, packs
              FROM distribution.shipment_line
             WHERE consortium_id = \(consortium) AND shipment_id = ANY(\(ids))
             ORDER BY shipment_id, line_number
            """
        ) { row in
            let line = ShipmentLine(
                number: try row["line_number"], orderLine: try row["order_line"], article: try row["article_id"],
                batchNumber: try row["batch_number"], expiresOn: try row["expires_on"], packs: try row["packs"])
            return (try row["shipment_id"] as ShipmentID, line)
        }
        return Dictionary(grouping: rows, by: \.0).mapValues { $0.map(\.1) }
    }
}

extension Shipment {
    init(_ row: Row, lines: [ShipmentLine]) throws {
        self.init(
            id: try row["shipment_id"], number: try row["number"], order: try row["order_id"], company: try row["company_id"],
            facility: try row["facility_id"], store: try row["store_id"], state: try row["state"],
            deliveryNote: try row["delivery_note"], shippedOn: try row["shipped_on"], expectedOn: try row["expected_on"],
            announcedAt: try row["announced_at"], reason: try row["reason"], lines: lines)
    }

    /// The same shipment with its lines.
    func with(_ lines: [ShipmentLine]) -> Shipment {
        Shipment(
            id: id, number: number, order: order, company: company, facility: facility, store: store, state: state,
            deliveryNote: deliveryNote, shippedOn: shippedOn, expectedOn: expectedOn, announcedAt: announcedAt, reason: reason,
            lines: lines)
    }
}
