import PlatformMessages
import Postgres
import Primitives

extension Reconciling {
    /// Days that a platform is asked for at once.
    private static let daysAtOnce = 30
    /// Months of which statements are compared.
    private static let monthsMost = 12

    /// Holds the invoices that we know against those that the platform lists, day by day.
    func compareInvoices(since: Instant, into report: inout ReconciliationReport) async throws {
        guard line.dialect.asks(.invoices) else { return }
        let (consortium, platform, today) = (line.consortium, line.platform, line.now.businessDay)
        var from = since.businessDay
        while from <= today, report.failuresInARow < Self.failuresMost {
            let days = PlatformDays(from: from, through: min(today, from.adding(days: Self.daysAtOnce - 1)))
            from = days.through.adding(days: 1)
            var (rows, unreadable): ([PlatformInvoiceState], [PlatformUnreadableRow]) = ([], [])
            let outcome = try await Asking(line: line).ask(.invoices(days)) { page in
                for case .invoice(let row) in page.rows { rows.append(row) }
                unreadable += page.unreadable
            }
            if let trouble = outcome.trouble ?? unreadable.trouble {
                report.failuresInARow += outcome.trouble == nil ? 0 : 1
                report.untold.append("invoices of \(days.from) to \(days.through): \(trouble)")
                continue
            }
            report.failuresInARow = 0
            let ours = try await line.database.read(as: consortium.tenant) {
                try InvoicesStore($0, consortium, platform).listed(of: days, recentSince: since)
            }
            report.invoices += ours.count
            let found = InvoiceComparison(invoices: ours).differences(to: rows)
            let subjects = ours.map { InvoiceComparison.subject($0.key) }
            try await write(found, of: subjects, into: &report)
        }
    }

    /// Holds what we have accepted, in whole months since then and the one that is not over, month by month and supplier by supplier, against the platform's own sums.
    func compareStatements(since: Instant, into report: inout ReconciliationReport) async throws {
        guard line.dialect.asks(.statement) else { return }
        let (consortium, platform, today) = (line.consortium, line.platform, line.now.businessDay)
        let months = since.businessDay.months(through: today).filter { $0.from >= since.businessDay }.suffix(Self.monthsMost)
        for month in months {
            for isVolumePurchase in [false, true] where report.failuresInARow < Self.failuresMost {
                let days = PlatformDays(from: month.from, through: min(today, month.through))
                let ours = try await line.database.read(as: consortium.tenant) {
                    try InvoicesStore($0, consortium, platform).accepted(of: days, isVolumePurchase: isVolumePurchase)
                }
                let statement = PlatformStatement(
                    period: month.name, days: days, isVolumePurchase: isVolumePurchase, suppliers: ours)
                var (rows, unreadable): ([PlatformStatementLine], [PlatformUnreadableRow]) = ([], [])
                let outcome = try await Asking(line: line).ask(.statement(statement)) { page in
                    for case .statementLine(let row) in page.rows { rows.append(row) }
                    unreadable += page.unreadable
                }
                if let trouble = outcome.trouble ?? unreadable.trouble {
                    report.failuresInARow += outcome.trouble == nil ? 0 : 1
                    report.untold.append("statement \(month.name): \(trouble)")
                    continue
                }
                let comparison = StatementComparison(
                    name: "statement \(month.name)\(isVolumePurchase ? " of agreed volumes" : "")", ours: ours)
                report.statements += ours.isEmpty && rows.isEmpty ? 0 : 1
                let subjects = (ours + rows).map { comparison.subject(of: $0.supplier) }
                try await write(comparison.differences(to: rows), of: subjects, into: &report)
            }
        }
    }
}

extension [PlatformUnreadableRow] {
    /// Why what was told cannot be compared; `nil` when every row was understood.
    var trouble: String? { first.map { "\(count) rows unreadable: \($0.name) \($0.reason)" } }
}

/// A month of the calendar.
struct CalendarMonth: Sendable, Hashable {
    let from: CalendarDate
    let through: CalendarDate
    /// `2026-11`
    var name: String { String("\(from)".prefix(7)) }
}

extension CalendarDate {
    /// The months from this day's to another's.
    func months(through last: CalendarDate) -> [CalendarMonth] {
        var months: [CalendarMonth] = []
        var first = firstOfMonth
        while first <= last {
            let next = first.adding(days: 31).firstOfMonth
            months.append(CalendarMonth(from: first, through: next.adding(days: -1)))
            first = next
        }
        return months
    }

    private var firstOfMonth: CalendarDate { CalendarDate("\("\(self)".prefix(7))-01") ?? self }
}

extension InvoicesStore {
    /// Invoices of some days on a platform that lists them.
    func listed(of days: PlatformDays, recentSince since: Instant) throws -> [InvoiceComparison.Ours] {
        try transaction.query(
            """
            SELECT supplier, code, number, total, state, accepted_there_at IS NOT NULL AS is_accepted_there,
                   paid_there_at IS NOT NULL AS is_paid_there, pulled_at >= \(since) AS is_recent
              FROM platform_exchange.invoice
             WHERE consortium_id = \(consortium) AND platform = \(platform) AND origin = 'invoices'
               AND dated_on BETWEEN \(days.from) AND \(days.through)
             ORDER BY invoice_id
            """
        ) { row in
            InvoiceComparison.Ours(
                key: InvoiceKey(supplier: try row["supplier"], code: try row["code"], number: try row["number"]),
                total: try row["total"], state: try row["state"], isAcceptedThere: try row["is_accepted_there"],
                isPaidThere: try row["is_paid_there"], isRecent: try row["is_recent"])
        }
    }

    /// What we have accepted of some days, by supplier.
    func accepted(of days: PlatformDays, isVolumePurchase: Bool) throws -> [PlatformStatementLine] {
        try transaction.query(
            """
            SELECT supplier, count(*) AS invoices, sum(total)::bigint AS amount FROM platform_exchange.invoice
             WHERE consortium_id = \(consortium) AND platform = \(platform) AND origin = 'invoices' AND state = 'accepted'
               AND is_volume_purchase = \(isVolumePurchase) AND dated_on BETWEEN \(days.from) AND \(days.through)
             GROUP BY supplier ORDER BY supplier
            """
        ) { PlatformStatementLine(supplier: try $0["supplier"], invoices: try $0["invoices"], amount: try $0["amount"]) }
    }
}
