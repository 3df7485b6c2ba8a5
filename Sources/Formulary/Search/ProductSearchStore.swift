public import Parties
public import Postgres
public import Primitives

/// Finds products.
public struct ProductSearchStore {
    private let transaction: Transaction

    public init(_ transaction: Transaction) { self.transaction = transaction }

    /// Products that match, best first, each with its standing in the formulary that is in force on `day`.
    ///
    /// - Parameters:
    ///   - level: of the asking facility.
    ///   - permittedOnly: leaves out what the formulary does not permit at `level`, or at any level when there is none.
    public func hits(
        _ search: ProductSearch, of consortium: ConsortiumID, level: FacilityLevel?, on day: CalendarDate,
        permittedOnly: Bool = false, after position: ProductSearch.Position? = nil, limit: Int
    ) throws -> [ProductHit] {
        let version = try FormularyVersionsStore(transaction, of: consortium).inForce(on: day)
        let scope = SearchScope(
            search, of: consortium, version: version?.id, level: level, isOfEntries: permittedOnly)
        return try found(search, scope, after: position, limit: limit).map { found in
            let standing = version.map { _ in FormularyStanding(found.entry, asking: level) }
            return ProductHit(product: found.product, match: found.match, distance: found.distance, standing: standing)
        }
    }

    /// Entries of one version that match, best first.
    ///
    /// - Parameter level: only what is permitted there; `nil` for all.
    public func entries(
        _ search: ProductSearch, in version: FormularyVersionID, of consortium: ConsortiumID, level: FacilityLevel? = nil,
        after position: ProductSearch.Position? = nil, limit: Int
    ) throws -> [FoundEntry] {
        let scope = SearchScope(search, of: consortium, version: version, level: level, isOfEntries: true)
        return try found(search, scope, after: position, limit: limit).compactMap { found in
            found.entry.map {
                FoundEntry(
                    match: found.match, distance: found.distance,
                    reading: FormularyEntryReading(product: found.product, entry: $0))
            }
        }
    }

    private struct Found {
        let product: Product
        let entry: FormularyEntry?
        let match: SearchMatch
        let distance: Int
    }

    /// One page: the places of its products, then the products.
    private func found(
        _ search: ProductSearch, _ scope: SearchScope, after position: ProductSearch.Position?, limit: Int
    ) throws -> [Found] {
        // Statements are written for an index each, so that planning them once is enough.
        try transaction.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        let places = try ProductPlaces(scope, in: transaction).find(SearchText(search.text), after: position, limit: limit)
        let rows = try transaction.query(
            """
            SELECT \(ProductsStore.productColumns), entry.levels, entry.restriction, entry.days_max, entry.reason
              FROM formulary.product
              LEFT JOIN formulary.entry
                ON entry.consortium_id = \(scope.consortium) AND entry.version_id = \(scope.version)
               AND entry.product_id = product.product_id
             WHERE product.product_id = ANY(\(places.map(\.product)))
            """
        ) { row in
            let levels: [FacilityLevel]? = try row["levels"]
            return (product: try Product(row), entry: try levels.map { _ in try FormularyEntry(row) })
        }
        let products = Dictionary(rows.map { ($0.product.id, $0) }, uniquingKeysWith: { first, _ in first })
        return places.compactMap { place in
            products[place.product].map {
                Found(product: $0.product, entry: $0.entry, match: place.match, distance: place.distance)
            }
        }
    }
}

/// An entry that was found in a version.
public struct FoundEntry: Sendable, Hashable {
    public let match: SearchMatch
    public let distance: Int
    public let reading: FormularyEntryReading

    public var position: ProductSearch.Position {
        ProductSearch.Position(
            match: match, distance: distance, isListed: true,
            nameLength: reading.product.genericName.unicodeScalars.count, product: reading.product.id)
    }
}
