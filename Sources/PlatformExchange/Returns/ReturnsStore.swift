import Distribution
import PlatformMessages
import Postgres
import Primitives

/// The SQL of returns as platforms have them.
struct ReturnsStore {
    let transaction: Transaction
    let consortium: ConsortiumID

    init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    /// A platform's delivery that brought goods which go back.
    struct Source {
        let platform: String
        let deliveryLine: String
        let supplier: String
        let product: String
        let point: String
        let purchaseKind: String
        let isVolumePurchase: Bool
        /// Packs that were accepted of it and have not gone back.
        let packs: Int64
    }

    /// The platform's deliveries behind a shipment's line, in the order in which they share what was accepted.
    func deliveries(of returned: SupplierReturn) throws -> [Source] {
        try transaction.query(
            """
            SELECT delivery.platform, delivery.delivery_line, delivery.supplier, delivery.product, coalesce(store_code.code, '') AS point,
                   coalesce(article_code.purchase_kind, '') AS purchase_kind,
                   EXISTS (SELECT FROM platform_exchange.invoice_line AS line
                             JOIN platform_exchange.invoice USING (consortium_id, invoice_id)
                            WHERE line.consortium_id = delivery.consortium_id AND line.order_id = delivery.order_id
                              AND line.line_number = delivery.line_number AND invoice.is_volume_purchase) AS is_volume_purchase,
                   coalesce((message.content ->> 'packsAccepted')::bigint, delivery.packs)
                   - (SELECT coalesce(sum(placed.packs), 0)::bigint FROM platform_exchange.placed_return AS placed
                       WHERE placed.consortium_id = delivery.consortium_id AND placed.platform = delivery.platform
                         AND placed.delivery_line = delivery.delivery_line AND placed.there NOT IN ('refused', 'void')) AS packs
              FROM platform_exchange.delivery_line AS delivery
              LEFT JOIN platform_exchange.store_code
                ON store_code.consortium_id = delivery.consortium_id AND store_code.platform = delivery.platform
               AND store_code.store_id = \(returned.store)
              LEFT JOIN platform_exchange.article_code
                ON article_code.consortium_id = delivery.consortium_id AND article_code.platform = delivery.platform
               AND article_code.article_id = delivery.article_id
              LEFT JOIN outbox.message
                ON message.consortium_id = delivery.consortium_id AND message.destination = delivery.platform
               AND message.business_key = delivery.delivery_line || \("/" + PlatformFactKind.acceptDelivery.rawValue)
             WHERE delivery.consortium_id = \(consortium) AND delivery.shipment_id = \(returned.shipment)
               AND delivery.shipment_line = \(returned.shipmentLine)
             ORDER BY delivery.platform, delivery.delivery_line
            """
        ) { row in
            Source(
                platform: try row["platform"], deliveryLine: try row["delivery_line"], supplier: try row["supplier"],
                product: try row["product"], point: try row["point"], purchaseKind: try row["purchase_kind"],
                isVolumePurchase: try row["is_volume_purchase"], packs: try row["packs"])
        }
    }

    func insert(_ number: String, of returned: SupplierReturn, from source: Source, packs: Int64, at now: Instant) throws {
        try transaction.execute(
            """
            INSERT INTO platform_exchange.placed_return
                   (consortium_id, platform, number, return_id, delivery_line, packs, announced_at, changed_at)
            VALUES (\(consortium), \(source.platform), \(number), \(returned.id), \(source.deliveryLine), \(packs), \(now), \(now))
            """)
    }

    /// The platform's number of a return; `nil` before it gave one.
    func platformNumber(of number: String, at platform: String) throws -> String? {
        try transaction.first(
            """
            SELECT platform_return FROM platform_exchange.placed_return
             WHERE consortium_id = \(consortium) AND platform = \(platform) AND number = \(number)
            """
        ) { try $0["platform_return"] as String? }.flatMap { $0 }
    }

    /// The platform's code of the store that a return left; `nil` while there is none.
    func point(of number: String, at platform: String) throws -> String? {
        try transaction.first(
            """
            SELECT store_code.code FROM platform_exchange.placed_return AS placed
              JOIN distribution.supplier_return AS returned USING (consortium_id, return_id)
              JOIN platform_exchange.store_code
                ON store_code.consortium_id = placed.consortium_id AND store_code.platform = placed.platform
               AND store_code.store_id = returned.store_id
             WHERE placed.consortium_id = \(consortium) AND placed.platform = \(platform) AND placed.number = \(number)
            """
        ) { try $0["code"] as String }
    }

    func acknowledge(
        _ number: String, at platform: String, becoming state: PlacedReturnState, platformNumber: String?, at now: Instant
    ) throws {
        let given = platformNumber.flatMap { $0.isEmpty ? nil : $0 }
        try transaction.execute(
            """
            UPDATE platform_exchange.placed_return
               SET state = \(state), platform_return = coalesce(\(given), platform_return), changed_at = \(now)
             WHERE consortium_id = \(consortium) AND platform = \(platform) AND number = \(number)
            """)
    }

    /// Writes how the supplier has answered.
    func answered(_ number: String, at platform: String, with row: PlatformReturnState, at now: Instant) throws {
        let given = row.platformReturn.isEmpty ? nil : row.platformReturn
        try transaction.execute(
            """
            UPDATE platform_exchange.placed_return
               SET there = \(row.state.rawValue), platform_return = coalesce(platform_return, \(given)), changed_at = \(now)
             WHERE consortium_id = \(consortium) AND platform = \(platform) AND number = \(number)
               AND there <> \(row.state.rawValue)
            """)
    }

    /// Returns that the platform knows and that are not answered for good, oldest first.
    func open(at platform: String, limit: Int) throws -> [PlacedReturn] {
        try transaction.query(
            """
            SELECT * FROM platform_exchange.placed_return
             WHERE consortium_id = \(consortium) AND platform = \(platform) AND there NOT IN ('agreed', 'refused', 'void')
               AND state <> 'announced'
             ORDER BY announced_at, number LIMIT \(limit)
            """
        ) { try PlacedReturn($0) }
    }

    /// A return as platforms have it.
    func placed(_ id: SupplierReturnID) throws -> [PlacedReturn] {
        try transaction.query(
            """
            SELECT * FROM platform_exchange.placed_return
             WHERE consortium_id = \(consortium) AND return_id = \(id) ORDER BY platform, number
            """
        ) { try PlacedReturn($0) }
    }

    /// What the application said, for its confirmation.
    func application(_ number: String, at platform: String) throws -> PlatformReturn? {
        try transaction.first(
            """
            SELECT content FROM outbox.message
             WHERE consortium_id = \(consortium) AND destination = \(platform)
               AND business_key = \("\(number)/\(PlatformFactKind.applyReturn.rawValue)")
            """
        ) { (try $0["content"] as JSON<PlatformReturn>).value }
    }
}
