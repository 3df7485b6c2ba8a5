import Audit
import Formulary
import Identity
import Parties
public import Postgres
import Prices
public import Primitives

/// One article to be ordered at a given price.
public struct OrderLineTerms: Sendable, Hashable, Codable {
    public let article: ArticleID
    public let packs: Int64
    public let packPrice: Money
    public let route: PurchaseRoute
    /// The line's code on the platform it comes from; a code is ordered once.
    public let externalCode: String?

    public init(article: ArticleID, packs: Int64, packPrice: Money, route: PurchaseRoute, externalCode: String? = nil) {
        self.article = article
        self.packs = packs
        self.packPrice = packPrice
        self.route = route
        self.externalCode = externalCode
    }
}

/// Makes an order without a tender: for an emergency, for what is bought at a listed price, or for one that was made
/// elsewhere.
public struct CreateOrder: Sendable {
    public static let linesMax = 2_000
    /// The largest amount of one line: 10^11 yuan.
    static let amountMax = Money(tenThousandths: 1_000_000_000_000_000)

    public var id: OrderID
    public var company: CompanyID
    public var facility: FacilityID
    public var store: StoreID
    public var lines: [OrderLineTerms]
    /// Why it is not made from an award.
    public var reason: String

    public init(id: OrderID, company: CompanyID, facility: FacilityID, store: StoreID, lines: [OrderLineTerms], reason: String) {
        self.id = id
        self.company = company
        self.facility = facility
        self.store = store
        self.lines = lines
        self.reason = reason
    }

    /// Every line is at the price that rules today; where none is on record, its route must allow for that.
    ///
    /// - Throws: `PartiesRefusal` for an unknown supplier, facility or store; ``PooledProcurementRefusal``: a store of
    ///   another facility, no reason, no lines, too many or the same article twice, a quantity, a price or an amount out
    ///   of bounds, a price above the ceiling, another price that rules, no price on record, an id or an external code
    ///   that is taken; `FormularyRefusal` for an unknown or a withdrawn article.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> OrderDetail {
        try principal.require(oneOf: [.procurementOfficer])
        let parties = PartiesStore(transaction)
        _ = try parties.supplier(company)
        _ = try parties.facility(facility, of: principal.consortium)
        guard try parties.store(store, of: principal.consortium).facility == facility else {
            throw PooledProcurementRefusal(.storeNotOfFacility, "store \(store), facility \(facility)", field: "store")
        }
        guard reason.saysSomething else {
            throw PooledProcurementRefusal(.reasonMissing, "why it is ordered without a tender", field: "reason")
        }
        guard (1...Self.linesMax).contains(lines.count), Set(lines.map(\.article)).count == lines.count else {
            throw PooledProcurementRefusal(.linesInvalid, "\(lines.count) lines, each article once", field: "lines")
        }
        let articles = try ProductsStore(transaction).articles(lines.map(\.article))
        let ordered = try lines.enumerated().map { index, terms in
            guard let article = articles[terms.article] else {
                throw FormularyRefusal(.articleUnknown, "article \(terms.article)", field: "lines[\(index)].article")
            }
            try article.requireOffered(on: now.businessDay, field: "lines[\(index)].article")
            try requireWithinBounds(packs: terms.packs, of: article.packSize, price: terms.packPrice, field: "lines[\(index)]")
            return PurchaseOrderLine(
                number: index + 1, product: article.product, article: article.id, packSize: article.packSize,
                packPrice: terms.packPrice, packsOrdered: terms.packs, route: terms.route, externalCode: terms.externalCode)
        }
        let book = try PriceBook.held(of: ordered.map(\.article), for: principal.consortium, in: transaction)
        for (index, line) in ordered.enumerated() {
            try book.require(
                line, from: company, tender: nil, on: now.businessDay, field: "lines[\(index)].packPrice")
        }
        let store = OrdersStore(transaction, principal.consortium)
        let order = NewOrder(
            id: id, company: company, facility: facility, store: self.store, pool: nil, tender: nil, reason: reason,
            lines: ordered)
        try store.insert([order], by: principal.person, at: now)
        try AuditTrail(transaction).append(
            "pooled-procurement.create-order", subject: "order \(id)", by: principal, at: now, detail: ["reason": reason])
        return try store.detail(of: id)
    }
}

/// Refuses a number of packs whose quantity, or whose amount, is out of bounds.
func requireWithinBounds(packs: Int64, of size: BaseUnits, price: Money, field: String) throws(PooledProcurementRefusal) {
    guard packs > 0, packs <= BaseUnits.entryMax.rawValue / size.rawValue else {
        throw PooledProcurementRefusal(.quantityInvalid, "\(packs) packs of \(size)", field: "\(field).packs")
    }
    guard price.isEnterablePrice, let amount = price.times(packs), amount <= CreateOrder.amountMax else {
        throw PooledProcurementRefusal(.priceInvalid, "\(packs) packs at \(price)", field: "\(field).packPrice")
    }
}
