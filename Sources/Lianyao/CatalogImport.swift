import Formulary
import Postgres
import Primitives

/// Imports several catalogue files in one transaction: all of them or none.
struct CatalogImport: Sendable {
    let catalogs: [CatalogOnDisk]
    let acceptingTheRest: Bool

    /// What the import found in one file.
    struct FileOutcome: Sendable {
        let path: String
        let report: ImportReport
    }

    struct Outcome: Sendable {
        let files: [FileOutcome]
        /// Whether the sound rows were imported; when not, nothing has changed.
        let isApplied: Bool

        /// Rows that cannot be used.
        var skipped: Int { files.map(\.report.skipped).reduce(0, +) }

        /// Every row that cannot be used, as `FILE:LINE: field: reason`, then the counts of each file.
        func lines(withWarnings: Bool) -> [String] {
            let problems = files.flatMap { file in
                file.report.problems.filter { withWarnings || !$0.isWarning }.map { problem in
                    let value = problem.value.isEmpty ? "" : " [\(problem.value)]"
                    let kind = problem.isWarning ? "warning: " : ""
                    return "\(file.path):\(problem.line): \(problem.field): \(kind)\(problem.chinese) / \(problem.english)\(value)"
                }
            }
            let counts = files.map { file in
                let (report, warnings) = (file.report, file.report.problems.count(where: \.isWarning))
                return "\(file.path): \(report.rows) rows: \(report.added) new, \(report.changed) changed, "
                    + "\(report.unchanged) unchanged, \(report.skipped) unusable, \(warnings) warnings"
            }
            return problems + counts
        }
    }

    /// Ends the transaction without a change.
    private struct NotAccepted: Error {
        let files: [FileOutcome]
    }

    /// - Parameter owner: as the owner, since catalogues belong to no consortium.
    /// - Throws: `PostgresError`.
    func run(in owner: Database, at now: Instant) async throws -> Outcome {
        do {
            let files = try await owner.write { transaction in
                // Rows that cannot be used are left out at first, so that a file that refers to the others of an earlier
                // one is checked against them.
                let files = try catalogs.map { catalog in
                    let report = try ImportCatalog(csv: catalog.bytes, acceptingTheRest: true)
                        .run(in: transaction, by: nil, at: now)
                    return FileOutcome(path: catalog.path, report: report)
                }
                guard acceptingTheRest || files.allSatisfy({ $0.report.skipped == 0 }) else {
                    throw NotAccepted(files: files)
                }
                return files
            }
            return Outcome(files: files, isApplied: true)
        } catch let notAccepted as NotAccepted {
            return Outcome(files: notAccepted.files, isApplied: false)
        }
    }
}
