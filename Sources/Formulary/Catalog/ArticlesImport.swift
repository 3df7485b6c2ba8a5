import Parties
import Postgres
import Primitives

/// An article as a catalogue has it: what is written to its row, the manufacturer by name.
struct ArticleRecord: Equatable {
    var product: ProductID
    var manufacturer: String?
    var insuranceCode: String?
    var tradeName: String
    var approvalNumber: String?
    var baseCode: String?
    var gtin: String?
    var packSize: BaseUnits
    var packUnit: String
    var packText: String
    var referencePrice: Money?

    /// What makes it one article where there is no insurance code.
    struct Pack: Hashable {
        let product: ProductID
        let manufacturer: String?
        let tradeName: String
        let packText: String
    }

    var pack: Pack { Pack(product: product, manufacturer: manufacturer, tradeName: tradeName, packText: packText) }
}

/// Imports articles: rows of the kind ``CatalogKind/articles``.
struct ArticlesImport {
    private let store: CatalogStore
    private let transaction: Transaction

    init(_ transaction: Transaction) {
        self.transaction = transaction
        store = CatalogStore(transaction)
    }

    func plan(_ rows: [CatalogRow]) throws -> CatalogPlan {
        let products = try store.productHeads()
        let known = KnownArticles(try store.articles())
        let read = rows.map { row in
            var row = row
            let record = ArticleReading.read(&row, products: products)
            return (row: row, record: record)
        }
        let mostHaveCodes = read.count { $0.record?.insuranceCode != nil } * 2 >= rows.count
        var lines = LinesOfArticles()
        var plan = CatalogPlan()
        var added: [ArticleRecord] = []
        var changed: [(ArticleID, ArticleRecord)] = []
        for (row, record) in read {
            var row = row
            var record = record
            var old: KnownArticles.Article?
            if let new = record, row.isSound {
                old = known.article(like: new)
                if new.insuranceCode == nil {
                    if mostHaveCodes { row.note(.insuranceCodeMissing, "insurance_code") }
                    // A file that leaves the code out does not take it away.
                    record?.insuranceCode = old?.record.insuranceCode
                }
                lines.noteRepeat(of: new, old?.id, on: &row)
                if let old, row.isSound { Self.compare(new, with: old.record, on: &row) }
            }
            if plan.take(row, record, old: old?.record), let record {
                if let old { changed.append((old.id, record)) } else { added.append(record) }
            }
        }
        plan.write = { [self, added, changed] in try write(added, changed) }
        return plan
    }

    /// Notes what a later file may not say, or says otherwise, about an article.
    private static func compare(_ new: ArticleRecord, with old: ArticleRecord, on row: inout CatalogRow) {
        if old.product != new.product { row.note(.productFixed, "product_code") }
        if old.packSize != new.packSize { row.note(.packSizeChanged, "pack_size", detail: "\(old.packSize)") }
    }

    /// Registers the manufacturers that are new, then writes the articles.
    private func write(_ added: [ArticleRecord], _ changed: [(ArticleID, ArticleRecord)]) throws {
        let names = Set((added + changed.map(\.1)).compactMap(\.manufacturer))
        var companies = try store.manufacturers(named: Array(names))
        let parties = PartiesStore(transaction)
        for name in names.sorted() where companies[name] == nil {
            companies[name] = try parties.addCompany(name: name, creditCode: nil, isManufacturer: true, isSupplier: false)
        }
        try store.add(added, manufacturers: companies)
        try store.change(changed, manufacturers: companies)
    }
}

/// The lines on which articles of a file were first named, by code, by pack and by the article on record.
private struct LinesOfArticles {
    private var ofCode: [String: Int] = [:]
    private var ofPack: [ArticleRecord.Pack: Int] = [:]
    private var ofArticle: [ArticleID: Int] = [:]

    /// Notes on `row` the earlier line that named the same article.
    mutating func noteRepeat(of record: ArticleRecord, _ onRecord: ArticleID?, on row: inout CatalogRow) {
        var earlier: Int?
        if let code = record.insuranceCode {
            earlier = ofCode.updateIfNew(code, row.line)
        } else {
            earlier = ofPack.updateIfNew(record.pack, row.line)
        }
        if earlier == nil, let onRecord { earlier = ofArticle.updateIfNew(onRecord, row.line) }
        guard let earlier else { return }
        row.note(.repeated, record.insuranceCode == nil ? "pack_text" : "insurance_code", otherLine: earlier)
    }
}

/// The articles on record, found as a file would name them.
private struct KnownArticles {
    typealias Article = (id: ArticleID, record: ArticleRecord)

    private var byCode: [String: Article] = [:]
    private var byPack: [ArticleRecord.Pack: Article] = [:]

    init(_ articles: [Article]) {
        for article in articles {
            let pack = article.record.pack
            if let code = article.record.insuranceCode { byCode[code] = article }
            // Of several with the same pack, the one without a code is the one a file without codes means.
            if byPack[pack] == nil || article.record.insuranceCode == nil { byPack[pack] = article }
        }
    }

    /// The article with the record's insurance code; otherwise the one with its pack, unless both have codes.
    func article(like record: ArticleRecord) -> Article? {
        if let code = record.insuranceCode, let found = byCode[code] { return found }
        guard let found = byPack[record.pack] else { return nil }
        return record.insuranceCode == nil || found.record.insuranceCode == nil ? found : nil
    }
}
