import Distribution
import PlatformMessages
import PooledProcurement
import Postgres
import Primitives

/// The SQL of what platforms say is delivered.
struct DeliveriesStore {
    let transaction: Transaction
    let consortium: ConsortiumID
    let platform: String

    init(_ transaction: Transaction, _ consortium: ConsortiumID, _ platform: String) {
        self.transaction = transaction
        self.consortium = consortium
        self.platform = platform
    }

    /// Our line by the platform's number of it.
    func placedLine(_ platformLine: String) throws -> (order: OrderID, line: Int)? {
        try transaction.first(
            """
            SELECT order_id, line_number FROM platform_exchange.placed_line
             WHERE consortium_id = \(consortium) AND platform = \(platform) AND platform_line = \(platformLine)
            """
        ) { (order: try $0["order_id"], line: try $0["line_number"]) }
    }

    func article(_ code: String) throws -> ArticleID? {
        try transaction.first(
            """
            SELECT article_id FROM platform_exchange.article_code
             WHERE consortium_id = \(consortium) AND platform = \(platform) AND code = \(code) ORDER BY article_id LIMIT 1
            """
        ) { try $0["article_id"] as ArticleID }
    }

    func packs(of deliveryLine: String) throws -> Int64? {
        try transaction.first(
            """
            SELECT packs FROM platform_exchange.delivery_line
             WHERE consortium_id = \(consortium) AND platform = \(platform) AND delivery_line = \(deliveryLine)
            """
        ) { try $0["packs"] as Int64 }
    }

    func insert(
        _ line: PlatformDeliveryLine, of ours: (order: OrderID, line: Int), article: ArticleID, expiresOn: CalendarDate,
        at now: Instant
    ) throws {
        try transaction.execute(
            """
            INSERT INTO platform_exchange.delivery_line
                   (consortium_id, platform, delivery_line, order_id, line_number, article_id, note, note_barcode, supplier, product,
                    platform_line, platform_note, batch, expires_on, packs, pulled_at)
            VALUES (\(consortium), \(platform), \(line.deliveryLine), \(ours.order), \(ours.line), \(article), \(line.note),
                    \(line.noteBarcode), \(line.supplier), \(line.product), \(line.platformOrderLine), \(line.platformNote), \(line.batch), \(expiresOn), \(line.packs), \(now))
            """)
    }

    /// What was pulled and not announced yet, order by order.
    func toAnnounce(pulledThrough: Instant, limit: Int) throws -> [DeliveryToAnnounce] {
        try transaction.query(
            """
            SELECT delivery_line, order_id, line_number, article_id, note, batch, expires_on, packs
              FROM platform_exchange.delivery_line
             WHERE consortium_id = \(consortium) AND platform = \(platform) AND shipment_id IS NULL
               AND pulled_at <= \(pulledThrough)
             ORDER BY order_id, note, delivery_line LIMIT \(limit) FOR UPDATE
            """
        ) { row in
            DeliveryToAnnounce(
                deliveryLine: try row["delivery_line"], order: try row["order_id"], line: try row["line_number"],
                article: try row["article_id"], note: try row["note"], batch: try row["batch"], expiresOn: try row["expires_on"],
                packs: try row["packs"])
        }
    }

    func announced(_ deliveryLine: String, as shipment: ShipmentID, line: Int) throws {
        try transaction.execute(
            """
            UPDATE platform_exchange.delivery_line SET shipment_id = \(shipment), shipment_line = \(line)
             WHERE consortium_id = \(consortium) AND platform = \(platform) AND delivery_line = \(deliveryLine)
            """)
    }
}

/// A delivery's line that is to be announced here.
struct DeliveryToAnnounce: Sendable, Hashable {
    let deliveryLine: String
    let order: OrderID
    let line: Int
    let article: ArticleID
    let note: String
    let batch: String
    let expiresOn: CalendarDate
    let packs: Int64
}
