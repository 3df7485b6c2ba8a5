import Formulary
public import Primitives

/// A price list (CSV): an article by its insurance code or its number, yuan per pack, the first and the last valid day.
///
/// An empty last day leaves the end open.
struct PriceListFile {
    struct Line {
        /// From 1, as an editor shows it.
        let number: Int
        /// As the file names it, without blanks around.
        let article: String
        let packPrice: Money
        let validity: Validity
    }

    static let columns = ["article", "pack_price", "valid_from", "valid_through"]

    /// How many rows the file has after its header.
    let rows: Int
    /// The rows that can be read.
    private(set) var lines: [Line] = []
    private(set) var problems: [PriceListProblem] = []

    /// - Throws: `FormularyRefusal` when the file is no CSV; ``PricesRefusal`` when its columns are others.
    init(_ csv: [UInt8]) throws {
        let file = try CatalogFile(csv)
        guard file.header.sorted() == Self.columns.sorted() else {
            throw PricesRefusal(
                .columnsUnusable, "\(file.header.joined(separator: ", ").prefix(200)); expected \(Self.columns.joined(separator: ", "))",
                field: "csv")
        }
        rows = file.records.count
        for record in file.records {
            guard record.fields.count == file.header.count else {
                problems.append(PriceListProblem(record.line, "", record.fields.joined(separator: ","), .fieldCount))
                continue
            }
            let fields = Dictionary(zip(file.header, record.fields.map { $0.withoutBlanks }), uniquingKeysWith: { first, _ in first })
            read(fields, on: record.line)
        }
    }

    private mutating func read(_ fields: [String: String], on number: Int) {
        let noted = problems.count
        func text(_ column: String) -> String { fields[column] ?? "" }
        if text("article").isEmpty { problems.append(PriceListProblem(number, "article", "", .required)) }
        let price = Money(yuan: text("pack_price")).flatMap { $0.isEnterablePrice ? $0 : nil }
        if price == nil { problems.append(PriceListProblem(number, "pack_price", text("pack_price"), .notAPrice)) }
        let from = CalendarDate(text("valid_from"))
        if from == nil { problems.append(PriceListProblem(number, "valid_from", text("valid_from"), .notADay)) }
        let through = CalendarDate(text("valid_through"))
        if through == nil, !text("valid_through").isEmpty {
            problems.append(PriceListProblem(number, "valid_through", text("valid_through"), .notADay))
        }
        guard let price, let from, problems.count == noted else { return }
        let validity = Validity(from: from, through: through)
        guard validity.isSound else {
            problems.append(PriceListProblem(number, "valid_through", text("valid_through"), .periodInvalid))
            return
        }
        lines.append(Line(number: number, article: text("article"), packPrice: price, validity: validity))
    }
}

/// What can be wrong with a row of a price list.
public enum PriceListReason: String, Sendable, Codable, CaseIterable {
    case fieldCount = "field-count"
    case required
    case notAPrice = "not-a-price"
    case notADay = "not-a-day"
    case periodInvalid = "period-invalid"
    case articleUnknown = "article-unknown"
    case aboveCeiling = "above-ceiling"
    case overlaps

    public var meaning: Phrase {
        switch self {
        case .fieldCount: Phrase("列数与表头不符", "The row has another number of fields than the header")
        case .required: Phrase("必填", "The field is required")
        case .notAPrice: Phrase("不是大于零的价格（元，至多四位小数）", "The value is not yuan above zero with at most four decimals")
        case .notADay: Phrase("不是日期（年-月-日）", "The value is not a day, yyyy-mm-dd")
        case .periodInvalid: Phrase("有效期止早于有效期起", "The validity ends before it begins")
        case .articleUnknown: Phrase("目录中没有这个包装规格", "No article has this insurance code or number")
        case .aboveCeiling: Phrase("高于最高限价", "The price is above the ceiling")
        case .overlaps: Phrase("与已有价格的有效期重叠", "Another price is on record for some of these days")
        }
    }
}

/// What is wrong with one row of a price list, for the person who keeps it.
public struct PriceListProblem: Sendable, Hashable, Codable {
    /// From 1, as an editor shows it.
    public let line: Int
    /// The column.
    public let field: String
    /// What stands there, its first characters.
    public let value: String
    public let reason: PriceListReason
    public let chinese: String
    public let english: String

    init(_ line: Int, _ field: String, _ value: String, _ reason: PriceListReason, detail: String = "") {
        self.line = line
        self.field = field
        self.value = String(value.prefix(80))
        self.reason = reason
        chinese = detail.isEmpty ? reason.meaning.chinese : "\(reason.meaning.chinese)：\(detail)"
        english = detail.isEmpty ? reason.meaning.english : "\(reason.meaning.english): \(detail)"
    }
}

extension String {
    fileprivate var withoutBlanks: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(self[first...last])
    }
}
