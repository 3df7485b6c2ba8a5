import Parties
import Postgres
import Primitives

/// Among which products is searched.
struct SearchScope {
    let consortium: ConsortiumID
    /// The formulary whose products come first; `nil` when none is in force.
    let version: FormularyVersionID?
    /// What every product must be, but for the formulary.
    let product: [SQL]
    /// What its entry must say; `nil` when it needs none.
    let entry: SQL?

    /// - Parameter isOfEntries: only what the formulary permits at `level`, or at any level when there is none.
    init(
        _ search: ProductSearch, of consortium: ConsortiumID, version: FormularyVersionID?, level: FacilityLevel?,
        isOfEntries: Bool
    ) {
        self.consortium = consortium
        self.version = version
        var product: [SQL] = ["product.withdrawn_on IS NULL"]
        if let kind = search.kind { product.append("product.kind = \(kind)") }
        if search.essentialOnly { product.append("product.essential") }
        self.product = product
        let permits: SQL = level.map { level -> SQL in "\(level) = ANY(entry.levels)" } ?? "TRUE"
        entry = isOfEntries ? permits : nil
    }

    private init(consortium: ConsortiumID) {
        self.consortium = consortium
        version = nil
        product = ["product.withdrawn_on IS NULL"]
        entry = nil
    }

    /// All products, whatever the formulary says.
    var whole: SearchScope { SearchScope(consortium: consortium) }
    var isWhole: Bool { product.count == 1 && entry == nil }

    /// Whether products of the formulary are looked for, and others; in the order of lists.
    var listings: [Bool] { entry != nil ? (version == nil ? [] : [true]) : version == nil ? [false] : [true, false] }
}

/// Finds the places of products in the list that a text gives.
struct ProductPlaces {
    typealias Place = ProductSearch.Position

    private let scope: SearchScope
    private let transaction: Transaction

    init(_ scope: SearchScope, in transaction: Transaction) {
        self.scope = scope
        self.transaction = transaction
    }

    /// The first places after `position`.
    func find(_ text: SearchText, after position: Place?, limit: Int) throws -> [Place] {
        guard !text.phrase.isEmpty else { return try places(SearchSteps.everything, after: position, limit: limit) }
        let steps = SearchSteps(text, in: transaction)
        switch position?.match {
        case .sound: return try places(steps.sound(), after: position, limit: limit)
        case .similar: return try places(try steps.similar(), after: position, limit: limit)
        case .some: return try places(try steps.exact(), after: position, limit: limit)
        case nil: break
        }
        let exact = try steps.exact()
        let found = try places(exact, after: nil, limit: limit)
        guard found.isEmpty else { return found }
        // What is there but not asked for, as when it is not permitted, is not answered with something like it.
        if !scope.isWhole {
            let anywhere = ProductPlaces(scope.whole, in: transaction)
            guard try anywhere.places(exact, after: nil, limit: 1).isEmpty else { return [] }
        }
        let sounding = try places(steps.sound(), after: nil, limit: limit)
        return sounding.isEmpty ? try places(try steps.similar(), after: nil, limit: limit) : sounding
    }

    private func places(_ steps: [SearchStep], after position: Place?, limit: Int) throws -> [Place] {
        var places: [Place] = []
        for step in steps where places.count < limit && step.orders.upperBound >= position?.order ?? 0 {
            let within = position.flatMap { step.orders.contains($0.order) ? $0 : nil }
            switch try step.candidates() {
            case nil: continue
            case .among(let statement, let unless):
                places += try collected(statement, unless, after: within, limit: limit - places.count)
            case .everything:
                let walk = Walk(
                    order: step.orders.lowerBound, length: "length(product.generic_name)", id: "product.product_id", source: "formulary.product",
                    conditions: [])
                places += try met(walk, after: within, limit: limit - places.count)
            case .all(let condition, let unless):
                let walk = Walk(
                    order: step.orders.lowerBound, length: "named.name_length", id: "named.product_id",
                    source: "formulary.product_search AS named JOIN formulary.product USING (product_id)",
                    conditions: [condition] + unless.map { "(\($0)) IS NOT TRUE" })
                places += try met(walk, after: within, limit: limit - places.count)
            }
        }
        return places
    }

    /// The first places of collected products, ordered as a whole.
    private func collected(_ statement: SQL, _ unless: [SQL], after position: Place?, limit: Int) throws -> [Place] {
        var conditions = scope.product + unless.map { "(\($0)) IS NOT TRUE" }
        if let entry = scope.entry { conditions.append("entry.product_id IS NOT NULL AND \(entry)") }
        if let position {
            conditions.append(
                """
                (best.place_order, entry.product_id IS NULL, length(product.generic_name), product.product_id)
                    > (\(position.order), \(!position.isListed), \(position.nameLength), \(position.product))
                """)
        }
        let names: SQL = unless.isEmpty ? "" : "LEFT JOIN formulary.product_search AS named ON named.product_id = product.product_id"
        return try transaction.query(
            """
            WITH best AS MATERIALIZED (
                 SELECT product_id, min(place_order) AS place_order FROM (\(statement)) AS candidate GROUP BY product_id)
            SELECT product.product_id, best.place_order, entry.product_id IS NOT NULL AS is_listed,
                   length(product.generic_name) AS name_length
              FROM best
              JOIN formulary.product ON product.product_id = best.product_id
              LEFT JOIN formulary.entry
                ON entry.consortium_id = \(scope.consortium) AND entry.version_id = \(scope.version)
               AND entry.product_id = best.product_id
              \(names)
             WHERE \(SQL.all(conditions))
             ORDER BY best.place_order, entry.product_id IS NULL, length(product.generic_name), product.product_id
             LIMIT \(limit)
            """
        ) { row in
            let (match, distance) = SearchMatch.of(order: try row["place_order"])
            return Place(
                match: match, distance: distance, isListed: try row["is_listed"], nameLength: try row["name_length"],
                product: try row["product_id"])
        }
    }

    /// Products met with from the shortest name on.
    private struct Walk {
        let order: Int
        /// By which index it goes.
        let length: SQL
        let id: SQL
        let source: SQL
        let conditions: [SQL]
    }

    /// The first places of a walk, those of the formulary before others.
    private func met(_ walk: Walk, after position: Place?, limit: Int) throws -> [Place] {
        // How often the conditions hold decides how the statement is best run.
        try transaction.execute("SET LOCAL plan_cache_mode = force_custom_plan")
        var places: [Place] = []
        for isListed in scope.listings where places.count < limit && !(isListed && position?.isListed == false) {
            places += try met(
                walk, isListed: isListed, after: position?.isListed == isListed ? position : nil, limit: limit - places.count)
        }
        try transaction.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        return places
    }

    private func met(_ walk: Walk, isListed: Bool, after position: Place?, limit: Int) throws -> [Place] {
        var conditions = scope.product + walk.conditions
        if let entry = scope.entry { conditions.append(entry) }
        if let position {
            conditions.append("(\(walk.length), \(walk.id)) > (\(position.nameLength), \(position.product))")
        }
        let (match, distance) = SearchMatch.of(order: walk.order)
        return try transaction.query(
            """
            SELECT product.product_id, \(walk.length) AS name_length
              FROM \(walk.source)
              \(isListed ? listing : "")
             WHERE \(SQL.all(conditions)) \(isListed ? "" : unlisted)
             ORDER BY \(walk.length), \(walk.id)
             LIMIT \(limit)
            """
        ) { row in
            Place(
                match: match, distance: distance, isListed: isListed, nameLength: try row["name_length"],
                product: try row["product_id"])
        }
    }

    private var listing: SQL {
        """
        JOIN formulary.entry ON entry.consortium_id = \(scope.consortium) AND entry.version_id = \(scope.version)
                            AND entry.product_id = product.product_id
        """
    }

    private var unlisted: SQL {
        guard let version = scope.version else { return "" }
        return """
            AND NOT EXISTS (SELECT FROM formulary.entry
                             WHERE entry.consortium_id = \(scope.consortium) AND entry.version_id = \(version)
                               AND entry.product_id = product.product_id)
            """
    }
}

extension ProductSearch.Position {
    fileprivate var order: Int { match.order(distance: distance) }
}
