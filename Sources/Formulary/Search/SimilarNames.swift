import Postgres
import Primitives

/// Looks up the names that may be meant by a misspelling, and compares them with it.
struct SimilarNames {
    private let transaction: Transaction

    /// Names looked up by each piece of the text, and those of them that are compared: of nearly its length.
    private static let lookedUpMax = 1_000
    private static let comparedMax = 150
    private static let productsMax = 200
    private static let makersMax = 20

    init(_ transaction: Transaction) { self.transaction = transaction }

    struct Near {
        let id: ProductID
        let distance: Int
    }

    /// The products with a name near the text, nearest first.
    func products(_ misspelling: Misspelling) throws -> [Near] {
        let pieces = misspelling.lookups.map { grams -> SQL in
            """
            (SELECT found.product_id, found.terms
               FROM (SELECT named.product_id, named.name_length, named.terms FROM formulary.product_search AS named
                      WHERE named.grams @> \(grams) LIMIT \(Self.lookedUpMax)) AS found
              ORDER BY abs(found.name_length - \(misspelling.length)), found.product_id
              LIMIT \(Self.comparedMax))
            """
        }
        guard let statement = SQL.union(pieces) else { return [] }
        var near: [ProductID: Int] = [:]
        let found = try transaction.query("SELECT DISTINCT product_id, terms FROM (\(statement)) AS pieces") {
            try ($0["product_id"] as ProductID, $0["terms"] as String)
        }
        for (id, terms) in found { near[id] = misspelling.distance(to: terms) }
        return near.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.prefix(Self.productsMax)
            .map { Near(id: $0.key, distance: $0.value) }
    }

    /// The manufacturers whose names are nearest to the text.
    func makers(_ misspelling: Misspelling) throws -> [CompanyID] {
        var near: [CompanyID: Int] = [:]
        for grams in misspelling.lookups {
            let found = try transaction.query(
                """
                SELECT maker.company_id, maker.terms FROM formulary.maker_search AS maker
                 WHERE maker.grams @> \(grams) ORDER BY maker.company_id LIMIT \(Self.comparedMax)
                """
            ) { try ($0["company_id"] as CompanyID, $0["terms"] as String) }
            for (id, terms) in found { near[id] = misspelling.distance(to: terms) }
        }
        let nearest = near.values.min()
        return near.filter { $0.value == nearest }.keys.sorted().prefix(Self.makersMax).map { $0 }
    }
}
