import Audit
import Formulary
import Identity
public import Postgres
public import Primitives
public import Tendering

/// Which reference price of a product's articles its ceiling is taken from, per base unit.
public enum CeilingBasis: String, Sendable, Codable, CaseIterable {
    case cheapest
    case mostExpensive = "most-expensive"
}

/// One pooled line to be tendered.
public struct PoolTenderLine: Sendable, Hashable, Codable {
    public let product: ProductID
    /// `nil`: from the reference prices of the product's articles.
    public let ceiling: UnitPrice?
    /// `nil`: lowest first until the quantity is met.
    public let rule: AwardRule?

    public init(product: ProductID, ceiling: UnitPrice? = nil, rule: AwardRule? = nil) {
        self.product = product
        self.ceiling = ceiling
        self.rule = rule
    }
}

/// Drafts a tender with a package for each chosen line of a pool.
public struct TenderFromPool: Sendable {
    public var pool: PoolID
    public var tender: TenderID
    public var title: String
    public var bidsCloseAt: Instant
    public var opensAt: Instant
    /// Empty: every line that no tender holds yet.
    public var lines: [PoolTenderLine]
    public var ceilingBasis: CeilingBasis

    public init(
        pool: PoolID, tender: TenderID, title: String, bidsCloseAt: Instant, opensAt: Instant, lines: [PoolTenderLine] = [],
        ceilingBasis: CeilingBasis = .mostExpensive
    ) {
        self.pool = pool
        self.tender = tender
        self.title = title
        self.bidsCloseAt = bidsCloseAt
        self.opensAt = opensAt
        self.lines = lines
        self.ceilingBasis = ceilingBasis
    }

    /// - Throws: ``PooledProcurementRefusal``: no such pool, closed, a product that is not in it or stands twice, one that
    ///   is in a tender already, no line left, no ceiling; then as ``Tendering/DraftTender``.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Tender {
        try principal.require(oneOf: [.procurementOfficer])
        let store = PoolsStore(transaction, principal.consortium)
        let found = try store.pool(pool, isLocked: true)
        guard found.state.after(.tender) != nil else {
            throw PooledProcurementRefusal(.poolWrongState, "\(found.number) is \(found.state.rawValue)")
        }
        let chosen = try choose(from: try store.lines(of: pool))
        let packages = try chosen.enumerated().map { index, choice in
            let ceiling = try choice.wish.ceiling ?? ceiling(of: choice.wish.product, line: index, transaction)
            return PackageTerms(
                product: choice.wish.product, quantity: choice.quantity, ceiling: ceiling, rule: choice.wish.rule ?? .lowest)
        }
        let drafted = try DraftTender(
            id: tender, title: title, bidsCloseAt: bidsCloseAt, opensAt: opensAt, packages: packages
        ).run(in: transaction, by: principal, at: now)
        try store.insertPackages(
            packages.enumerated().map { (number: $0.offset + 1, product: $0.element.product) }, of: tender, from: pool)
        try store.move(found, by: .tender)
        try AuditTrail(transaction).append(
            "pooled-procurement.tender", subject: "pool \(pool)", by: principal, at: now,
            detail: ["tender": tender.description, "packages": String(packages.count)])
        return drafted
    }

    private func choose(from poolLines: [PoolLine]) throws(PooledProcurementRefusal) -> [(
        wish: PoolTenderLine, quantity: BaseUnits
    )] {
        if lines.isEmpty {
            let free = poolLines.filter { $0.tender == nil }
            guard !free.isEmpty else {
                throw PooledProcurementRefusal(.lineAlreadyTendered, "all \(poolLines.count) lines of the pool")
            }
            return free.map { (PoolTenderLine(product: $0.product), $0.quantity) }
        }
        let byProduct = Dictionary(poolLines.map { ($0.product, $0) }, uniquingKeysWith: { first, _ in first })
        var chosen: [(wish: PoolTenderLine, quantity: BaseUnits)] = []
        for (index, wish) in lines.enumerated() {
            guard let line = byProduct[wish.product], !lines[..<index].contains(where: { $0.product == wish.product }) else {
                throw PooledProcurementRefusal(.lineNotInPool, "product \(wish.product)", field: "lines[\(index)].product")
            }
            if let tender = line.tender {
                throw PooledProcurementRefusal(
                    .lineAlreadyTendered, "product \(wish.product) in tender \(tender)", field: "lines[\(index)].product")
            }
            chosen.append((wish, line.quantity))
        }
        return chosen
    }

    private func ceiling(of product: ProductID, line index: Int, _ transaction: Transaction) throws -> UnitPrice {
        let articles = try ProductsStore(transaction).articles(of: product)
        guard let ceiling = referenceCeiling(of: articles, basis: ceilingBasis) else {
            throw PooledProcurementRefusal(.ceilingMissing, "product \(product)", field: "lines[\(index)].ceiling")
        }
        return ceiling
    }
}

/// The cheapest or the most expensive reference price per base unit among articles; `nil` when none has one.
func referenceCeiling(of articles: [Article], basis: CeilingBasis) -> UnitPrice? {
    let prices = articles.compactMap { article -> UnitPrice? in
        guard let price = article.referencePrice, price.isEnterablePrice else { return nil }
        return UnitPrice(price, per: article.packSize)
    }
    switch basis {
    case .cheapest: return prices.min { $1.isHigher(than: $0) }
    case .mostExpensive: return prices.max { $1.isHigher(than: $0) }
    }
}
