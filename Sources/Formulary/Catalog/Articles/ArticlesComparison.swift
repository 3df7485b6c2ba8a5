import Postgres
import Primitives

/// What a file of articles says otherwise than what is on record.
///
/// The file is read once, row by row, into a table of the transaction's own; everything else is done there, set by set, so
/// that memory does not grow with the file. Products, of which each row names one, are held: by their codes, as many as
/// the catalogue of products has.
struct ArticlesComparison {
    let problems: CatalogProblems
    let counts: EditionCounts

    /// - Parameter catalogue: the catalogue whose next edition the file is; `nil` when it only completes what is on record.
    /// - Throws: ``FormularyRefusal``, as ``CatalogRows``.
    init(_ rows: inout CatalogRows, catalogue: String?, in transaction: Transaction) throws {
        let staging = ArticlesStaging(transaction)
        let stream = ArticleStream(rows, products: try CatalogStore(transaction).productHeads())
        try staging.load(stream)
        rows = stream.rows
        try staging.match()
        try staging.compare(asEditionOf: catalogue)
        var problems = rows.problems
        stream.addProblems(to: &problems)
        var skipped = stream.skipped
        for fault in [ArticlesStaging.Fault.repeated, .ofAnotherProduct, .packSizeChanged] {
            let (count, first) = try staging.problems(fault, listing: CatalogProblems.listedMax)
            problems.note(first, of: count)
            if !fault.reason.isWarning { skipped += count }
        }
        self.problems = problems
        counts = try staging.counts(rows: rows.count, skipped: skipped)
    }
}

/// The rows of a file of articles as `COPY` takes them, read as it asks for them.
final class ArticleStream: Sequence, IteratorProtocol {
    private(set) var rows: CatalogRows
    /// Why reading ended before the end of the file.
    private(set) var failure: FormularyRefusal?
    /// Rows with an error of their own.
    private(set) var skipped = 0
    private let products: [String: ProductHead]
    private var problems = CatalogProblems()
    private var withCode = 0
    private var withoutCode: [CatalogProblem] = []
    private var withoutCodeCount = 0

    init(_ rows: CatalogRows, products: [String: ProductHead]) {
        self.rows = rows
        self.products = products
    }

    /// The next row that can be told from others, whether it is sound or not.
    func next() -> [(any SQLParameter)?]? {
        guard failure == nil else { return nil }
        do throws(FormularyRefusal) {
            while var row = try rows.next() {
                let reading = ArticleReading(&row, products: products)
                if let staged = take(row, reading) { return staged }
            }
        } catch {
            failure = error
        }
        return nil
    }

    private func take(_ row: CatalogRow, _ reading: ArticleReading) -> [(any SQLParameter)?]? {
        problems.note(row.problems)
        if reading.record?.insuranceCode != nil { withCode += 1 }
        guard row.isSound, let record = reading.record else {
            skipped += 1
            return reading.record == nil && reading.insuranceCode == nil ? nil : Self.naming(reading, line: row.line)
        }
        if reading.insuranceCode == nil {
            withoutCodeCount += 1
            if withoutCode.count < CatalogProblems.listedMax {
                withoutCode.append(
                    CatalogProblem(line: row.line, field: "insurance_code", value: "", reason: .insuranceCodeMissing))
            }
        }
        return [
            row.line, true, record.product, record.manufacturer, reading.insuranceCode, record.tradeName,
            record.approvalNumber, record.baseCode, record.gtin, record.packSize, record.packUnit, record.packText,
            record.referencePrice,
        ]
    }

    /// What tells the article of a row that cannot be used. A zero byte, which may be why, is no text for the database.
    private static func naming(_ reading: ArticleReading, line: Int) -> [(any SQLParameter)?] {
        let record = reading.record
        func text(_ text: String?) -> String? { text.flatMap { $0.utf8.contains(0) ? nil : $0 } }
        return [
            line, false, record?.product, text(record?.manufacturer), reading.insuranceCode, text(record?.tradeName), nil, nil,
            nil, nil, nil, text(record?.packText), nil,
        ]
    }

    /// A missing insurance code is worth a word only where most rows have one.
    func addProblems(to all: inout CatalogProblems) {
        all.add(problems)
        if withCode * 2 >= rows.count { all.note(withoutCode, of: withoutCodeCount) }
    }
}
