import Audit
import Formulary
import Identity
public import Postgres
public import Primitives

/// What an import of prices found and did.
public struct PriceListReport: Sendable, Hashable, Codable {
    public let kind: PublishedKind
    /// The division code of the platform.
    public let platform: String
    /// Rows of the file, without the header.
    public let rows: Int
    /// Sound rows for days that had no price, that follow or correct another price, and that say what is on record.
    public let added: Int
    public let changed: Int
    public let unchanged: Int
    /// Rows that cannot be used.
    public let skipped: Int
    /// Whether the sound rows were recorded. When not, nothing has changed.
    public let isApplied: Bool
    /// By line.
    public let problems: [PriceListProblem]
}

/// Imports a platform's list of listed or ceiling prices: checked whole, and changing nothing unless every row is sound or
/// the caller accepts that the others are left out.
///
/// Rows are taken in the order of their first day. A price that follows another with an open end ends that one on the day
/// before; anything else that is on record for some of the days is taken back only by a correction, with its reason. What
/// the list leaves out stays as it is.
public struct ImportPrices: Sendable {
    public var kind: PublishedKind
    /// `nil`: the one on which the consortium of whoever imports buys.
    public var platform: String?
    /// The notice of the platform that the list is taken from.
    public var source: String
    public var csv: [UInt8]
    /// Whether sound rows are recorded although others are not.
    public var acceptingTheRest: Bool
    /// Why what is on record was wrong; `nil` when nothing was.
    public var correctionReason: String?

    public init(
        kind: PublishedKind, platform: String? = nil, source: String, csv: [UInt8], acceptingTheRest: Bool = false,
        correctionReason: String? = nil
    ) {
        self.kind = kind
        self.platform = platform
        self.source = source
        self.csv = csv
        self.acceptingTheRest = acceptingTheRest
        self.correctionReason = correctionReason
    }

    /// - Parameter principal: who imports, for the platform of their consortium and no other; `nil` for the operator at
    ///   the command line, whose imports belong to no consortium's audit trail.
    /// - Throws: ``PricesRefusal``: no source, a correction without a reason, no or another platform than the
    ///   consortium's, a file of other columns; `FormularyRefusal` for a file that is no CSV. Rows that cannot be used
    ///   are no refusal: the report lists them.
    public func run(in transaction: Transaction, by principal: Principal?, at now: Instant) throws -> PriceListReport {
        try principal?.require(oneOf: [.procurementOfficer])
        guard source.saysSomething else { throw PricesRefusal(.sourceMissing, "which notice", field: "source") }
        if let correctionReason, !correctionReason.saysSomething {
            throw PricesRefusal(.reasonMissing, "why it is corrected", field: "correctionReason")
        }
        let platform = try platformOfList(transaction, principal)
        let file = try PriceListFile(csv)
        let store = PricesStore(transaction)
        try store.lockPublished()
        var plan = try PriceListPlan(file, kind: kind, on: platform, store)
        for line in file.lines.sorted(by: { ($0.validity.from, $0.number) < ($1.validity.from, $1.number) }) {
            plan.take(line, source: source, isCorrection: correctionReason != nil)
        }
        let isApplied = plan.problems.isEmpty || acceptingTheRest
        if isApplied {
            try store.supersede(
                plan.superseded, areOf: nil, reason: correctionReason ?? RecordContractPrices.succession, at: now)
            try store.publish(kind.kind, on: platform, plan.additions, by: principal?.person, at: now)
        }
        let problems = plan.problems.sorted { $0.line < $1.line }
        let report = PriceListReport(
            kind: kind, platform: platform, rows: file.rows, added: plan.added, changed: plan.changed, unchanged: plan.unchanged,
            skipped: Set(problems.map(\.line)).count, isApplied: isApplied, problems: problems)
        if isApplied, let principal {
            try AuditTrail(transaction).append(
                "prices.import", subject: "\(kind.rawValue) prices of \(platform)", by: principal, at: now,
                detail: [
                    "source": source, "added": "\(report.added)", "changed": "\(report.changed)", "skipped": "\(report.skipped)",
                    "correctionReason": correctionReason ?? "",
                ])
        }
        return report
    }

    private func platformOfList(_ transaction: Transaction, _ principal: Principal?) throws -> String {
        let platforms = PlatformsStore(transaction)
        if let principal {
            let chosen = try platforms.chosen(by: principal.consortium)
            guard platform == nil || platform == chosen else {
                throw PricesRefusal(.platformUnknown, "the consortium buys on \(chosen)", field: "platform")
            }
            return chosen
        }
        guard let platform, try platforms.exists(platform) else {
            throw PricesRefusal(.platformUnknown, platform ?? "none is named", field: "platform")
        }
        return platform
    }
}

/// What an import of prices would do, found before it does anything.
private struct PriceListPlan {
    private let articles: [String: (id: ArticleID, packSize: BaseUnits)]
    private let ceilings: [ArticleID: [Price]]
    private var timelines: [ArticleID: PriceTimeline]
    private(set) var problems: [PriceListProblem]
    private(set) var added = 0
    private(set) var changed = 0
    private(set) var unchanged = 0

    init(_ file: PriceListFile, kind: PublishedKind, on platform: String, _ store: PricesStore) throws {
        articles = try store.articles(called: Array(Set(file.lines.map(\.article))))
        let ids = Array(Set(articles.values.map(\.id)))
        timelines = try store.published(kind.kind, on: platform, of: ids).mapValues { PriceTimeline($0) }
        ceilings = kind == .ceiling ? [:] : try store.published(.ceiling, on: platform, of: ids)
        problems = file.problems
    }

    var superseded: [PriceID] { timelines.values.flatMap(\.superseded) }

    var additions: [(article: ArticleID, terms: PriceTerms)] {
        timelines.sorted { $0.key < $1.key }.flatMap { article, timeline in timeline.additions.map { (article, $0) } }
    }

    mutating func take(_ line: PriceListFile.Line, source: String, isCorrection: Bool) {
        guard let article = articles[line.article] else {
            problems.append(PriceListProblem(line.number, "article", line.article, .articleUnknown))
            return
        }
        if let ceiling = ceilings[article.id]?.ceiling(of: article.id, on: line.validity.from),
            ceiling.isExceeded(by: line.packPrice, per: article.packSize)
        {
            problems.append(
                PriceListProblem(line.number, "pack_price", "\(line.packPrice)", .aboveCeiling, detail: "\(ceiling.packPrice)"))
            return
        }
        let terms = PriceTerms(
            packPrice: line.packPrice, packSize: article.packSize, validity: line.validity, source: source)
        do throws(PricesRefusal) {
            switch try timelines[article.id, default: PriceTimeline([])].take(terms, isCorrection: isCorrection) {
            case .none: unchanged += 1
            case .added: added += 1
            case .succeeded, .corrected: changed += 1
            }
        } catch {
            problems.append(
                PriceListProblem(line.number, "valid_from", line.validity.from.description, .overlaps, detail: error.detail))
        }
    }
}
