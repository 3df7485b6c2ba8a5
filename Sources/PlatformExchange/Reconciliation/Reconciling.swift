import PlatformMessages
import PooledProcurement
import Postgres
import Primitives

/// What one reconciliation of an account has found.
public struct ReconciliationReport: Sendable, Hashable {
    public var orders = 0
    public var lines = 0
    /// Orders that could not be compared this time, and why.
    public var untold: [String] = []
    /// Differences that were found now.
    public var differences = 0
    /// After some of these in a row the platform is asked no further.
    var failuresInARow = 0
}

/// Asks a platform for every order that it took in lately and writes down what differs.
struct Reconciling: Sendable {
    let line: Line
    /// Orders that are read at a time.
    static let ordersAtOnce = 200
    /// Orders in a row that could not be asked for, after which the rest is left for another time.
    static let failuresMost = 3

    /// - Parameter since: orders announced from then on.
    func run(since: Instant) async throws -> ReconciliationReport {
        var report = ReconciliationReport()
        let (tenant, destination) = (line.consortium, line.platform)
        report.untold = try await line.database.read(as: tenant.tenant) {
            try PlacedOrdersStore($0, tenant).underWay(at: destination, since: since, limit: Self.ordersAtOnce)
        }.map { "\($0): a message about it is under way or waits for a person" }
        var last = ""
        while true {
            let (consortium, platform, after) = (line.consortium, line.platform, last)
            let orders = try await line.database.read(as: consortium.tenant) {
                try PlacedOrdersStore($0, consortium).settled(at: platform, since: since, after: after, limit: Self.ordersAtOnce)
            }
            guard let end = orders.last else { return report }
            for order in orders {
                try await compare(order, into: &report)
                guard report.failuresInARow < Self.failuresMost else { return report }
            }
            last = end.number
        }
    }

    private func compare(_ order: SettledOrder, into report: inout ReconciliationReport) async throws {
        var rows: [PlatformOrderLineState] = []
        let asked = PlatformOrder(
            number: order.number, deliveryPoint: "",
            lines: order.lines.map {
                PlatformOrderLine(
                    number: $0.number, product: "", supplier: "", supplierName: "", packs: $0.packs, packPrice: .zero,
                    platformLine: $0.platformLine)
            }, platformOrder: order.platformOrder)
        let outcome = try await Asking(line: line).ask(.orderLines(asked)) { page in
            rows += page.rows.compactMap { row in if case .orderLine(let state) = row { state } else { nil } }
        }
        switch outcome {
        case .through: break
        case .unknown: rows = []
        case .failed(let reason, _):
            report.failuresInARow += 1
            return report.untold.append("\(order.number): \(reason)")
        }
        report.failuresInARow = 0
        let found = OrderComparison(number: order.number, lines: order.lines).differences(to: rows)
        report.orders += 1
        report.lines += order.lines.count
        report.differences += found.count
        let (consortium, platform, now) = (line.consortium, line.platform, line.now)
        try await line.database.write(as: consortium.tenant) { transaction in
            let store = DifferencesStore(transaction, consortium, platform)
            for difference in found {
                try store.open(difference.kind, difference.subject, ours: difference.ours, theirs: difference.theirs, at: now)
            }
            let kinds = Dictionary(grouping: found, by: \.subject).mapValues { $0.map(\.kind) }
            for line in order.lines {
                let subject = "order \(order.number)/\(line.number)"
                try store.agree(subject, except: kinds[subject] ?? [], at: now)
            }
        }
    }
}

/// An order that is not under way, as we believe the platform to have it.
struct SettledOrder: Sendable, Hashable {
    let number: String
    let platformOrder: String
    let lines: [OrderComparison.Ours]
}

extension PlacedOrdersStore {
    /// Our numbers of orders about which something is under way or waits for a person, oldest first.
    func underWay(at platform: String, since: Instant, limit: Int) throws -> [String] {
        try transaction.query(
            """
            SELECT placed.number
              FROM platform_exchange.placed_order AS placed
              JOIN outbox.document ON document.consortium_id = placed.consortium_id AND destination = platform
                                  AND document_key = placed.number
             WHERE placed.consortium_id = \(consortium) AND platform = \(platform) AND announced_at >= \(since) AND open > 0
             ORDER BY placed.number LIMIT \(limit)
            """
        ) { try $0["number"] as String }
    }

    /// Orders that the platform has and about which nothing is under way, by our number.
    func settled(at platform: String, since: Instant, after: String, limit: Int) throws -> [SettledOrder] {
        let orders = try transaction.query(
            """
            SELECT placed.number, platform_order, placed.order_id, placed.state = 'void' AS is_void
              FROM platform_exchange.placed_order AS placed
              JOIN outbox.document ON document.consortium_id = placed.consortium_id AND destination = platform
                                  AND document_key = placed.number
             WHERE placed.consortium_id = \(consortium) AND platform = \(platform) AND placed.number > \(after)
               AND announced_at >= \(since) AND platform_order IS NOT NULL AND placed.state IN ('sent', 'void') AND open = 0
             ORDER BY placed.number LIMIT \(limit)
            """
        ) {
            (
                number: try $0["number"] as String, platformOrder: try $0["platform_order"] as String,
                id: try $0["order_id"] as OrderID
            )
        }
        let lines = try transaction.query(
            """
            SELECT order_id, line_number, coalesce(platform_line, draft_line) AS platform_line, packs, state = 'accepted' AS is_live FROM platform_exchange.placed_line
             WHERE consortium_id = \(consortium) AND platform = \(platform) AND order_id = ANY(\(orders.map(\.id)))
             ORDER BY order_id, line_number
            """
        ) { row in
            (
                order: try row["order_id"] as OrderID,
                line: OrderComparison.Ours(
                    number: try row["line_number"], platformLine: try row["platform_line"], packs: try row["packs"],
                    isLive: try row["is_live"])
            )
        }
        let byOrder = Dictionary(grouping: lines, by: \.order)
        return orders.map {
            SettledOrder(number: $0.number, platformOrder: $0.platformOrder, lines: (byOrder[$0.id] ?? []).map(\.line))
        }
    }
}
