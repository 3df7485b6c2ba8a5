import Postgres
import Primitives

/// The manufacturers whose names have all of some words.
enum Makers {
    case nobody
    case few([CompanyID])
    /// So many that a product is sooner asked for its manufacturers than they for their products.
    case many

    private static let fewMax = 40

    init(named words: [String], in transaction: Transaction) throws {
        let conditions = words.compactMap { NameCondition.indexed($0, NameCondition.fit($0), "maker") }
        let found = try transaction.query(
            """
            SELECT maker.company_id FROM formulary.maker_search AS maker WHERE \(SQL.all(conditions)) LIMIT \(Self.fewMax + 1)
            """
        ) { try $0["company_id"] as CompanyID }
        self = found.isEmpty ? .nobody : found.count <= Self.fewMax ? .few(found) : .many
    }

    /// `SELECT product_id, place_order` of the products of which some make an article.
    static func products(of companies: [CompanyID], order: Int) -> SQL {
        """
        SELECT article.product_id, \(order)::bigint AS place_order FROM formulary.article
         WHERE article.manufacturer_id = ANY(\(companies)) AND article.withdrawn_on IS NULL
        """
    }

    /// One whose name has all of the words makes an article of the product. Each product is asked by itself: OFFSET keeps
    /// the server from reading all articles beforehand.
    static func make(named words: [String]) -> SQL {
        """
        EXISTS (SELECT FROM formulary.article
                  JOIN formulary.maker_search AS maker ON maker.company_id = article.manufacturer_id
                 WHERE article.product_id = product.product_id AND article.withdrawn_on IS NULL
                   AND \(SQL.all(words.map { NameCondition.has($0, NameCondition.fit($0), "maker") }))
                OFFSET 0)
        """
    }
}
