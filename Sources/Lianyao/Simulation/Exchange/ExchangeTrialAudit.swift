import PlatformSimulator
import Postgres
import Primitives

/// Holds what the simulated platforms have against what was ordered.
struct ExchangeTrialAudit: Sendable {
    struct Report: Sendable {
        var lines: [String] = []
        var isSound = true

        mutating func claim(_ isTrue: Bool, _ line: String) {
            lines.append("\(isTrue ? "ok" : "NOT OK"): \(line)")
            isSound = isSound && isTrue
        }
    }

    let database: Database
    let loaded: ExchangeTrialData.Loaded

    func run(against statement: SimulatorStatement) async throws -> Report {
        var report = Report()
        let ordered = try await ordered()
        let live = Dictionary(grouping: statement.orders.filter { $0.state != .draft && $0.state != .void }, by: \.hospitalKey)
        let twice = live.filter { $0.value.count > 1 }.count
        let strangers = live.keys.filter { ordered[$0] == nil }.count
        var (missing, wrong, lines) = (0, 0, 0)
        for (number, packs) in ordered {
            guard let theirs = live[number]?.first else {
                missing += 1
                continue
            }
            lines += theirs.lines.count
            let found = theirs.lines.filter { $0.state != .void }.map(\.packs).sorted()
            if found != packs { wrong += 1 }
        }
        report.claim(missing == 0, "\(ordered.count) orders, \(missing) missing on the platforms")
        report.claim(twice == 0, "\(twice) are there more than once")
        report.claim(strangers == 0, "\(strangers) are there that nobody ordered")
        report.claim(wrong == 0, "\(lines) lines there, \(wrong) orders with other lines")
        let drafts = statement.orders.filter { $0.state == .draft }.count
        report.lines.append("\(drafts) drafts were left behind by answers that were lost; they bind nobody")
        try await tell(&report)
        return report
    }

    /// The packs of every order's lines, sorted, by its number.
    private func ordered() async throws -> [String: [Int64]] {
        let consortium = loaded.consortium
        let rows = try await database.read(as: consortium.tenant) { transaction in
            try transaction.query(
                """
                SELECT number, array_agg(packs_ordered ORDER BY packs_ordered) AS packs
                  FROM pooled_procurement.purchase_order JOIN pooled_procurement.purchase_order_line USING (consortium_id, order_id)
                 WHERE consortium_id = \(consortium) GROUP BY number
                """
            ) { (number: try $0["number"] as String, packs: try $0["packs"] as [Int64]) }
        }
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.number, $0.packs) })
    }

    /// What we believe, and what it took.
    private func tell(_ report: inout Report) async throws {
        let consortium = loaded.consortium
        let (open, tries, most, requests, unsent, refused) = try await database.read(as: consortium.tenant) { transaction in
            let messages = try transaction.first(
                """
                SELECT count(*) FILTER (WHERE state <> 'accepted') AS open, sum(tries) AS tries, max(tries) AS most FROM outbox.message
                 WHERE consortium_id = \(consortium)
                """
            ) { (open: try $0["open"] as Int, tries: try $0["tries"] as Int?, most: try $0["most"] as Int?) }
            func count(_ sql: SQL) throws -> Int { try transaction.first(sql) { try $0["n"] as Int } ?? 0 }
            return (
                messages?.open ?? 0, messages?.tries ?? 0, messages?.most ?? 0,
                try count("SELECT count(*) AS n FROM platform_exchange.request WHERE consortium_id = \(consortium)"),
                try count(
                    "SELECT count(*) AS n FROM platform_exchange.placed_order WHERE consortium_id = \(consortium) AND state <> 'sent'"
                ),
                try count(
                    "SELECT count(*) AS n FROM platform_exchange.placed_line WHERE consortium_id = \(consortium) AND state <> 'accepted'"
                )
            )
        }
        report.claim(open == 0, "\(open) messages are not accepted")
        report.claim(unsent == 0 && refused == 0, "\(unsent) orders and \(refused) lines that we do not believe to be there")
        report.lines.append("\(tries) tries of facts, at most \(most) of one; \(requests) requests with all questions")
    }
}
