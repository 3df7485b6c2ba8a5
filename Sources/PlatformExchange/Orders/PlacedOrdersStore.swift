import PlatformMessages
import PooledProcurement
import Postgres
public import Primitives

/// The SQL of orders as platforms have them.
struct PlacedOrdersStore {
    let transaction: Transaction
    let consortium: ConsortiumID

    init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    func insert(_ content: OrderContent, at platform: String, at now: Instant) throws {
        try transaction.execute(
            """
            INSERT INTO platform_exchange.placed_order (consortium_id, platform, order_id, number, announced_at, changed_at)
            VALUES (\(consortium), \(platform), \(content.order), \(content.number), \(now), \(now))
            """)
        try transaction.execute(
            """
            INSERT INTO platform_exchange.placed_line
                   (consortium_id, platform, order_id, line_number, article_id, packs, pack_price)
            SELECT \(consortium), \(platform), \(content.order), line.* FROM unnest(
                   \(content.lines.map(\.number)), \(content.lines.map(\.article)), \(content.lines.map(\.packs)),
                   \(content.lines.map(\.packPrice.tenThousandths))) AS line
            """)
    }

    /// The platforms that were told of an order, by their codes.
    func platforms(of order: OrderID) throws -> [String] {
        try transaction.query(
            """
            SELECT platform FROM platform_exchange.placed_order
             WHERE consortium_id = \(consortium) AND order_id = \(order) AND state <> 'void' ORDER BY platform
            """
        ) { try $0["platform"] as String }
    }

    /// Our numbers of the lines that the platform has, or is about to.
    func liveLines(of order: OrderID, at platform: String) throws -> Set<Int> {
        Set(
            try transaction.query(
                """
                SELECT line_number FROM platform_exchange.placed_line
                 WHERE consortium_id = \(consortium) AND platform = \(platform) AND order_id = \(order)
                   AND state IN ('pending', 'accepted')
                """
            ) { try $0["line_number"] as Int })
    }

    /// Whether the platform has said that something is delivered.
    func isDelivered(_ order: OrderID, at platform: String) throws -> Bool {
        try transaction.first(
            """
            SELECT EXISTS (SELECT FROM platform_exchange.delivery_line
                            WHERE consortium_id = \(consortium) AND platform = \(platform) AND order_id = \(order)) AS is_delivered
            """
        ) { try $0["is_delivered"] as Bool } ?? false
    }

    /// The platform's numbers of an order and its lines, as far as it gave them, and which lines it refused.
    func numbers(of order: OrderID, at platform: String) throws -> PlatformNumbers {
        let number = try transaction.first(
            """
            SELECT platform_order FROM platform_exchange.placed_order
             WHERE consortium_id = \(consortium) AND platform = \(platform) AND order_id = \(order)
            """
        ) { try $0["platform_order"] as String? }
        let lines = try transaction.query(
            """
            SELECT line_number, coalesce(platform_line, draft_line) AS platform_line, state = 'refused' AS is_refused FROM platform_exchange.placed_line
             WHERE consortium_id = \(consortium) AND platform = \(platform) AND order_id = \(order)
            """
        ) {
            (
                line: try $0["line_number"] as Int, number: try $0["platform_line"] as String?,
                isRefused: try $0["is_refused"] as Bool
            )
        }
        return PlatformNumbers(
            order: number.flatMap { $0 },
            lines: Dictionary(uniqueKeysWithValues: lines.compactMap { line in line.number.map { (line.line, $0) } }),
            refused: Set(lines.filter(\.isRefused).map(\.line)), known: Set(lines.map(\.line)))
    }

    /// Writes what the platform said of an order that it took in.
    ///
    /// - Parameter number: ours.
    func acknowledge(
        _ acknowledgement: PlatformAcknowledgement, of number: String, at platform: String, becoming state: PlacedOrderState,
        at now: Instant
    ) throws {
        let order = try transaction.first(
            """
            UPDATE platform_exchange.placed_order
               SET state = \(state), platform_order = coalesce(\(acknowledgement.document), platform_order), changed_at = \(now)
             WHERE consortium_id = \(consortium) AND platform = \(platform) AND number = \(number)
            RETURNING order_id
            """
        ) { try $0["order_id"] as OrderID }
        guard let order else { return }
        if state == .void {
            try transaction.execute(
                """
                UPDATE platform_exchange.placed_line SET state = 'void'
                 WHERE consortium_id = \(consortium) AND platform = \(platform) AND order_id = \(order)
                """)
            return
        }
        let taken = acknowledgement.lines.filter { $0.complaint == nil }
        // A draft's lines may have other numbers than those of the order that it becomes, or the same.
        let isDraft = state == .created
        try transaction.execute(
            """
            UPDATE platform_exchange.placed_line
               SET state = 'accepted',
                   draft_line = CASE WHEN \(isDraft) THEN coalesce(said.number, draft_line) ELSE draft_line END,
                   platform_line = CASE WHEN \(isDraft) THEN platform_line ELSE coalesce(said.number, platform_line) END
              FROM (SELECT line_number, nullif(number, '') AS number
                      FROM unnest(\(taken.map(\.line)), \(taken.map { $0.platformLine ?? "" })) AS line (line_number, number)) AS said
             WHERE consortium_id = \(consortium) AND platform = \(platform) AND order_id = \(order)
               AND placed_line.line_number = said.line_number
            """)
        if !isDraft {
            try transaction.execute(
                """
                UPDATE platform_exchange.placed_line SET platform_line = draft_line
                 WHERE consortium_id = \(consortium) AND platform = \(platform) AND order_id = \(order)
                   AND platform_line IS NULL AND draft_line IS NOT NULL
                """)
        }
        try complain(acknowledgement.lines, of: order, at: platform)
    }

    private func complain(_ lines: [PlatformLineReply], of order: OrderID, at platform: String) throws {
        for line in lines {
            guard let complaint = line.complaint else { continue }
            try transaction.execute(
                """
                UPDATE platform_exchange.placed_line
                   SET state = 'refused', complaint_code = \(complaint.code),
                       complaint = \(complaint.text.isEmpty ? complaint.code : complaint.text)
                 WHERE consortium_id = \(consortium) AND platform = \(platform) AND order_id = \(order)
                   AND line_number = \(line.line)
                """)
        }
    }
}

/// The platform's numbers of one of our orders.
struct PlatformNumbers {
    let order: String?
    /// By our number of the line.
    let lines: [Int: String]
    /// Our numbers of the lines that the platform did not take.
    let refused: Set<Int>
    /// Our numbers of all lines.
    let known: Set<Int>
}

/// How far an order has come on a platform.
public enum PlacedOrderState: String, StoredText, Codable, CaseIterable {
    /// In the outbox.
    case announced
    /// A draft there.
    case created
    case sent
    case void
}
