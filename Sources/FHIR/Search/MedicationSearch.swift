import Formulary
import Postgres
import Primitives

/// Finds medications: products by their names, products and packs by their codes.
struct MedicationSearch {
    let transaction: Transaction
    let consortium: ConsortiumID
    let systems: CodeSystems
    let today: CalendarDate

    struct Found: Sendable {
        let key: MedicationKey
        let position: SearchStore.Position
    }

    /// - Throws: ``FHIRRefusal`` for more than one criterion; `FormularyRefusal` for a text that is too long.
    func found(_ query: SearchQuery, after: SearchStore.Position?, limit: Int) throws -> [Found] {
        guard query.criteria.count <= 1 else {
            throw FHIRRefusal(.parameterInvalid, "one criterion at a time", field: query.criteria[1].name)
        }
        guard let criterion = query.criteria.first else { return try named("", after: after, limit: limit) }
        switch criterion.name {
        case "_id":
            return try existing(criterion.alternatives.compactMap { MedicationKey($0) }, after: after, limit: limit)
        case "code":
            let keys = try criterion.alternatives.flatMap { try coded(TokenCriterion($0)) }
            return try existing(keys, after: after, limit: limit)
        default:
            return try named(
                criterion.alternatives.map(SearchQuery.unescaped).joined(separator: " "), after: after, limit: limit)
        }
    }

    // MARK: - By name

    private func named(_ text: String, after: SearchStore.Position?, limit: Int) throws -> [Found] {
        let hits = try ProductSearchStore(transaction).hits(
            try ProductSearch(text: text), of: consortium, level: nil, on: today, after: try after.map(Self.position),
            limit: limit)
        return hits.map { hit in
            let last = hit.position
            let keys = [
                last.match.rawValue, String(last.distance), last.isListed ? "1" : "0", String(last.nameLength),
                last.product.description,
            ]
            return Found(key: .product(hit.product.id), position: SearchStore.Position(keys: keys))
        }
    }

    private static func position(_ position: SearchStore.Position) throws -> ProductSearch.Position {
        let keys = position.keys
        guard keys.count == 5, let match = SearchMatch(rawValue: keys[0]), let distance = Int(keys[1]),
            let length = Int(keys[3]), let product = Int64(keys[4])
        else { throw SearchStore.Position.foreign }
        return ProductSearch.Position(
            match: match, distance: distance, isListed: keys[2] == "1", nameLength: length, product: ProductID(product))
    }

    // MARK: - By code

    /// Those that exist, each once, in the order of their ids.
    private func existing(_ keys: [MedicationKey], after: SearchStore.Position?, limit: Int) throws -> [Found] {
        let (products, articles) = (keys.compactMap(\.product), keys.compactMap(\.article))
        let store = ProductsStore(transaction)
        let found =
            try store.products(products).keys.sorted().map { MedicationKey.product($0) }
            + store.articles(articles).keys.sorted().map { MedicationKey.article($0) }
        var rest = found[...]
        if let after {
            guard let last = found.firstIndex(where: { after.keys == [$0.description] }) else {
                throw SearchStore.Position.foreign
            }
            rest = found[(last + 1)...]
        }
        return rest.prefix(limit).map { Found(key: $0, position: SearchStore.Position(keys: [$0.description])) }
    }

    private func coded(_ token: TokenCriterion) throws -> [MedicationKey] {
        var keys: [MedicationKey] = []
        if token.mayBe(of: systems.product), let product = try ProductsStore(transaction).product(code: token.value) {
            keys.append(.product(product.id))
        }
        let columns: [(system: String, column: SQL)] = [
            (systems.insuranceDrug, "insurance_code"), (systems.nationalDrug, "base_code"),
            (systems.approvalNumber, "approval_number"), (systems.gtin, "gtin"),
        ]
        let asked = columns.filter { token.mayBe(of: $0.system) }.map { "\($0.column) = \(token.value)" as SQL }
        let articles = try transaction.query(
            "SELECT article_id FROM formulary.article WHERE \(SQL.any(asked)) ORDER BY article_id LIMIT 1000"
        ) { MedicationKey.article(try $0["article_id"]) }
        return keys + articles
    }
}

extension MedicationKey {
    fileprivate var product: ProductID? { if case .product(let id) = self { id } else { nil } }
    fileprivate var article: ArticleID? { if case .article(let id) = self { id } else { nil } }
}
