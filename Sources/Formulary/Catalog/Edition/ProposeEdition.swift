import Audit
import Identity
public import Postgres
public import Primitives

/// What proposing an edition found.
public struct EditionProposal: Sendable, Hashable, Codable {
    public let edition: CatalogueEdition
    /// All errors and warnings of the file, also those that are not listed.
    public let errorCount: Int
    public let warningCount: Int
    /// The first 1,000 errors and the first 1,000 warnings, by line.
    public let problems: [CatalogProblem]
}

/// Compares a file of articles, as the next edition of a catalogue, with what is on record, and writes down what it would
/// change. Nothing else changes until ``AcceptEdition``.
///
/// An edition is whole: what the catalogue named before and the file does not name is withdrawn. A row that cannot be used
/// withdraws nothing as long as its insurance code, or its pack, can be told.
public struct ProposeEdition: Sendable {
    public static let nameMax = 100

    /// Chosen by the caller.
    public var id: EditionID
    public var catalogue: String
    /// Which edition it is: `2025`, `2025-03`.
    public var label: String
    /// The day from which it holds; the edition can be accepted from then on.
    public var validFrom: CalendarDate
    public var source: CatalogSource
    /// The encoding the sender says the file is in; `nil` to find out.
    public var encoding: CatalogEncoding?
    /// Columns whose blanks take the value above: those of merged cells.
    public var fillingDown: Set<String>

    public init(
        id: EditionID, catalogue: String, label: String, validFrom: CalendarDate, source: CatalogSource,
        encoding: CatalogEncoding? = nil, fillingDown: Set<String> = []
    ) {
        self.id = id
        self.catalogue = catalogue
        self.label = label
        self.validFrom = validFrom
        self.source = source
        self.encoding = encoding
        self.fillingDown = fillingDown
    }

    /// - Parameter principal: who proposes; `nil` for the operator at the command line.
    /// - Throws: ``FormularyRefusal``: no name or label, or one that is too long; the file cannot be read or is no catalogue
    ///   of articles; the edition was accepted before; it begins before the catalogue's last one.
    public func run(in transaction: Transaction, by principal: Principal?, at now: Instant) throws -> EditionProposal {
        if let principal { try principal.require(oneOf: [.formularyKeeper]) }
        for (text, field) in [(catalogue, "catalogue"), (label, "label")] {
            guard text.contains(where: { !$0.isWhitespace }) else { throw FormularyRefusal(.editionNameMissing, field, field: field) }
            guard text.count <= Self.nameMax else {
                throw FormularyRefusal(.textTooLong, "\(text.count) characters, at most \(Self.nameMax)", field: field)
            }
        }
        var rows = try CatalogRows(source, encoding: encoding, fillingDown: fillingDown)
        guard rows.kind == .articles else { throw FormularyRefusal(.editionNotOfArticles, "a file of \(rows.kind.rawValue)") }
        let store = EditionsStore(transaction)
        try CatalogStore(transaction).lockImports()
        guard try !store.isAccepted(label, of: catalogue) else {
            throw FormularyRefusal(.editionExists, "\(catalogue) \(label)", field: "label")
        }
        if let last = try store.lastAccepted(of: catalogue), validFrom < last.validFrom {
            throw FormularyRefusal(
                .editionOutOfOrder, "edition \(last.label) begins on \(last.validFrom)", field: "validFrom")
        }
        let comparison = try ArticlesComparison(&rows, catalogue: catalogue, in: transaction)
        try store.add(
            NewEdition(
                id: id, catalogue: catalogue, label: label, validFrom: validFrom, format: rows.format,
                counts: comparison.counts, basedOn: try store.lastNumber(), proposedAt: now))
        if let principal {
            try AuditTrail(transaction).append(
                "formulary.propose-edition", subject: "edition \(id)", by: principal, at: now,
                detail: ["catalogue": catalogue, "label": label])
        }
        return EditionProposal(
            edition: try store.edition(id), errorCount: comparison.problems.errorCount,
            warningCount: comparison.problems.warningCount, problems: comparison.problems.listed)
    }
}
