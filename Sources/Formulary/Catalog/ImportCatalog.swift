import Audit
public import Postgres
public import Primitives

/// What an import found and did.
public struct ImportReport: Sendable, Hashable, Codable {
    public let kind: CatalogKind
    /// Rows of the file, without the header.
    public let rows: Int
    /// Sound rows that are new, that say something new, and that say what is on record.
    public let added: Int
    public let changed: Int
    public let unchanged: Int
    /// Rows with an error: left out.
    public let skipped: Int
    /// Whether the sound rows were imported. When not, nothing has changed.
    public let isApplied: Bool
    /// Every error and warning, by line.
    public let problems: [CatalogProblem]

    public var errors: [CatalogProblem] { problems.filter { !$0.isWarning } }
}

/// Imports one catalogue file: checked whole, and changing nothing unless every row is sound or the caller accepts
/// that the others are left out.
///
/// What the file holds is known by its columns (``CatalogKind``). A row is new or known by its key: products,
/// dictionaries by code; articles by insurance code, or by product, manufacturer, trade name and pack; companies by name
/// and licence. Of rows with the same key the first counts. Nothing is ever removed by an import.
public struct ImportCatalog: Sendable {
    public var csv: [UInt8]
    /// Whether sound rows are imported although others are not.
    public var acceptingTheRest: Bool

    public init(csv: [UInt8], acceptingTheRest: Bool) {
        self.csv = csv
        self.acceptingTheRest = acceptingTheRest
    }

    /// - Parameter principal: who imports; `nil` for the operator at the command line, whose imports belong to no
    ///   consortium's audit trail.
    /// - Throws: ``FormularyRefusal`` when the file cannot be read or is no catalogue. Rows that cannot be used are no
    ///   refusal: the report lists them.
    public func run(in transaction: Transaction, by principal: Principal?, at now: Instant) throws -> ImportReport {
        let file = try CatalogFile(csv)
        let kind = try CatalogKind(header: file.header)
        let columns = Dictionary(
            file.header.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
        let rows = file.records.map { CatalogRow($0, columns: columns) }
        try CatalogStore(transaction).lockImports()
        let plan = try plan(for: kind, rows, in: transaction)
        let isApplied = plan.skipped == 0 || acceptingTheRest
        if isApplied {
            try plan.write()
            if [.companies, .products, .articles].contains(kind) { try RefreshSearch().run(in: transaction) }
        }
        let report = ImportReport(
            kind: kind, rows: rows.count, added: plan.added, changed: plan.changed, unchanged: plan.unchanged,
            skipped: plan.skipped, isApplied: isApplied, problems: plan.problems.sorted { $0.line < $1.line })
        if isApplied, let principal {
            try AuditTrail(transaction).append(
                "formulary.import", subject: "catalogue \(kind.rawValue)", by: principal, at: now,
                detail: ["added": "\(report.added)", "changed": "\(report.changed)", "skipped": "\(report.skipped)"])
        }
        return report
    }

    private func plan(for kind: CatalogKind, _ rows: [CatalogRow], in transaction: Transaction) throws -> CatalogPlan {
        switch kind {
        case .units, .dosageForms, .orderFrequencies, .facilityTypes:
            try DictionaryImport(transaction).plan(kind, rows)
        case .companies: try CompaniesImport(transaction).plan(rows)
        case .products: try ProductsImport(transaction).plan(rows)
        case .articles: try ArticlesImport(transaction).plan(rows)
        }
    }
}

/// What an import would do, found before it does anything.
struct CatalogPlan {
    private(set) var problems: [CatalogProblem] = []
    private(set) var added = 0
    private(set) var changed = 0
    private(set) var unchanged = 0
    /// Rows with an error.
    private(set) var skipped = 0
    /// Writes the sound rows that are new or changed.
    var write: () throws -> Void = {}

    /// Takes in one row, after its fields have been read: `old` is what is on record under its key.
    ///
    /// - Returns: whether the row is to be written.
    mutating func take<Record: Equatable>(_ row: CatalogRow, _ new: Record?, old: Record?) -> Bool {
        problems += row.problems
        guard row.isSound, let new else {
            skipped += 1
            return false
        }
        switch old {
        case nil: added += 1
        case new: unchanged += 1
        default: changed += 1
        }
        return old != new
    }
}
