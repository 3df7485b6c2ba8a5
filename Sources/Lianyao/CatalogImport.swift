import Formulary
import Postgres
import Primitives

/// Imports several catalogue files in one transaction: all of them or none.
struct CatalogImport: Sendable {
    let catalogs: [CatalogOnDisk]
    let encoding: CatalogEncoding?
    let fillingDown: Set<String>
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
                CatalogProblemLines(
                    path: file.path, problems: file.report.problems, errorCount: file.report.errorCount,
                    warningCount: file.report.warningCount
                ).lines(withWarnings: withWarnings)
            }
            let counts = files.map { file in
                let report = file.report
                return "\(file.path): \(report.rows) rows: \(report.added) new, \(report.changed) changed, "
                    + "\(report.unchanged) unchanged, \(report.skipped) unusable, \(report.warningCount) warnings"
                    + (report.encoding == .utf8 ? "" : ", in \(report.encoding.rawValue)")
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
                let files = try catalogs.map { try report(on: $0, in: transaction, at: now) }
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

    private func report(on catalog: CatalogOnDisk, in transaction: Transaction, at now: Instant) throws -> FileOutcome {
        let filled = fillingDown.intersection(catalog.kind.columns)
        do {
            let report = try ImportCatalog(
                catalog.source, encoding: encoding, fillingDown: filled, acceptingTheRest: true
            ).run(in: transaction, by: nil, at: now)
            return FileOutcome(path: catalog.path, report: report)
        } catch let refusal as FormularyRefusal {
            throw CommandFailure("\(catalog.path): \(refusal.code.meaning.english): \(refusal.detail).")
        }
    }
}

/// The problems of one file as a person reads them in a terminal.
struct CatalogProblemLines {
    let path: String
    let problems: [CatalogProblem]
    let errorCount: Int
    let warningCount: Int

    /// One line for each problem that is listed, and one that tells how many are not.
    func lines(withWarnings: Bool) -> [String] {
        let shown = problems.filter { withWarnings || !$0.isWarning }
        let more = errorCount + (withWarnings ? warningCount : 0) - shown.count
        let lines = shown.map { problem in
            let value = problem.value.isEmpty ? "" : " [\(problem.value)]"
            let kind = problem.isWarning ? "warning: " : ""
            return "\(path):\(problem.line): \(problem.field): \(kind)\(problem.chinese) / \(problem.english)\(value)"
        }
        return lines + (more > 0 ? ["\(path): \(more) more"] : [])
    }
}
