public import Parties
public import Postgres
public import Primitives

/// What a consortium's formulary permits on a day: asked before anything is ordered or prescribed.
///
/// ```swift
/// try FormularyInForce(transaction).requirePermitted(
///     products: lines.map(\.product), level: facility.level, consortium: principal.consortium, on: now.businessDay)
/// ```
public struct FormularyInForce {
    private let transaction: Transaction

    public init(_ transaction: Transaction) { self.transaction = transaction }

    /// The version in force on `day`: the published one that began last; `nil` before the first begins.
    public func version(of consortium: ConsortiumID, on day: CalendarDate) throws -> FormularyVersion? {
        try FormularyVersionsStore(transaction, of: consortium).inForce(on: day)
    }

    /// What the version in force on `day` says about those of `products` that are in it; nothing when none is in force.
    public func entries(
        of products: [ProductID], consortium: ConsortiumID, on day: CalendarDate
    ) throws -> [ProductID: FormularyEntry] {
        guard let version = try version(of: consortium, on: day) else { return [:] }
        return try FormularyVersionsStore(transaction, of: consortium).entries(of: products, in: version.id)
    }

    /// Whether a facility of `level` may order and prescribe `product` on `day`.
    public func permitted(
        _ product: ProductID, level: FacilityLevel, consortium: ConsortiumID, on day: CalendarDate
    ) throws -> Bool {
        try entries(of: [product], consortium: consortium, on: day)[product]?.permits(at: level) ?? false
    }

    /// Refuses the first of `products` that a facility of `level` may not order or prescribe on `day`.
    ///
    /// - Parameter field: the path of the request's field that names the n-th product.
    /// - Throws: ``FormularyRefusal``: no version in force; then, product by product, one that is not in the formulary,
    ///   or not at this level.
    public func requirePermitted(
        products: [ProductID], level: FacilityLevel, consortium: ConsortiumID, on day: CalendarDate,
        field: (Int) -> String = { "lines[\($0)].product" }
    ) throws {
        guard let version = try version(of: consortium, on: day) else {
            throw FormularyRefusal(.noVersionInForce, "on \(day)")
        }
        let entries = try FormularyVersionsStore(transaction, of: consortium).entries(of: products, in: version.id)
        let refused = products.enumerated().first { !(entries[$0.element]?.permits(at: level) ?? false) }
        guard let refused else { return }
        let name = try ProductsStore(transaction).product(refused.element).label
        guard let entry = entries[refused.element] else {
            throw FormularyRefusal(
                .productNotInFormulary, "\(name) is not in version \(version.number)", field: field(refused.offset))
        }
        let levels = entry.levels.map(\.rawValue).joined(separator: ", ")
        throw FormularyRefusal(
            .levelNotPermitted, "\(name) is for \(levels), not \(level.rawValue)", field: field(refused.offset))
    }
}
