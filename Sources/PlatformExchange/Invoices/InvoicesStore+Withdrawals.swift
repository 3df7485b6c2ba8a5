import Postgres
import Primitives

/// What a platform shows no more while it waits here.
extension InvoicesStore {
    /// The first day of an invoice that the platform lists and that waits; `nil` when none does.
    func firstWaitingDay() throws -> CalendarDate? {
        try transaction.first(
            """
            SELECT min(coalesce(dated_on, (pulled_at AT TIME ZONE 'Asia/Shanghai')::date)) AS first_day
              FROM platform_exchange.invoice
             WHERE consortium_id = \(consortium) AND platform = \(platform) AND state = 'waiting' AND origin = 'invoices'
            """
        ) { try $0["first_day"] as CalendarDate? }.flatMap { $0 }
    }

    /// Marks the waiting invoices and their lines that were not seen since then, after the platform was read to its end.
    func withdraw(notSeenSince since: Instant) throws {
        try transaction.execute(
            """
            UPDATE platform_exchange.invoice_line AS line SET withdrawn_at = \(since)
              FROM platform_exchange.invoice
             WHERE invoice.consortium_id = \(consortium) AND invoice.platform = \(platform) AND invoice.state = 'waiting'
               AND invoice.origin = 'invoices' AND invoice.seen_at >= \(since) AND line.consortium_id = invoice.consortium_id
               AND line.invoice_id = invoice.invoice_id AND line.seen_at < \(since) AND line.withdrawn_at IS NULL
            """)
        try transaction.execute(
            """
            UPDATE platform_exchange.invoice SET withdrawn_at = \(since)
             WHERE consortium_id = \(consortium) AND platform = \(platform) AND state = 'waiting' AND origin = 'invoices'
               AND seen_at < \(since) AND withdrawn_at IS NULL
            """)
    }

    /// Marks a delivery's line on the waiting invoices that it does not stand on.
    ///
    /// - Parameter invoice: on which it stands; `nil` for none.
    func withdraw(delivery line: String, exceptOn invoice: SupplierInvoiceID?, at now: Instant) throws {
        let other: SQL = invoice.map { "invoice.invoice_id <> \($0)" } ?? "TRUE"
        try transaction.execute(
            """
            UPDATE platform_exchange.invoice_line AS line SET withdrawn_at = \(now)
              FROM platform_exchange.invoice
             WHERE invoice.consortium_id = \(consortium) AND invoice.platform = \(platform) AND invoice.state = 'waiting'
               AND invoice.origin = 'deliveries' AND \(other) AND line.consortium_id = invoice.consortium_id
               AND line.invoice_id = invoice.invoice_id AND line.invoice_line = \(line) AND line.withdrawn_at IS NULL
            """)
    }

    /// An invoice that matched by itself and is not paid waits again: a line has come to it.
    ///
    /// - Returns: whether it does.
    func reopen(_ invoice: SupplierInvoiceID) throws -> Bool {
        try transaction.execute(
            """
            UPDATE platform_exchange.invoice SET state = 'waiting', decided_at = NULL
             WHERE consortium_id = \(consortium) AND invoice_id = \(invoice) AND state = 'accepted' AND origin = 'deliveries'
               AND decided_by_id IS NULL AND paid_at IS NULL
            """) == 1
    }

    /// Whether what waits on deliveries is whole: the platform's deliveries were read to their end.
    func deliveriesAreWhole() throws -> Bool {
        try transaction.first(
            """
            SELECT trouble FROM platform_exchange.feed
             WHERE consortium_id = \(consortium) AND platform = \(platform) AND question = 'delivery-lines'
            """
        ) { try $0["trouble"] as String }.map(\.isEmpty) ?? true
    }
}
