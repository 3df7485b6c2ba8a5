import Postgres
import Primitives

/// Every SQL statement that keeps what products and manufacturers are found by.
struct SearchIndexStore {
    private let transaction: Transaction

    init(_ transaction: Transaction) { self.transaction = transaction }

    struct FoundBy<ID: Sendable> {
        let id: ID
        /// Of the name, in characters of Unicode, as the server counts them.
        let nameLength: Int
        /// Of what the terms are made.
        let source: String
        let terms: SearchTerms
    }

    /// The last of the next `limit` products after `product`; `nil` when there are no more.
    func lastProduct(after product: ProductID?, limit: Int) throws -> ProductID? {
        try transaction.first(
            """
            SELECT max(product_id) AS last
              FROM (SELECT product_id FROM formulary.product WHERE product_id > \(product?.rawValue ?? 0)
                     ORDER BY product_id LIMIT \(limit)) AS part
            """
        ) { try $0["last"] as ProductID? } ?? nil
    }

    /// Products after one and through another whose names, codes or trade names are not those that were taken apart.
    func changedProducts(after first: ProductID?, through last: ProductID) throws -> [FoundBy<ProductID>] {
        try transaction.query(
            """
            SELECT named.*
              FROM (SELECT product.product_id, product.generic_name, product.english_name, product.code, product.pinyin,
                           product.pinyin_initials, sold.trade_names,
                           md5(jsonb_build_array(\(SearchTerms.edition), product.generic_name, product.english_name,
                               product.code, product.pinyin, product.pinyin_initials, sold.trade_names)::text) AS source
                      FROM formulary.product
                     CROSS JOIN LATERAL (
                           SELECT coalesce(array_agg(DISTINCT trade_name ORDER BY trade_name), '{}') AS trade_names
                             FROM formulary.article
                            WHERE article.product_id = product.product_id AND article.withdrawn_on IS NULL
                              AND article.trade_name <> '') AS sold
                     WHERE product.product_id > \(first?.rawValue ?? 0) AND product.product_id <= \(last)) AS named
             WHERE named.source IS DISTINCT FROM
                   (SELECT kept.source FROM formulary.product_search AS kept WHERE kept.product_id = named.product_id)
            """
        ) { row in
            var terms = SearchTerms()
            let pinyin: String = try row["pinyin"]
            let name: String = try row["generic_name"]
            if pinyin.isEmpty {
                terms.add(spoken: name)
            } else {
                terms.add(name: name, reading: pinyin.filter { $0 != " " }, initials: try row["pinyin_initials"])
            }
            terms.add(name: try row["code"], isSpoken: false)
            terms.add(name: try row["english_name"], isSpoken: false)
            for name in try row["trade_names"] as [String] { terms.add(spoken: name) }
            return FoundBy(
                id: try row["product_id"], nameLength: name.unicodeScalars.count, source: try row["source"], terms: terms)
        }
    }

    /// Manufacturers whose name is not the one that was taken apart.
    func changedMakers(after last: CompanyID?, limit: Int) throws -> [FoundBy<CompanyID>] {
        try transaction.query(
            """
            SELECT named.*
              FROM (SELECT company.company_id, company.name,
                           md5(jsonb_build_array(\(SearchTerms.edition), company.name)::text) AS source
                      FROM parties.company WHERE company.is_manufacturer) AS named
             WHERE named.source IS DISTINCT FROM
                   (SELECT kept.source FROM formulary.maker_search AS kept WHERE kept.company_id = named.company_id)
               AND named.company_id > \(last?.rawValue ?? 0)
             ORDER BY named.company_id
             LIMIT \(limit)
            """
        ) { row in
            var terms = SearchTerms()
            let name: String = try row["name"]
            terms.add(spoken: name)
            return FoundBy(
                id: try row["company_id"], nameLength: name.unicodeScalars.count, source: try row["source"], terms: terms)
        }
    }

    /// Has the indexes take in what was put.
    func settle() throws {
        try transaction.execute("SELECT formulary.settle_search()")
    }

    func put(_ products: [FoundBy<ProductID>]) throws {
        try transaction.insert(
            into: "formulary.product_search (product_id, source, name_length, terms, grams)",
            rows: products.map { [$0.id, $0.source, $0.nameLength, $0.terms.text, Array($0.terms.grams)] },
            """
            ON CONFLICT (product_id) DO UPDATE
               SET source = excluded.source, name_length = excluded.name_length, terms = excluded.terms, grams = excluded.grams
            """)
    }

    func put(_ makers: [FoundBy<CompanyID>]) throws {
        try transaction.insert(
            into: "formulary.maker_search (company_id, source, terms, grams)",
            rows: makers.map { [$0.id, $0.source, $0.terms.text, Array($0.terms.grams)] },
            """
            ON CONFLICT (company_id) DO UPDATE
               SET source = excluded.source, terms = excluded.terms, grams = excluded.grams
            """)
    }
}
