import Audit
import Formulary
import Identity
import Parties
public import Postgres
public import Primitives

/// What a contract says of one article.
public struct ContractPriceLine: Sendable, Hashable, Codable {
    public let article: ArticleID
    public let packPrice: Money
    public let validFrom: CalendarDate
    /// The last valid day; `nil` until another price follows.
    public let validThrough: CalendarDate?

    public init(article: ArticleID, packPrice: Money, validFrom: CalendarDate, validThrough: CalendarDate? = nil) {
        self.article = article
        self.packPrice = packPrice
        self.validFrom = validFrom
        self.validThrough = validThrough
    }
}

/// Records what a supplier and the consortium have agreed in writing: all lines or none.
///
/// A price that follows another with an open end ends that one on the day before. Anything else that is on record for
/// some of the days is taken back only by a correction, with its reason.
public struct RecordContractPrices: Sendable {
    public static let linesMax = 2_000

    public var company: CompanyID
    /// What people call the contract.
    public var source: String
    public var lines: [ContractPriceLine]
    /// Why what is on record was wrong; `nil` when nothing was.
    public var correctionReason: String?

    public init(company: CompanyID, source: String, lines: [ContractPriceLine], correctionReason: String? = nil) {
        self.company = company
        self.source = source
        self.lines = lines
        self.correctionReason = correctionReason
    }

    /// - Returns: the supplier's contract prices for the articles of the lines that count now.
    /// - Throws: `PartiesRefusal` for an unknown supplier; ``PricesRefusal``: no source, a correction without a reason, no
    ///   lines or too many, then line by line: a price out of bounds, a validity that ends before it begins, a price
    ///   above the ceiling on its first day, another price on record; `FormularyRefusal` for an unknown article.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> [Price] {
        try principal.require(oneOf: [.procurementOfficer])
        _ = try PartiesStore(transaction).supplier(company)
        guard source.saysSomething else { throw PricesRefusal(.sourceMissing, "which contract", field: "source") }
        if let correctionReason, !correctionReason.saysSomething {
            throw PricesRefusal(.reasonMissing, "why it is corrected", field: "correctionReason")
        }
        guard (1...Self.linesMax).contains(lines.count) else {
            throw PricesRefusal(.linesInvalid, "\(lines.count) lines", field: "lines")
        }
        let store = PricesStore(transaction)
        try store.lockAgreed(of: principal.consortium)
        let sizes = try ProductsStore(transaction).articles(lines.map(\.article)).mapValues(\.packSize)
        let book = try PriceBook(of: lines.map(\.article), for: principal.consortium, in: transaction)
        var timelines: [ArticleID: PriceTimeline] = [:]
        for (index, line) in lines.enumerated() {
            let field = "lines[\(index)]"
            guard let size = sizes[line.article] else {
                throw FormularyRefusal(.articleUnknown, "article \(line.article)", field: "\(field).article")
            }
            let terms = try line.terms(packSize: size, source: source, field: field)
            try book.requireWithinCeiling(
                line.packPrice, per: size, of: line.article, on: line.validFrom, field: "\(field).packPrice")
            var timeline =
                timelines[line.article]
                ?? PriceTimeline(book.prices(of: line.article).filter { $0.kind == .contract && $0.company == company })
            do throws(PricesRefusal) {
                _ = try timeline.take(terms, isCorrection: correctionReason != nil)
            } catch {
                throw PricesRefusal(error.code, "article \(line.article): \(error.detail)", field: "\(field).validFrom")
            }
            timelines[line.article] = timeline
        }
        let party = AgreedParty(company: company)
        try store.supersede(
            timelines.values.flatMap(\.superseded), areOf: principal.consortium, reason: correctionReason ?? Self.succession,
            at: now)
        try store.agree(
            .contract, timelines.sorted { $0.key < $1.key }.flatMap { article, timeline in
                timeline.additions.map { (party, article, $0) }
            }, in: principal.consortium, by: principal.person, at: now)
        try AuditTrail(transaction).append(
            "prices.record-contract", subject: "company \(company)", by: principal, at: now,
            detail: ["source": source, "lines": String(lines.count), "correctionReason": correctionReason ?? ""])
        return try store.prices(of: Array(timelines.keys), for: principal.consortium)
            .filter { $0.kind == .contract && $0.company == company }
            .sorted { ($0.article, $0.validFrom) < ($1.article, $1.validFrom) }
    }

    /// Why a price no longer counts that another one followed.
    static let succession = "succession"
}

extension ContractPriceLine {
    fileprivate func terms(packSize: BaseUnits, source: String, field: String) throws(PricesRefusal) -> PriceTerms {
        guard packPrice.isEnterablePrice else {
            throw PricesRefusal(.priceInvalid, "\(packPrice)", field: "\(field).packPrice")
        }
        let validity = Validity(from: validFrom, through: validThrough)
        guard validity.isSound else { throw PricesRefusal(.periodInvalid, "\(validity)", field: "\(field).validThrough") }
        return PriceTerms(packPrice: packPrice, packSize: packSize, validity: validity, source: source)
    }
}
