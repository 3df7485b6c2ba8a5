import Formulary
import Migrations
import Postgres
import Primitives

/// Brings the database to the schema of this program.
struct Schema {
    let home: Home
    let conninfo: String

    var migrator: Migrator { Migrator(directory: home.migrations) }

    /// Applies the migrations that are missing, makes the monthly parts of the partitioned tables and takes apart what the
    /// search does not know yet.
    ///
    /// - Returns: what was applied now, in order.
    func bringUpToDate(at now: Instant) async throws -> [Migration] {
        let applied = try await migrator.migrate(conninfo)
        try await withDatabase(conninfo, as: DatabaseRole.owner) { owner in
            let parts = MonthlyParts(today: now.businessDay)
            try await parts.make(in: owner)
            try await parts.dropOld(in: owner)
            _ = try await owner.write { try RefreshSearch().run(in: $0) }
        }
        return applied
    }
}
