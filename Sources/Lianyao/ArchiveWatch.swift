import Logging
import Postgres

/// Says in the log when the archive of the database's log stops working, and when it works again: once each.
struct ArchiveWatch: Sendable {
    static let interval: Duration = .seconds(60)

    /// What the server says of its archiving.
    struct Reading: Sendable, Equatable {
        /// Whether the last attempt failed; `nil` before the first.
        let fails: Bool?
        let segment: String?
    }

    let database: Database
    /// Where the log is archived.
    let directory: String
    let logger: Logger

    /// Runs until its task is cancelled.
    ///
    /// - Parameter trouble: why the archive cannot work, as found at the start.
    func run(trouble: String?) async {
        var fails = trouble != nil
        if let trouble {
            logger.warning("the log cannot be archived and is kept with the data meanwhile: \(trouble)")
        } else {
            logger.info("the log is archived in \(directory)")
        }
        while !Task.isCancelled {
            if let reading = try? await database.read(Self.reading), let news = reading.news(fails: fails) {
                fails = news.fails
                logger.log(level: fails ? .warning : .info, "\(news.sentence)")
            }
            try? await Task.sleep(for: Self.interval)
        }
    }

    static let reading: @Sendable (Transaction) throws -> Reading = { transaction in
        try transaction.first(
            """
            SELECT CASE WHEN last_failed_time IS NULL AND last_archived_time IS NULL THEN NULL
                        ELSE coalesce(last_failed_time, '-infinity') > coalesce(last_archived_time, '-infinity') END AS fails,
                   last_failed_wal
              FROM pg_stat_archiver
            """
        ) { Reading(fails: try $0["fails"], segment: try $0["last_failed_wal"]) } ?? Reading(fails: nil, segment: nil)
    }
}

extension ArchiveWatch.Reading {
    /// What changed since it was last said whether archiving fails; `nil` when nothing did.
    func news(fails before: Bool) -> (fails: Bool, sentence: String)? {
        guard let fails, fails != before else { return nil }
        guard fails else { return (false, "the log is archived again") }
        return (
            true,
            "segment \(segment ?? "") of the log cannot be archived and is kept with the data meanwhile; postgres/server.log says why"
        )
    }
}
