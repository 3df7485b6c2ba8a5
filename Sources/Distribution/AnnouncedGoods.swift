public import PooledProcurement
public import Postgres
public import Primitives

/// Goods that are announced to a store for an order line and not received yet.
public struct AnnouncedGoods: Sendable, Hashable {
    public let order: OrderID
    public let orderLine: Int
    public let product: ProductID
    public let packs: Int64
    public let expectedOn: CalendarDate
    /// On this day and after it the batch is not used.
    public let expiresOn: CalendarDate

    public init(
        order: OrderID, orderLine: Int, product: ProductID, packs: Int64, expectedOn: CalendarDate, expiresOn: CalendarDate
    ) {
        self.order = order
        self.orderLine = orderLine
        self.product = product
        self.packs = packs
        self.expectedOn = expectedOn
        self.expiresOn = expiresOn
    }
}

/// What suppliers have sent to a store, for other modules.
public struct OnTheWay {
    private let transaction: Transaction

    public init(_ transaction: Transaction) { self.transaction = transaction }

    /// What is announced of the articles that were ordered, the soonest expected first, also of orders that were cancelled
    /// since. Other articles will be rejected.
    public func goods(to store: StoreID, of consortium: ConsortiumID) throws -> [AnnouncedGoods] {
        try transaction.query(
            """
            SELECT line.order_id, line.order_line, ordered.product_id, line.packs, shipment.expected_on, line.expires_on
              FROM distribution.shipment
              JOIN distribution.shipment_line AS line USING (consortium_id, shipment_id)
              JOIN pooled_procurement.purchase_order_line AS ordered
                ON ordered.consortium_id = line.consortium_id AND ordered.order_id = line.order_id
               AND ordered.line_number = line.order_line AND ordered.article_id = line.article_id
             WHERE shipment.consortium_id = \(consortium) AND shipment.store_id = \(store) AND shipment.state = 'announced'
             ORDER BY shipment.expected_on, shipment.shipment_id, line.line_number
            """
        ) { row in
            AnnouncedGoods(
                order: try row["order_id"], orderLine: try row["order_line"], product: try row["product_id"],
                packs: try row["packs"], expectedOn: try row["expected_on"], expiresOn: try row["expires_on"])
        }
    }
}
