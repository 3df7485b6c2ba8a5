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
        var lineOfCode: [String: Int] = [:]
        var lineOfPack: [ArticleRecord.Pack: Int] = [:]
        var lineOfArticle: [ArticleID: Int] = [:]
        var plan = CatalogPlan()
        var added: [ArticleRecord] = []
        var changed: [(ArticleID, ArticleRecord)] = []
        let read = rows.map { row in
            var row = row
            let record = ArticleReading.read(&row, products: products)
            return (row, record)
        }
        let coded = read.count { $0.1?.insuranceCode != nil }
        for (row, record) in read {
            var row = row
            var record = record
            var old: (id: ArticleID, record: ArticleRecord)?
            if let read = record, row.isSound {
                old = known.article(like: read)
                // A file that leaves the code out does not take it away.
                if read.insuranceCode == nil { record?.insuranceCode = old?.record.insuranceCode }
                if let code = read.insuranceCode {
                    if let earlier = lineOfCode.updateIfNew(code, row.line) { row.note(.repeated, "insurance_code", otherLine: earlier) }
                } else {
                    if coded * 2 >= rows.count { row.note(.insuranceCodeMissing, "insurance_code") }
                    if let earlier = lineOfPack.updateIfNew(read.pack, row.line) { row.note(.repeated, "pack_text", otherLine: earlier) }
                }
                if let old, row.isSound {
                    if let earlier = lineOfArticle.updateIfNew(old.id, row.line) { row.note(.repeated, "pack_text", otherLine: earlier) }
                    if old.record.product != read.product { row.note(.productFixed, "product_code") }
                    if old.record.packSize != read.packSize { row.note(.packSizeChanged, "pack_size", detail: "\(old.record.packSize)") }
                }
            }
            if plan.take(row, record, old: old?.record), let record {
                if let old { changed.append((old.id, record)) } else { added.append(record) }
            }
        }
        plan.write = { [self, added, changed] in try write(added, changed) }
        return plan
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

/// The articles on record, found as a file would name them.
private struct KnownArticles {
    private var byCode: [String: (id: ArticleID, record: ArticleRecord)] = [:]
    private var byPack: [ArticleRecord.Pack: (id: ArticleID, record: ArticleRecord)] = [:]

    init(_ articles: [(id: ArticleID, record: ArticleRecord)]) {
        for article in articles {
            if let code = article.record.insuranceCode { byCode[code] = article }
            // Of several with the same pack, the one without a code is the one a file without codes means.
            if byPack[article.record.pack] == nil || article.record.insuranceCode == nil { byPack[article.record.pack] = article }
        }
    }

    /// The article with the record's insurance code; otherwise the one with its pack, unless both have codes.
    func article(like record: ArticleRecord) -> (id: ArticleID, record: ArticleRecord)? {
        if let code = record.insuranceCode, let found = byCode[code] { return found }
        guard let found = byPack[record.pack] else { return nil }
        return record.insuranceCode == nil || found.record.insuranceCode == nil ? found : nil
    }
}
