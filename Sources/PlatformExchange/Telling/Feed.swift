import PlatformMessages
import Postgres
import Primitives

/// How far a kind of thing was pulled from one platform.
struct Feed {
    let transaction: Transaction
    let consortium: ConsortiumID
    let platform: String
    let kind: PlatformQuestionKind

    /// When it was last pulled to the end; before that, when the first order was announced there.
    func through() throws -> Instant? {
        try transaction.first(
            """
            SELECT coalesce(
                       (SELECT through FROM platform_exchange.feed
                         WHERE consortium_id = \(consortium) AND platform = \(platform) AND question = \(kind.rawValue)),
                       (SELECT min(announced_at) FROM platform_exchange.placed_order
                         WHERE consortium_id = \(consortium) AND platform = \(platform))) AS through
            """
        ) { try $0["through"] as Instant? }.flatMap { $0 }
    }

    /// Notes how a pull ended.
    ///
    /// - Parameter trouble: why it did not come to the end.
    func ended(_ trouble: String?, nextAt: Instant, at now: Instant) throws {
        try transaction.execute(
            """
            INSERT INTO platform_exchange.feed AS feed (consortium_id, platform, question, next_at, through, trouble)
            VALUES (\(consortium), \(platform), \(kind.rawValue), \(nextAt),
                    CASE WHEN \(trouble == nil) THEN \(now)::timestamptz END, \(trouble ?? ""))
            ON CONFLICT (consortium_id, platform, question) DO UPDATE
               SET through = coalesce(excluded.through, feed.through), trouble = excluded.trouble
            """)
    }
}
