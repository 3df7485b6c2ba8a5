import Migrations
import Postgres

/// What data that was restored or moved is, seen by this program.
struct RestoredCheck: Sendable {
    let missingMigrations: Int
    let defects: [Verification.Defect]

    /// Verifies it when it has every migration of this program.
    ///
    /// - Throws: `MigrationError` when it was used by a newer program.
    init(_ conninfo: String, home: Home) async throws {
        missingMigrations = try await Migrator(directory: home.migrations).pending(conninfo).count
        guard missingMigrations == 0 else {
            defects = []
            return
        }
        defects = try await withDatabase(conninfo, as: DatabaseRole.owner) { owner in
            try await Verification(directory: home.verify).defects(in: owner)
        }
    }

    func report(for directory: String) {
        for defect in defects { Terminal.say("\(defect)") }
        if missingMigrations > 0 {
            Terminal.say(
                "  not verified, since it lacks \(missingMigrations) migrations of this program: run lianyao migrate, then "
                    + "lianyao verify, with --data-directory \(directory)")
        } else if defects.isEmpty {
            Terminal.say("verify: no row")
        }
    }

    /// - Throws: ``CommandFailure`` when the data has defects.
    func requireSound(in directory: String) throws {
        guard !defects.isEmpty else { return }
        throw CommandFailure(
            "verify: \(defects.count) queries returned rows or could not be run. The data is in \(directory) as it was; look at "
                + "the rows before it is used.")
    }
}
