public import Postgres
public import Primitives

/// What an import of the rule catalogue found and did.
public struct RuleImportReport: Sendable {
    public let version: String
    public let sha256: String
    public let rows: Int
    /// Whether this edition is in the database now. When not, nothing has changed.
    public let isApplied: Bool
    /// Whether it was there before.
    public let wasKnown: Bool
    public let problems: [RuleFileProblems]
}

/// Imports an edition of the rule catalogue: all its files together, and nothing unless every row is sound. The edition
/// imported last is in force; an edition stays as it was imported.
public struct ImportRuleCatalogue: Sendable {
    public var files: [RuleFile]

    public init(_ files: [RuleFile]) { self.files = files }

    /// Runs as the operator, since rules belong to no consortium.
    ///
    /// - Throws: `FormularyRefusal` for a file that cannot be read; ``MedicationRulesRefusal``: a file is missing or there
    ///   twice; the version was imported with other content. Rows that cannot be used are no refusal: the report lists them.
    public func run(in transaction: Transaction, at now: Instant) throws -> RuleImportReport {
        let read = try RuleCatalogueFiles(files)
        func report(isApplied: Bool, wasKnown: Bool = false) -> RuleImportReport {
            RuleImportReport(
                version: read.version, sha256: read.sha256, rows: read.rows, isApplied: isApplied, wasKnown: wasKnown,
                problems: read.problems)
        }
        guard read.problems.isEmpty else { return report(isApplied: false) }
        let store = RuleStore(transaction)
        try store.lockImports()
        if let known = try store.edition(version: read.version) {
            guard known.edition.sha256 == read.sha256 else {
                throw MedicationRulesRefusal(.editionDiffers, "version \(read.version)")
            }
            return report(isApplied: true, wasKnown: true)
        }
        try store.add(read.data, as: RuleEdition(version: read.version, sha256: read.sha256), at: now)
        return report(isApplied: true)
    }
}
