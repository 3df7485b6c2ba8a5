import PlatformMessages
import Postgres
import Primitives

extension Reconciling {
    /// Holds the receipts that the platform has taken in against what it has. What a list of deliveries does not show is asked for one
    /// by one.
    ///
    /// - Parameter since: receipts of deliveries pulled from then on.
    func compareReceipts(since: Instant, into report: inout ReconciliationReport) async throws {
        guard report.failuresInARow < Self.failuresMost else { return }
        let (consortium, platform) = (line.consortium, line.platform)
        var last = ""
        var listed: [String: PlatformDeliveryLine]?
        while true {
            let after = last
            let receipts = try await line.database.read(as: consortium.tenant) {
                try DeliveriesStore($0, consortium, platform).toldReceipts(since: since, after: after, limit: Self.receiptsAtOnce)
            }
            guard let end = receipts.last else { return }
            if listed == nil { listed = try await decided(since: since) }
            var rows = receipts.compactMap { listed?[$0.deliveryLine] }
            var compared: [PlatformReceipt] = []
            for receipt in receipts {
                if listed?[receipt.deliveryLine] == nil {
                    guard line.dialect.asks(.deliveryLine) else { continue }
                    guard let found = try await row(of: receipt, into: &report) else {
                        guard report.failuresInARow < Self.failuresMost else { return }
                        continue
                    }
                    rows += found
                }
                compared.append(receipt)
            }
            report.receipts += compared.count
            let found = ReceiptComparison(receipts: compared).differences(to: rows)
            try await write(found, of: compared.map { ReceiptComparison.subject($0.deliveryLine) }, into: &report)
            last = end.deliveryLine
        }
    }

    /// Receipts that are read at a time.
    private static let receiptsAtOnce = 1_000

    /// Deliveries that the platform lists as decided, by its number of the line; none where its list holds only what waits.
    private func decided(since: Instant) async throws -> [String: PlatformDeliveryLine] {
        guard line.dialect.asks(.deliveryLines) else { return [:] }
        var rows: [String: PlatformDeliveryLine] = [:]
        let days = PlatformDays(from: since.businessDay, through: line.now.businessDay)
        let outcome = try await Asking(line: line).ask(.deliveryLines(days)) { page in
            for case .deliveryLine(let row) in page.rows where row.state != nil && row.state != .shipped {
                rows[row.deliveryLine] = row
            }
        }
        return outcome.trouble == nil ? rows : [:]
    }

    /// - Returns: what the platform says of one delivery; `nil` when it did not say anything.
    private func row(of receipt: PlatformReceipt, into report: inout ReconciliationReport) async throws -> [PlatformDeliveryLine]? {
        var rows: [PlatformDeliveryLine] = []
        let outcome = try await Asking(line: line).ask(.deliveryLine(receipt)) { page in
            for case .deliveryLine(let row) in page.rows { rows.append(row) }
        }
        if case .failed(let reason, _) = outcome {
            report.failuresInARow += 1
            report.untold.append("delivery \(receipt.deliveryLine): \(reason)")
            return nil
        }
        report.failuresInARow = 0
        return rows
    }

    /// Opens what differs now and settles what does not any more.
    func write(_ found: [OrderComparison.Found], of subjects: [String], into report: inout ReconciliationReport) async throws {
        report.differences += found.count
        let (consortium, platform, now) = (line.consortium, line.platform, line.now)
        try await line.database.write(as: consortium.tenant) { transaction in
            let store = DifferencesStore(transaction, consortium, platform)
            for difference in found {
                try store.open(difference.kind, difference.subject, ours: difference.ours, theirs: difference.theirs, at: now)
            }
            let kinds = Dictionary(grouping: found, by: \.subject).mapValues { $0.map(\.kind) }
            for subject in Set(subjects).union(kinds.keys).sorted() {
                try store.agree(subject, except: kinds[subject] ?? [], at: now)
            }
        }
    }
}

extension DeliveriesStore {
    /// What the platform has taken in of deliveries, by its number of the line.
    func toldReceipts(since: Instant, after: String, limit: Int) throws -> [PlatformReceipt] {
        try transaction.query(
            """
            SELECT message.content
              FROM platform_exchange.delivery_line AS delivery
              JOIN outbox.message
                ON message.consortium_id = delivery.consortium_id AND message.destination = delivery.platform
               AND message.business_key = delivery.delivery_line || \("/" + PlatformFactKind.acceptDelivery.rawValue)
             WHERE delivery.consortium_id = \(consortium) AND delivery.platform = \(platform) AND delivery.delivery_line > \(after)
               AND delivery.pulled_at >= \(since) AND message.state = 'accepted'
             ORDER BY delivery.delivery_line LIMIT \(limit)
            """
        ) { (try $0["content"] as JSON<PlatformReceipt>).value }
    }
}
