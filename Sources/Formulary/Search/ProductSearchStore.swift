public import Parties
public import Postgres
public import Primitives

/// Every SQL statement that looks for products.
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
        var conditions: [SQL] = []
        if permittedOnly { conditions.append(Self.permits(at: level)) }
        return try found(search, consortium, version?.id, conditions, after: position, limit: limit) { row in
            let product = try Product(row)
            let levels: [FacilityLevel]? = try row["levels"]
            let entry = try levels.map { _ in try FormularyEntry(row) }
            let standing = version.map { _ in FormularyStanding(entry, asking: level) }
            return ProductHit(product: product, match: try Self.match(row), standing: standing)
        }
    }

    /// Entries of one version that match, best first.
    ///
    /// - Parameter level: only what is permitted there; `nil` for all.
    public func entries(
        _ search: ProductSearch, in version: FormularyVersionID, of consortium: ConsortiumID, level: FacilityLevel? = nil,
        after position: ProductSearch.Position? = nil, limit: Int
    ) throws -> [FoundEntry] {
        try found(search, consortium, version, [Self.permits(at: level)], after: position, limit: limit) { row in
            FoundEntry(
                match: try Self.match(row),
                reading: FormularyEntryReading(product: try Product(row), entry: try FormularyEntry(row)))
        }
    }

    private static func permits(at level: FacilityLevel?) -> SQL {
        level.map { "\($0) = ANY(entry.levels)" } ?? "entry.product_id IS NOT NULL"
    }

    private static func match(_ row: Row) throws -> SearchMatch {
        let rank: Int = try row["rank"]
        return SearchMatch.allCases.first { $0.rank == rank } ?? .any
    }

    private func found<Value>(
        _ search: ProductSearch, _ consortium: ConsortiumID, _ version: FormularyVersionID?, _ conditions: [SQL],
        after position: ProductSearch.Position?, limit: Int, _ read: (Row) throws -> Value
    ) throws -> [Value] {
        var conditions = conditions
        if let kind = search.kind { conditions.append("product.kind = \(kind)") }
        if search.essentialOnly { conditions.append("product.essential") }
        if let position {
            conditions.append(
                """
                (hit.rank, length(product.generic_name), product.product_id)
                    > (\(position.match.rank), \(position.nameLength), \(position.product))
                """)
        }
        return try transaction.query(
            """
            SELECT \(ProductsStore.productColumns), hit.rank, entry.levels, entry.restriction, entry.days_max, entry.reason
              FROM (\(ProductCandidates(search.text).statement)) AS hit
              JOIN formulary.product USING (product_id)
              LEFT JOIN formulary.entry
                ON entry.consortium_id = \(consortium) AND entry.version_id = \(version)
               AND entry.product_id = product.product_id
             WHERE \(SQL.all(conditions))
             ORDER BY hit.rank, length(product.generic_name), product.product_id
             LIMIT \(limit)
            """, read)
    }
}

/// An entry that was found in a version.
public struct FoundEntry: Sendable, Hashable {
    public let match: SearchMatch
    public let reading: FormularyEntryReading

    public var position: ProductSearch.Position {
        ProductHit(product: reading.product, match: match, standing: nil).position
    }
}
