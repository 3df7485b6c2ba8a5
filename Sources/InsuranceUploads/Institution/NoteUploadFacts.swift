import Audit
import Identity
public import Postgres
public import Primitives

/// What insurers ask and neither a delivery nor the catalogue of articles says: when a batch was made, how an article may be sold, a
/// pharmacist's licence. What is not named stays as it is.
public struct NoteUploadFacts: Sendable {
    public struct BatchFact: Sendable, Hashable, Codable {
        public let batch: BatchID
        public let madeOn: CalendarDate
        /// Per pack, where no order and no reference says it.
        public let packPrice: Money?

        public init(batch: BatchID, madeOn: CalendarDate, packPrice: Money? = nil) {
            self.batch = batch
            self.madeOn = madeOn
            self.packPrice = packPrice
        }
    }

    public struct ArticleSale: Sendable, Hashable, Codable {
        public enum Way: String, StoredText, Codable, CaseIterable {
            case overTheCounter = "over-the-counter"
            case prescription
            case both
        }

        public let article: ArticleID
        public let sale: Way

        public init(article: ArticleID, sale: Way) {
            self.article = article
            self.sale = sale
        }
    }

    public struct Licence: Sendable, Hashable, Codable {
        public let person: PersonID
        /// Of the licence to practise (执业药师注册证).
        public let number: String

        public init(person: PersonID, number: String) {
            self.person = person
            self.number = number
        }
    }

    public var batches: [BatchFact]
    public var articles: [ArticleSale]
    public var pharmacists: [Licence]

    public init(batches: [BatchFact] = [], articles: [ArticleSale] = [], pharmacists: [Licence] = []) {
        self.batches = batches
        self.articles = articles
        self.pharmacists = pharmacists
    }

    /// - Throws: ``InsuranceUploadsRefusal``: a day that lies ahead, a price that is none, an empty number, something unknown.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws {
        try principal.require(oneOf: [.supervisor, .storekeeper])
        for (index, fact) in batches.enumerated() {
            guard fact.madeOn <= now.businessDay, fact.packPrice?.isEnterablePrice != false else {
                throw InsuranceUploadsRefusal(.factInvalid, "batch \(fact.batch)", field: "batches[\(index)]")
            }
        }
        for (index, licence) in pharmacists.enumerated() where licence.number.allSatisfy(\.isWhitespace) {
            throw InsuranceUploadsRefusal(.factInvalid, "an empty number", field: "pharmacists[\(index)]")
        }
        let store = InsuranceUploadsStore(transaction, principal.consortium)
        do throws(PostgresError) {
            try store.note(batches, by: principal.person, at: now)
            try store.note(articles, by: principal.person, at: now)
            try store.note(pharmacists, by: principal.person, at: now)
        } catch {
            guard error.sqlState == "23503" else { throw error }
            throw InsuranceUploadsRefusal(.factInvalid, error.constraint ?? "unknown subject")
        }
        try AuditTrail(transaction).append(
            "insurance-uploads.note-facts", subject: "uploads", by: principal, at: now,
            detail: ["batches": "\(batches.count)", "articles": "\(articles.count)", "pharmacists": "\(pharmacists.count)"])
    }
}
