import Migrations
import Postgres
import Primitives

/// Brings the database to the schema of this program.
struct Schema {
    let home: Home
    let conninfo: String

    var migrator: Migrator { Migrator(directory: home.migrations) }

    /// Applies the migrations that are missing and makes the monthly parts of the partitioned tables.
    ///
    /// - Returns: what was applied now, in order.
    func bringUpToDate(at now: Instant) async throws -> [Migration] {
        let applied = try await migrator.migrate(conninfo)
        try await withDatabase(conninfo, as: DatabaseRole.owner) { owner in
            try await MonthlyParts(today: now.businessDay).make(in: owner)
        }
        return applied
    }
}
