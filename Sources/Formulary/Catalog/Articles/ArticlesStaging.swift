import Postgres
import Primitives

/// Every SQL statement that holds a file of articles against what is on record. The tables are the transaction's own:
///
/// - `catalog_row`: the rows of the file, and of rows that cannot be used what tells their article.
/// - `catalog_match`: for each row its article, and the earlier line that names the same one.
/// - `catalog_change`: what the file says otherwise, a row an article.
struct ArticlesStaging {
    private let transaction: Transaction

    init(_ transaction: Transaction) { self.transaction = transaction }

    // MARK: - Reading in

    func load(_ stream: ArticleStream) throws {
        try transaction.execute("DROP TABLE IF EXISTS pg_temp.catalog_row, pg_temp.catalog_match, pg_temp.catalog_change")
        try transaction.execute(
            """
            CREATE TEMPORARY TABLE catalog_row (
                line integer, is_sound boolean, product_id bigint, manufacturer text, insurance_code text, trade_name text,
                approval_number text, base_code text, gtin text, pack_size bigint, pack_unit text, pack_text text,
                reference_price bigint) ON COMMIT DROP
            """)
        try transaction.copy("COPY pg_temp.catalog_row FROM STDIN", rows: stream)
        if let failure = stream.failure { throw failure }
        try transaction.execute("ANALYZE pg_temp.catalog_row")
    }

    // MARK: - Comparing

    /// Finds the article of each row: the one with its insurance code; otherwise the one with its pack, unless both have
    /// codes. Of several with the same pack, the one without a code is the one a row without a code means.
    func match() throws {
        try transaction.execute(
            """
            CREATE TEMPORARY TABLE catalog_match ON COMMIT DROP AS
            WITH named AS (
                SELECT staged.*, CASE WHEN manufacturer IS NULL THEN 0 ELSE coalesce(company_id, -1) END AS maker
                  FROM pg_temp.catalog_row AS staged LEFT JOIN parties.company ON company.name = staged.manufacturer),
            of_pack AS (
                SELECT line, article_id, article.insurance_code
                  FROM named JOIN formulary.article
                       ON article.product_id = named.product_id AND coalesce(manufacturer_id, 0) = maker
                      AND article.trade_name = named.trade_name AND article.pack_text = named.pack_text
                 WHERE named.insurance_code IS NULL
                 UNION ALL
                SELECT line, article_id, NULL
                  FROM named JOIN formulary.article
                       ON article.product_id = named.product_id AND coalesce(manufacturer_id, 0) = maker
                      AND article.trade_name = named.trade_name AND article.pack_text = named.pack_text
                 WHERE named.insurance_code IS NOT NULL AND article.insurance_code IS NULL),
            by_pack AS (
                SELECT DISTINCT ON (line) line, article_id
                  FROM of_pack
                 ORDER BY line, (insurance_code IS NULL) DESC, article_id),
            found AS (
                SELECT named.*, coalesce(by_code.article_id, by_pack.article_id) AS article_id
                  FROM named
                  LEFT JOIN formulary.article AS by_code ON by_code.insurance_code = named.insurance_code
                  LEFT JOIN by_pack ON by_pack.line = named.line),
            keyed AS (
                SELECT line, is_sound, article_id,
                       min(line) FILTER (WHERE is_sound) OVER (
                           PARTITION BY insurance_code COLLATE "C",
                                        CASE WHEN insurance_code IS NULL THEN product_id END,
                                        CASE WHEN insurance_code IS NULL THEN manufacturer END COLLATE "C",
                                        CASE WHEN insurance_code IS NULL THEN trade_name END COLLATE "C",
                                        CASE WHEN insurance_code IS NULL THEN pack_text END COLLATE "C") AS first_of_key
                  FROM found)
            SELECT line, is_sound, article_id,
                   CASE WHEN NOT is_sound THEN NULL
                        WHEN first_of_key < line THEN first_of_key
                        ELSE nullif(min(line) FILTER (WHERE is_sound AND first_of_key = line AND article_id IS NOT NULL)
                                        OVER (PARTITION BY article_id), line) END AS earlier
              FROM keyed
            """)
        try transaction.execute("ANALYZE pg_temp.catalog_match")
    }

    /// Writes down what differs; for the edition of a catalogue also what that catalogue named before and names no longer.
    func compare(asEditionOf catalogue: String?) throws {
        let isEdition = catalogue != nil
        try transaction.execute(
            """
            CREATE TEMPORARY TABLE catalog_change ON COMMIT DROP AS
            WITH listed AS (\(EditionsStore.articlesListed(by: catalogue ?? ""))),
            compared AS MATERIALIZED (
                SELECT staged.line, match.article_id, old, maker.name AS old_maker, listed.article_id IS NULL AS is_new_here,
                       coalesce(staged.insurance_code, old.insurance_code) AS insurance_code,
                       staged.product_id, staged.manufacturer, staged.trade_name, staged.approval_number, staged.base_code,
                       staged.gtin, staged.pack_size, staged.pack_unit, staged.pack_text, staged.reference_price,
                       CASE WHEN old.article_id IS NULL THEN '{}'::text[] ELSE array_remove(ARRAY[
                           CASE WHEN maker.name IS DISTINCT FROM staged.manufacturer THEN 'manufacturer' END,
                           CASE WHEN old.insurance_code IS DISTINCT FROM coalesce(staged.insurance_code, old.insurance_code)
                                THEN 'insurance_code' END,
                           CASE WHEN old.trade_name <> staged.trade_name THEN 'trade_name' END,
                           CASE WHEN old.approval_number IS DISTINCT FROM staged.approval_number THEN 'approval_number' END,
                           CASE WHEN old.base_code IS DISTINCT FROM staged.base_code THEN 'base_code' END,
                           CASE WHEN old.gtin IS DISTINCT FROM staged.gtin THEN 'gtin' END,
                           CASE WHEN old.pack_size <> staged.pack_size THEN 'pack_size' END,
                           CASE WHEN old.pack_unit <> staged.pack_unit THEN 'pack_unit' END,
                           CASE WHEN old.pack_text <> staged.pack_text THEN 'pack_text' END,
                           CASE WHEN old.reference_price IS DISTINCT FROM staged.reference_price
                                THEN 'reference_price' END], NULL) END AS fields
                  FROM pg_temp.catalog_row AS staged
                  JOIN pg_temp.catalog_match AS match USING (line)
                  LEFT JOIN formulary.article AS old ON old.article_id = match.article_id
                  LEFT JOIN parties.company AS maker ON maker.company_id = old.manufacturer_id
                  LEFT JOIN listed ON listed.article_id = match.article_id
                 WHERE match.is_sound AND match.earlier IS NULL
                   AND (old.product_id IS NULL OR old.product_id = staged.product_id)),
            judged AS (
                SELECT compared.*,
                       CASE WHEN article_id IS NULL THEN 'added'
                            WHEN (old).withdrawn_on IS NOT NULL THEN 'returned'
                            WHEN fields <> '{}' THEN 'changed'
                            WHEN is_new_here AND \(isEdition) THEN 'listed' END AS change
                  FROM compared)
            SELECT article_id, change, line, \(isEdition) AS is_listed, fields,
                   CASE WHEN fields <> '{}' THEN
                       (SELECT jsonb_object_agg(key, value)
                          FROM jsonb_each(to_jsonb(old) || jsonb_build_object('manufacturer', old_maker))
                         WHERE key = ANY (fields)) END AS before,
                   product_id, manufacturer, insurance_code, trade_name, approval_number, base_code, gtin, pack_size, pack_unit,
                   pack_text, reference_price
              FROM judged
             WHERE change IS NOT NULL
            """)
        if let catalogue { try addMissing(from: catalogue) }
    }

    /// What the catalogue named before and the file does not name, not even in a row that cannot be used.
    private func addMissing(from catalogue: String) throws {
        try transaction.execute(
            """
            INSERT INTO pg_temp.catalog_change (article_id, change, is_listed, fields)
            SELECT listed.article_id,
                   CASE WHEN EXISTS (
                       SELECT FROM (SELECT DISTINCT ON (edition.catalogue) edition_change.is_listed
                                      FROM formulary.edition_change JOIN formulary.edition USING (edition_id)
                                     WHERE edition_change.article_id = listed.article_id AND edition.status = 'accepted'
                                       AND edition.catalogue NOT IN ('', \(catalogue))
                                     ORDER BY edition.catalogue, edition.number DESC) AS elsewhere
                        WHERE elsewhere.is_listed) THEN 'delisted' ELSE 'withdrawn' END, false, '{}'
              FROM (\(EditionsStore.articlesListed(by: catalogue))) AS listed
             WHERE NOT EXISTS (SELECT FROM pg_temp.catalog_match AS match WHERE match.article_id = listed.article_id)
            """)
    }

    // MARK: - Findings

    func counts(rows: Int, skipped: Int) throws -> EditionCounts {
        let counts = try transaction.first(
            """
            SELECT count(*) FILTER (WHERE change = 'added') AS added, count(*) FILTER (WHERE change = 'listed') AS listed,
                   count(*) FILTER (WHERE fields <> '{}') AS changed,
                   count(*) FILTER (WHERE 'reference_price' = ANY (fields)) AS price_changed,
                   count(*) FILTER (WHERE change = 'returned') AS returned,
                   count(*) FILTER (WHERE change = 'returned' AND fields = '{}') AS merely_returned,
                   count(*) FILTER (WHERE change = 'withdrawn') AS withdrawn,
                   count(*) FILTER (WHERE change = 'delisted') AS delisted
              FROM pg_temp.catalog_change
            """
        ) { row in
            let (added, changed): (Int, Int) = try (row["added"], row["changed"])
            let merelyReturned: Int = try row["merely_returned"]
            return try EditionCounts(
                rows: rows, skipped: skipped, unchanged: rows - skipped - added - changed - merelyReturned, added: added,
                listed: row["listed"], changed: changed, priceChanged: row["price_changed"], returned: row["returned"],
                withdrawn: row["withdrawn"], delisted: row["delisted"])
        }
        guard let counts else { throw ColumnMismatch(expected: "a row of counts") }
        return counts
    }

    /// What only the whole file, or what is on record, tells about a row.
    enum Fault {
        case repeated, ofAnotherProduct, packSizeChanged

        var reason: CatalogReason {
            switch self {
            case .repeated: .repeated
            case .ofAnotherProduct: .productFixed
            case .packSizeChanged: .packSizeChanged
            }
        }

        fileprivate var condition: SQL {
            switch self {
            case .repeated: "match.earlier IS NOT NULL"
            case .ofAnotherProduct: "match.earlier IS NULL AND old.product_id <> staged.product_id"
            case .packSizeChanged: "match.earlier IS NULL AND old.pack_size <> staged.pack_size"
            }
        }
    }

    /// How many sound rows have the fault, and the first of them.
    func problems(_ fault: Fault, listing listedMax: Int) throws -> (count: Int, first: [CatalogProblem]) {
        let faulty: SQL = """
              FROM pg_temp.catalog_row AS staged
              JOIN pg_temp.catalog_match AS match USING (line)
              LEFT JOIN formulary.article AS old ON old.article_id = match.article_id
             WHERE match.is_sound AND \(fault.condition)
            """
        let count = try transaction.first("SELECT count(*) \(faulty)") { try $0["count"] as Int } ?? 0
        guard count > 0 else { return (0, []) }
        let first = try transaction.query(
            """
            SELECT line, match.earlier, staged.insurance_code, staged.pack_text, staged.pack_size, old.pack_size AS old_size,
                   (SELECT code FROM formulary.product WHERE product.product_id = staged.product_id) AS product
            \(faulty) ORDER BY line LIMIT \(listedMax)
            """
        ) { row in
            let (line, code): (Int, String?) = try (row["line"], row["insurance_code"])
            switch fault {
            case .repeated:
                return CatalogProblem(
                    line: line, field: code == nil ? "pack_text" : "insurance_code", value: try code ?? row["pack_text"],
                    reason: fault.reason, otherLine: try row["earlier"])
            case .ofAnotherProduct:
                return CatalogProblem(line: line, field: "product_code", value: try row["product"], reason: fault.reason)
            case .packSizeChanged:
                let (size, old): (Int, Int) = try (row["pack_size"], row["old_size"])
                return CatalogProblem(
                    line: line, field: "pack_size", value: "\(size)", reason: fault.reason, detail: "\(old)")
            }
        }
        return (count, first)
    }
}
