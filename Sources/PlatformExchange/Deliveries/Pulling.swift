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
    /// Seconds after which what was seen is announced, though the platform has not been read to the end since.
    static let patience = 86_400

    /// Pulls when it is time, also for an account that orders no more.
    ///
    /// - Returns: why it did not come to the end.
    func runWhenDue() async throws -> String? {
        guard try await isDue() else { return nil }
        return try await pullDeliveries().trouble
    }

    /// - Returns: how many lines were new, and why it did not come to the end.
    @discardableResult
    func pullDeliveries() async throws -> (new: Int, trouble: String?) {
        let today = line.now.businessDay
        let last = try await through()?.businessDay ?? today
        let from = min(today, last).adding(days: -Self.daysBack)
        let question = PlatformQuestion.deliveryLines(PlatformDays(from: from, through: today))
        var new = 0
        let outcome = try await Asking(line: line).ask(question) { page in
            let lines = page.rows.compactMap { row in if case .deliveryLine(let line) = row { line } else { nil } }
            let (consortium, platform, now) = (line.consortium, line.platform, line.now)
            new += try await line.database.write(as: consortium.tenant) {
                try TakeDeliveries(platform: platform, lines: lines, unreadable: page.unreadable).run(
                    in: $0, for: consortium, at: now)
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
            // A note of which the half was seen is announced when the other half is, but not kept from the storekeeper for ever.
            let seenBefore = trouble == nil ? now : now.adding(.seconds(-Self.patience))
            try AnnounceDeliveries(platform: platform, pulledThrough: seenBefore).run(in: transaction, for: consortium, at: now)
            try transaction.execute(
                """
                INSERT INTO platform_exchange.feed AS feed (consortium_id, platform, question, next_at, through, trouble)
                VALUES (\(consortium), \(platform), \(question.kind.rawValue), \(now.adding(every)),
                        CASE WHEN \(trouble == nil) THEN \(now)::timestamptz END, \(trouble ?? ""))
                ON CONFLICT (consortium_id, platform, question) DO UPDATE
                   SET through = coalesce(excluded.through, feed.through), trouble = excluded.trouble
                """)
        }
        return (new, trouble)
    }

    /// When it was last pulled to the end; before that, when the first order was announced there.
    private func through() async throws -> Instant? {
        let (consortium, platform) = (line.consortium, line.platform)
        return try await line.database.read(as: consortium.tenant) { transaction in
            try transaction.first(
                """
                SELECT coalesce(
                           (SELECT through FROM platform_exchange.feed
                             WHERE consortium_id = \(consortium) AND platform = \(platform)
                               AND question = \(PlatformQuestionKind.deliveryLines.rawValue)),
                           (SELECT min(announced_at) FROM platform_exchange.placed_order
                             WHERE consortium_id = \(consortium) AND platform = \(platform))) AS through
                """
            ) { try $0["through"] as Instant? }
        }.flatMap { $0 }
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
