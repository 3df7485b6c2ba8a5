public import PooledProcurement
public import Postgres
public import Primitives

/// How a supplier delivered over some days, in packs, counted by the day of the receipt.
public struct DeliveryPerformance: Sendable, Hashable, Codable {
    public let company: CompanyID
    public let companyName: String
    /// Received shipments.
    public let shipments: Int
    /// Of these, received after the day they were expected.
    public let lateShipments: Int
    public let announced: Int64
    public let delivered: Int64
    public let accepted: Int64
    public let rejected: Int64
    public let short: Int64
}

/// What storekeepers, suppliers and the procurement centre ask about deliveries. A supplier sees its own, a facility's
/// people what is delivered to it.
public struct DistributionReadings {
    private let transaction: Transaction
    private let principal: Principal

    public init(_ transaction: Transaction, for principal: Principal) {
        self.transaction = transaction
        self.principal = principal
    }

    private var consortium: ConsortiumID { principal.consortium }
    private var shipments: ShipmentStore { ShipmentStore(transaction, consortium) }

    /// - Throws: ``DistributionRefusal`` when there is no such shipment, or it is not for the principal to see.
    public func shipment(_ id: ShipmentID) throws -> Shipment {
        let found = try shipments.shipment(id)
        guard found.isVisible(to: principal) else { throw DistributionRefusal(.shipmentUnknown, "shipment \(id)") }
        return found
    }

    /// - Throws: ``DistributionRefusal`` when there is no such receipt, or it is not for the principal to see.
    public func receipt(_ id: GoodsReceiptID) throws -> GoodsReceipt {
        let found = try GoodsReceiptStore(transaction, consortium).receipt(id)
        guard try shipments.shipment(found.shipment).isVisible(to: principal) else {
            throw DistributionRefusal(.receiptUnknown, "receipt \(id)")
        }
        return found
    }

    /// The receipt of a shipment; `nil` before it was received.
    ///
    /// - Throws: as ``shipment(_:)``.
    public func receipt(of id: ShipmentID) throws -> GoodsReceiptID? {
        _ = try shipment(id)
        return try GoodsReceiptStore(transaction, consortium).receipt(of: id)
    }

    /// What of a shipment went back to its supplier, oldest first.
    ///
    /// - Throws: as ``shipment(_:)``.
    public func returns(of id: ShipmentID) throws -> [SupplierReturn] {
        _ = try shipment(id)
        return try SupplierReturnStore(transaction, consortium).returns(of: id)
    }

    /// What is on its way to a store, the soonest expected first, after one of the shipments.
    public func toReceive(in store: StoreID, after: ShipmentID? = nil, limit: Int) throws -> [Shipment] {
        let later: SQL =
            after.map { after in
                """
                (expected_on, shipment_id) > (
                    SELECT last.expected_on, last.shipment_id FROM distribution.shipment AS last
                     WHERE last.consortium_id = \(consortium) AND last.shipment_id = \(after))
                """
            } ?? "TRUE"
        return try list(
            """
            SELECT \(ShipmentStore.columns) FROM distribution.shipment
             WHERE consortium_id = \(consortium) AND store_id = \(store) AND state = 'announced' AND \(visible) AND \(later)
             ORDER BY expected_on, shipment_id LIMIT \(limit)
            """)
    }

    /// The shipments of an order, oldest first.
    public func shipments(of order: OrderID) throws -> [Shipment] {
        try list(
            """
            SELECT \(ShipmentStore.columns) FROM distribution.shipment
             WHERE consortium_id = \(consortium) AND order_id = \(order) AND \(visible)
             ORDER BY announced_at, shipment_id
            """)
    }

    /// How suppliers delivered from one day through another, by company. The lines are found receipt by receipt, so that it
    /// stays quick also where the planner knows nothing yet of a young table.
    public func performance(from: CalendarDate, through: CalendarDate) throws -> [DeliveryPerformance] {
        try transaction.query(
            """
            SELECT shipment.company_id, company.name, count(*) AS shipments,
                   count(*) FILTER (WHERE receipt.received_on > shipment.expected_on) AS late_shipments,
                   sum(line.announced)::bigint AS announced, sum(line.delivered)::bigint AS delivered,
                   sum(line.accepted)::bigint AS accepted, sum(line.rejected)::bigint AS rejected,
                   sum(line.short)::bigint AS short
              FROM distribution.goods_receipt AS receipt
              JOIN distribution.shipment USING (consortium_id, shipment_id)
              JOIN parties.company USING (company_id)
             CROSS JOIN LATERAL (
                   SELECT sum(announced) AS announced, sum(delivered) AS delivered, sum(accepted) AS accepted,
                          sum(rejected) AS rejected, sum(short) AS short
                     FROM distribution.goods_receipt_line
                    WHERE goods_receipt_line.consortium_id = receipt.consortium_id
                      AND goods_receipt_line.receipt_id = receipt.receipt_id) AS line
             WHERE receipt.consortium_id = \(consortium) AND receipt.received_on BETWEEN \(from) AND \(through) AND \(visible)
             GROUP BY shipment.company_id, company.name
             ORDER BY shipment.company_id
            """
        ) { row in
            DeliveryPerformance(
                company: try row["company_id"], companyName: try row["name"], shipments: try row["shipments"],
                lateShipments: try row["late_shipments"], announced: try row["announced"], delivered: try row["delivered"],
                accepted: try row["accepted"], rejected: try row["rejected"], short: try row["short"])
        }
    }

    private var visible: SQL {
        if let company = principal.company { return "shipment.company_id = \(company)" }
        if principal.seesWholeConsortium { return "TRUE" }
        return "shipment.facility_id = \(principal.facility)"
    }

    private func list(_ sql: SQL) throws -> [Shipment] {
        let found = try transaction.query(sql) { try Shipment($0, lines: []) }
        let lines = try shipments.lines(of: found.map(\.id))
        return found.map { $0.with(lines[$0.id] ?? []) }
    }
}
