import PlatformMessages
import Postgres
import Primitives

/// Pulls what suppliers invoice from one account's platform, and matches what waits.
struct PullingInvoices: Sendable {
    let line: Line
    /// How often; the feed says so.
    let every: Duration
    /// Days that a platform is asked for at once, and days before today after which what waits is not asked for again.
    private static let daysAtOnce = 30
    private static let daysMost = 360

    /// - Returns: how many lines were new, what came of the match, and why it did not come to the end.
    @discardableResult
    func run() async throws -> (new: Int, outcome: MatchInvoices.Outcome, trouble: String?) {
        var pulled = (new: 0, trouble: String?.none)
        if line.dialect.asks(.invoiceLines) { pulled = try await pull() }
        // An invoice of which the half was seen is matched when the other half is.
        guard pulled.trouble == nil else { return (pulled.new, MatchInvoices.Outcome(), pulled.trouble) }
        let (consortium, platform, now) = (line.consortium, line.platform, line.now)
        let outcome = try await line.database.write(as: consortium.tenant) {
            let isWhole = try InvoicesStore($0, consortium, platform).deliveriesAreWhole()
            return try MatchInvoices(platform: platform, of: isWhole ? InvoiceOrigin.allCases : [.invoices])
                .run(in: $0, for: consortium, at: now)
        }
        return (pulled.new, outcome, nil)
    }

    private func pull() async throws -> (new: Int, trouble: String?) {
        let (consortium, platform, now, next) = (line.consortium, line.platform, line.now, line.now.adding(every))
        let (last, waiting) = try await line.database.read(as: consortium.tenant) {
            (
                try Feed(transaction: $0, consortium: consortium, platform: platform, kind: .invoiceLines).through(),
                try InvoicesStore($0, consortium, platform).firstWaitingDay()
            )
        }
        let today = now.businessDay
        // What waits is looked at again for as long as it does: its supplier may change it or take it back.
        let back = max(waiting ?? today, today.adding(days: -Self.daysMost))
        var from = min(back, min(today, last?.businessDay ?? today).adding(days: -Pulling.daysBack))
        var (new, trouble) = (0, String?.none)
        while from <= today, trouble == nil {
            let days = PlatformDays(from: from, through: min(today, from.adding(days: Self.daysAtOnce - 1)))
            from = days.through.adding(days: 1)
            trouble = try await Asking(line: line).ask(.invoiceLines(days)) { page in
                let lines = page.rows.compactMap { row in if case .invoiceLine(let line) = row { line } else { nil } }
                new += try await line.database.write(as: consortium.tenant) {
                    try TakeInvoices(platform: platform, lines: lines, unreadable: page.unreadable)
                        .run(in: $0, for: consortium, at: now)
                }
            }.trouble
        }
        let isThrough = trouble == nil
        try await line.database.write(as: consortium.tenant) { [trouble] in
            if isThrough { try InvoicesStore($0, consortium, platform).withdraw(notSeenSince: now) }
            try Feed(transaction: $0, consortium: consortium, platform: platform, kind: .invoiceLines)
                .ended(trouble, nextAt: next, at: now)
        }
        return (new, trouble)
    }
}

extension Asking.Outcome {
    /// Why the answer did not come to its end.
    var trouble: String? {
        switch self {
        case .through: nil
        case .unknown(let complaint): "\(complaint.code) \(complaint.text)"
        case .failed(let reason, _): reason
        }
    }
}
