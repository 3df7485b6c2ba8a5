import Postgres
public import Primitives

/// What an edition does to an article.
public enum EditionChangeKind: String, StoredText, Codable, CaseIterable {
    case added
    /// Known already, and new to this catalogue.
    case listed
    case changed
    /// Withdrawn earlier, and named again; its fields may differ too.
    case returned
    /// Named by the catalogue before and no longer, and by no other catalogue.
    case withdrawn
    /// Named by the catalogue before and no longer, and by another catalogue still.
    case delisted
}

/// One field that an edition says otherwise.
public struct EditionFieldChange: Sendable, Hashable, Codable {
    /// The column of the catalogue.
    public let field: String
    /// As files write it; `nil` when it was empty.
    public let before: String?
    public let after: String?
}

/// What one edition says otherwise about one article.
public struct EditionChange: Sendable, Hashable, Codable {
    public let article: ArticleID
    public let change: EditionChangeKind
    /// The line of the file that names it.
    public let line: Int?
    /// Generic name and strength.
    public let product: String
    public let manufacturer: String?
    public let insuranceCode: String?
    public let packText: String
    /// Yuan per pack, as the edition has it, and as it was where that differs.
    public let price: Money?
    public let priceBefore: Money?
    /// By how many whole percent the price rose, negative where it fell; nearest, halves away from zero. `nil` unless there
    /// are two prices and the earlier is not zero.
    public let pricePercent: Int?
    public let fields: [EditionFieldChange]
}

extension EditionChange {
    /// Columns for ``init(_:)``; the statement names the tables `said`, `article`, `maker` and `product`.
    static let columns: SQL = """
        said.article_id, said.change, said.line, product.generic_name, product.strength,
        CASE WHEN said.product_id IS NULL THEN maker.name ELSE said.manufacturer END AS manufacturer,
        CASE WHEN said.product_id IS NULL THEN article.insurance_code ELSE said.insurance_code END AS insurance_code,
        coalesce(said.pack_text, article.pack_text) AS pack_text,
        said.reference_price, (said.before ->> 'reference_price')::bigint AS price_before, said.fields,
        ARRAY(SELECT said.before ->> field FROM unnest(said.fields) AS field) AS values_before,
        ARRAY(SELECT to_jsonb(said) ->> field FROM unnest(said.fields) AS field) AS values_after
        """
    /// An article that an edition adds is on record only once the edition is accepted.
    static let tables: SQL = """
        formulary.edition_change AS said
          LEFT JOIN formulary.article ON article.article_id = said.article_id
          LEFT JOIN parties.company AS maker ON maker.company_id = article.manufacturer_id
          JOIN formulary.product ON product.product_id = coalesce(said.product_id, article.product_id)
        """

    init(_ row: Row) throws {
        let names: [String] = try row["fields"]
        let (before, after): ([String?], [String?]) = try (row["values_before"], row["values_after"])
        let (price, priceBefore): (Money?, Money?) = try (row["reference_price"], row["price_before"])
        let (name, strength): (String, String) = try (row["generic_name"], row["strength"])
        try self.init(
            article: row["article_id"], change: row["change"], line: row["line"], product: "\(name) \(strength)",
            manufacturer: row["manufacturer"], insuranceCode: row["insurance_code"], packText: row["pack_text"], price: price,
            priceBefore: priceBefore, pricePercent: Self.percent(from: priceBefore, to: price),
            fields: zip(names, zip(before, after)).map { name, values in
                EditionFieldChange(
                    field: name, before: Self.asWritten(values.0, name), after: Self.asWritten(values.1, name))
            })
    }

    private static func asWritten(_ text: String?, _ field: String) -> String? {
        guard field == "reference_price", let text, let amount = Int64(text) else { return text }
        return Money(tenThousandths: amount).description
    }

    static func percent(from before: Money?, to after: Money?) -> Int? {
        guard let before = before?.tenThousandths, let after = after?.tenThousandths, before > 0 else { return nil }
        let difference = (after - before) * 100
        let half = difference < 0 ? -before / 2 : before / 2
        return Int((difference + half) / before)
    }
}

/// What one accepted edition said about an article.
public struct ArticleStatement: Sendable, Hashable, Codable {
    public let edition: EditionID
    /// The edition's number in the order of acceptance.
    public let number: Int
    public let catalogue: String
    public let label: String
    /// From this day on what it says holds, until the statement that follows.
    public let validFrom: CalendarDate
    public let change: EditionChange
}
