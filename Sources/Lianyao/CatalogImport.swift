import Formulary
import MedicationRules
import Postgres
import Primitives

/// Imports several catalogue files in one transaction: all of them or none.
struct CatalogImport: Sendable {
    let catalogs: [CatalogOnDisk]
    let encoding: CatalogEncoding?
    let fillingDown: Set<String>
    let acceptingTheRest: Bool
    /// The files of the rule catalogue, which are imported whole or not at all.
    var rules: [RuleFile] = []

    /// What the import found in one file.
    struct FileOutcome: Sendable {
        let path: String
        let report: ImportReport
    }

    struct Outcome: Sendable {
        let files: [FileOutcome]
        /// `nil` when no file of the rule catalogue was given.
        let rules: RuleImportReport?
        /// Whether the sound rows were imported; when not, nothing has changed.
        let isApplied: Bool

        /// Rows that cannot be used.
        var skipped: Int {
            files.map(\.report.skipped).reduce(0, +) + (rules?.problems.map(\.problems.count).reduce(0, +) ?? 0)
        }

        /// Every row that cannot be used, as `FILE:LINE: field: reason`, then the counts of each file.
        func lines(withWarnings: Bool) -> [String] {
            let problems = files.flatMap { file in
                CatalogProblemLines(
                    path: file.path, problems: file.report.problems, errorCount: file.report.errorCount,
                    warningCount: file.report.warningCount
                ).lines(withWarnings: withWarnings)
            }
            let ruleProblems = (rules?.problems ?? []).flatMap { file in
                CatalogProblemLines(
                    path: file.path, problems: file.problems, errorCount: file.problems.count, warningCount: 0
                ).lines(withWarnings: withWarnings)
            }
            let counts = files.map { file in
                let report = file.report
                return "\(file.path): \(report.rows) rows: \(report.added) new, \(report.changed) changed, "
                    + "\(report.unchanged) unchanged, \(report.skipped) unusable, \(report.warningCount) warnings"
                    + (report.encoding == .utf8 ? "" : ", in \(report.encoding.rawValue)")
            }
            let edition = rules.map { report in
                "rule catalogue \(report.version): \(report.rows) rows, \(report.wasKnown ? "known" : report.isApplied ? "new" : "unusable")"
            }
            return problems + ruleProblems + counts + [edition].compactMap { $0 }
        }
    }

    /// Ends the transaction without a change.
    private struct NotAccepted: Error {
        let files: [FileOutcome]
        let rules: RuleImportReport?
    }

    /// - Parameter owner: as the owner, since catalogues belong to no consortium.
    /// - Throws: `PostgresError`.
    func run(in owner: Database, at now: Instant) async throws -> Outcome {
        do {
            return try await owner.write { transaction in
                // Rows that cannot be used are left out at first, so that a file that refers to the others of an earlier
                // one is checked against them.
                let files = try catalogs.map { try report(on: $0, in: transaction, at: now) }
                let imported = rules.isEmpty ? nil : try ImportRuleCatalogue(rules).run(in: transaction, at: now)
                guard acceptingTheRest || files.allSatisfy({ $0.report.skipped == 0 }), imported?.isApplied ?? true else {
                    throw NotAccepted(files: files, rules: imported)
                }
                return Outcome(files: files, rules: imported, isApplied: true)
            }
        } catch let notAccepted as NotAccepted {
            return Outcome(files: notAccepted.files, rules: notAccepted.rules, isApplied: false)
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
