import Foundation
import PlatformMessages
import Postgres
import Primitives

/// Pulls from one account's platform what suppliers do there.
struct Pulling: Sendable {
    let line: Line
    /// How often; whoever finds that it is time does it, among all dispatchers.
    let every: Duration
    /// Days before today that are looked at again, because a page that moves may have hidden a row.
    static let daysBack = 7

    /// Pulls when it is time.
    func runWhenDue() async throws {
        guard line.account.isActive, try await isDue() else { return }
        try await pullDeliveries()
    }

    /// - Returns: how many lines were new, and why it did not come to the end.
    @discardableResult
    func pullDeliveries() async throws -> (new: Int, trouble: String?) {
        let today = line.now.businessDay
        let question = PlatformQuestion.deliveryLines(PlatformDays(from: today.adding(days: -Self.daysBack), through: today))
        var new = 0
        let outcome = try await Asking(line: line).ask(question) { page in
            let lines = page.rows.compactMap { row in if case .deliveryLine(let line) = row { line } else { nil } }
            let (consortium, platform, now) = (line.consortium, line.platform, line.now)
            new += try await line.database.write(as: consortium.tenant) {
                try TakeDeliveries(platform: platform, lines: lines).run(in: $0, for: consortium, at: now)
            }
        }
        let trouble: String? =
            switch outcome {
            case .through: nil
            case .unknown(let complaint): "\(complaint.code) \(complaint.text)"
            case .failed(let reason, _): reason
            }
        let (consortium, platform, now) = (line.consortium, line.platform, line.now)
        try await line.database.write(as: consortium.tenant) { transaction in
            try AnnounceDeliveries(platform: platform).run(in: transaction, for: consortium, at: now)
            try transaction.execute(
                """
                UPDATE platform_exchange.feed
                   SET through = CASE WHEN \(trouble == nil) THEN \(now)::timestamptz ELSE through END, trouble = \(trouble ?? "")
                 WHERE consortium_id = \(consortium) AND platform = \(platform) AND question = \(question.kind.rawValue)
                """)
        }
        return (new, trouble)
    }

    private func isDue() async throws -> Bool {
        let (consortium, platform, now, next) = (line.consortium, line.platform, line.now, line.now.adding(every))
        return try await line.database.write(as: consortium.tenant) { transaction in
            try transaction.execute(
                """
                INSERT INTO platform_exchange.feed AS feed (consortium_id, platform, question, next_at)
                VALUES (\(consortium), \(platform), \(PlatformQuestionKind.deliveryLines.rawValue), \(next))
                ON CONFLICT (consortium_id, platform, question) DO UPDATE SET next_at = excluded.next_at WHERE feed.next_at <= \(now)
                """) == 1
        }
    }
}
