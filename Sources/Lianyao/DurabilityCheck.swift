import EmbeddedPostgres
import Logging
import Postgres

/// Looks at the settings of the running server, for a session as the service has them, before anything is served.
///
/// The files of a server of the program's own are looked at before each start; this also sees a server elsewhere, one
/// that was adopted, and what was set for the database or the user.
struct DurabilityCheck: Sendable {
    let conninfo: String
    let logger: Logger

    /// Logs what is only worth a warning.
    ///
    /// - Throws: ``CommandFailure`` when an answered command could be lost.
    func run() async throws {
        for finding in try await findings() {
            guard !finding.isRefused else { throw CommandFailure(finding.description) }
            logger.warning("\(finding)")
        }
    }

    private func findings() async throws -> [DurabilityFinding] {
        try await withDatabase(conninfo) { database in
            try await database.read { transaction in
                try transaction.query(
                    """
                    SELECT name, setting, source, sourcefile, sourceline
                      FROM pg_settings WHERE name = ANY (\(DurabilityFinding.settings)) ORDER BY name
                    """
                ) { row in
                    DurabilityFinding(
                        try row["name"], value: try row["setting"],
                        place: Self.place(
                            source: try row["source"], file: try row["sourcefile"], line: try row["sourceline"]))
                }.compactMap(\.self)
            }
        }
    }

    /// The file is shown to a superuser only.
    private static func place(source: String, file: String?, line: Int32?) -> String? {
        if let file, let line { return "\(file), line \(line)" }
        return ["database", "user", "database user", "client", "environment variable", "command line"].contains(source)
            ? "set for the \(source)" : nil
    }
}
