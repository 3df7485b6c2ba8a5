import Audit
import Foundation
public import Postgres
public import Primitives

/// What an import found and did.
public struct ImportReport: Sendable, Hashable, Codable {
    public let kind: CatalogKind
    /// In which the file was read.
    public let encoding: CatalogEncoding
    /// Rows of the file, without the header, empty lines, repeated headers and totals.
    public let rows: Int
    /// Sound rows that are new, that say something new, and that say what is on record.
    public let added: Int
    public let changed: Int
    public let unchanged: Int
    /// Rows with an error: left out.
    public let skipped: Int
    /// Whether the sound rows were imported. When not, nothing has changed.
    public let isApplied: Bool
    /// All errors, and all warnings, also those that are not listed.
    public let errorCount: Int
    public let warningCount: Int
    /// The first 1,000 errors and the first 1,000 warnings, by line.
    public let problems: [CatalogProblem]

    public var errors: [CatalogProblem] { problems.filter { !$0.isWarning } }
}

/// Imports one catalogue file: checked whole, and changing nothing unless every row is sound or the caller accepts
/// that the others are left out.
///
/// What the file holds is known by its columns (``CatalogKind``). A row is new or known by its key: products,
/// dictionaries by code; articles by insurance code, or by product, manufacturer, trade name and pack; companies by name
/// and licence. Of rows with the same key the first counts. Nothing is ever removed by an import; a later edition that
/// withdraws what it no longer names is imported by ``ProposeEdition``.
///
/// Articles are read, compared and written without holding the file; of the other kinds a file has at most
/// ``CatalogFile/bytesMax`` bytes.
public struct ImportCatalog: Sendable {
    public var source: CatalogSource
    /// The encoding the sender says the file is in; `nil` to find out.
    public var encoding: CatalogEncoding?
    /// Columns whose blanks take the value above: those of merged cells.
    public var fillingDown: Set<String>
    /// Whether sound rows are imported although others are not.
    public var acceptingTheRest: Bool

    public init(
        _ source: CatalogSource, encoding: CatalogEncoding? = nil, fillingDown: Set<String> = [], acceptingTheRest: Bool
    ) {
        self.source = source
        self.encoding = encoding
        self.fillingDown = fillingDown
        self.acceptingTheRest = acceptingTheRest
    }

    public init(csv: [UInt8], acceptingTheRest: Bool) { self.init(.bytes(csv), acceptingTheRest: acceptingTheRest) }

    /// - Parameter principal: who imports; `nil` for the operator at the command line, whose imports belong to no
    ///   consortium's audit trail.
    /// - Throws: ``FormularyRefusal`` when the file cannot be read or is no catalogue. Rows that cannot be used are no
    ///   refusal: the report lists them.
    public func run(in transaction: Transaction, by principal: Principal?, at now: Instant) throws -> ImportReport {
        var rows = try CatalogRows(source, encoding: encoding, fillingDown: fillingDown)
        try CatalogStore(transaction).lockImports()
        var plan: CatalogPlan
        if rows.kind == .articles {
            plan = try planArticles(&rows, in: transaction, at: now)
        } else {
            plan = try self.plan(for: rows.kind, try all(&rows), in: transaction)
            plan.problems.add(rows.problems)
        }
        let isApplied = plan.skipped == 0 || acceptingTheRest
        if isApplied {
            try plan.write()
            if [.companies, .products, .articles].contains(rows.kind) { try RefreshSearch().run(in: transaction) }
        }
        let report = ImportReport(
            kind: rows.kind, encoding: rows.format.encoding, rows: rows.count, added: plan.added, changed: plan.changed,
            unchanged: plan.unchanged, skipped: plan.skipped, isApplied: isApplied, errorCount: plan.problems.errorCount,
            warningCount: plan.problems.warningCount, problems: plan.problems.listed)
        if isApplied, let principal {
            try AuditTrail(transaction).append(
                "formulary.import", subject: "catalogue \(rows.kind.rawValue)", by: principal, at: now,
                detail: ["added": "\(report.added)", "changed": "\(report.changed)", "skipped": "\(report.skipped)"])
        }
        return report
    }

    /// Every row of a file that is small enough to be held.
    private func all(_ rows: inout CatalogRows) throws(FormularyRefusal) -> [CatalogRow] {
        guard rows.format.bytes <= CatalogFile.bytesMax else {
            throw FormularyRefusal(
                .catalogTooLarge, "\(rows.format.bytes) bytes of \(rows.kind.rawValue), at most \(CatalogFile.bytesMax)")
        }
        var all: [CatalogRow] = []
        while let row = try rows.next() { all.append(row) }
        return all
    }

    private func plan(for kind: CatalogKind, _ rows: [CatalogRow], in transaction: Transaction) throws -> CatalogPlan {
        switch kind {
        case .units, .dosageForms, .orderFrequencies, .routes, .facilityTypes:
            try DictionaryImport(transaction).plan(kind, rows)
        case .companies: try CompaniesImport(transaction).plan(rows)
        case .products: try ProductsImport(transaction).plan(rows)
        case .articles: preconditionFailure("articles are never held whole")
        }
    }

    /// An edition of no catalogue: it completes what is on record, withdraws nothing, and is accepted at once. A file that
    /// says nothing new leaves no trace, so that importing it again comes in between nothing.
    private func planArticles(_ rows: inout CatalogRows, in transaction: Transaction, at now: Instant) throws -> CatalogPlan {
        let comparison = try ArticlesComparison(&rows, catalogue: nil, in: transaction)
        let format = rows.format
        return CatalogPlan(
            problems: comparison.problems, added: comparison.counts.added, changed: comparison.counts.changedRows,
            unchanged: comparison.counts.unchanged, skipped: comparison.counts.skipped,
            write: {
                guard comparison.counts.added + comparison.counts.changedRows > 0 else { return }
                let editions = EditionsStore(transaction)
                let edition = NewEdition(
                    id: EditionID(UUID()), catalogue: "", label: "", validFrom: now.businessDay, format: format,
                    counts: comparison.counts, basedOn: try editions.lastNumber(), proposedAt: now)
                try editions.add(edition)
                try editions.apply(try editions.edition(edition.id), at: now)
            })
    }
}

/// What an import would do, found before it does anything.
struct CatalogPlan {
    var problems = CatalogProblems()
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
        problems.note(row.problems)
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
