import Audit
import Formulary
import Identity
import Parties
public import Postgres
import Prices
public import Primitives

/// Offers an article for a package, sealed until the opening. A later bid for the same package and article replaces
/// the earlier one.
public struct SubmitBid: Sendable {
    public var id: BidID
    public var tender: TenderID
    public var package: Int
    public var article: ArticleID
    public var packPrice: Money
    /// Base units the supplier can deliver.
    public var offeredQuantity: BaseUnits

    public init(
        id: BidID, tender: TenderID, package: Int, article: ArticleID, packPrice: Money, offeredQuantity: BaseUnits
    ) {
        self.id = id
        self.tender = tender
        self.package = package
        self.article = article
        self.packPrice = packPrice
        self.offeredQuantity = offeredQuantity
    }

    /// - Throws: ``TenderingRefusal``: no such tender, not invited, not published, bids closed, no such package, price or
    ///   quantity not positive, article of another product, price above the package's ceiling or the platform's, no valid
    ///   licence; `FormularyRefusal` for an unknown or a withdrawn article.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Bid {
        try principal.require(oneOf: [.supplier])
        let (store, bids) = (TenderingStore(transaction), BidsStore(transaction))
        let tender = try store.tender(tender, of: principal.consortium, lock: .shared)
        guard let company = principal.company,
            try store.lockInvitation(of: company, to: tender.id, in: principal.consortium)
        else { throw TenderingRefusal(.notInvited, "\(principal.name) for \(tender.number)") }
        try tender.requireTakesBids(at: now)
        guard let package = try store.packages(of: tender.id, in: principal.consortium).first(where: { $0.number == package })
        else { throw TenderingRefusal(.packageUnknown, "package \(package) of \(tender.number)", field: "package") }
        let products = ProductsStore(transaction)
        let article = try products.article(article)
        try article.requireOffered(on: now.businessDay)
        let bid = Bid(
            id: id, tender: tender.id, package: package.number, company: company, article: article.id,
            product: article.product, packPrice: packPrice, packSize: article.packSize, offeredQuantity: offeredQuantity,
            submittedAt: now, state: .sealed, reason: nil)
        try bid.requireAcceptable(for: package.terms)
        if let ceiling = try PriceBook(of: [article.id], for: principal.consortium, in: transaction)
            .ceiling(of: article.id, on: now.businessDay), ceiling.isExceeded(by: packPrice, per: article.packSize)
        {
            throw TenderingRefusal(.priceAboveCeiling, "\(packPrice) for \(article.packSize); \(ceiling.sentence)", field: "packPrice")
        }
        let kind = try products.product(article.product).kind
        guard try PartiesStore(transaction).licences(of: company).allowSupply(of: kind, on: now.businessDay) else {
            throw TenderingRefusal(.licenceMissing, "company \(company) for \(kind.rawValue) on \(now.businessDay)")
        }
        if let earlier = try bids.liveBid(
            for: package.number, of: tender.id, by: company, article: article.id, in: principal.consortium)
        {
            let reason = Reason("被新报价 \(id) 取代", "Replaced by bid \(id)")
            try bids.move(earlier, by: .withdraw, reason: reason, in: principal.consortium)
        }
        try bids.insert(bid, in: principal.consortium)
        // The audit trail is read by others: it tells that there is a bid, and not its price.
        try AuditTrail(transaction).append(
            "tendering.submit-bid", subject: "tender \(tender.id)", by: principal, at: now,
            detail: ["bid": id.description, "package": String(package.number)])
        return bid
    }
}

/// Takes a sealed bid back before bids close.
public struct WithdrawBid: Sendable {
    public var bid: BidID
    public var reason: String

    public init(bid: BidID, reason: String) {
        self.bid = bid
        self.reason = reason
    }

    /// - Throws: ``TenderingRefusal``: no such bid of this company, not published, bids closed, no reason, not sealed.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Bid {
        try principal.require(oneOf: [.supplier])
        let (store, bids) = (TenderingStore(transaction), BidsStore(transaction))
        let found = try bids.bid(bid, of: principal.consortium)
        guard found.company == principal.company else { throw TenderingRefusal(.bidUnknown, "bid \(bid)") }
        let tender = try store.tender(found.tender, of: principal.consortium, lock: .shared)
        _ = try store.lockInvitation(of: found.company, to: tender.id, in: principal.consortium)
        try tender.requireTakesBids(at: now)
        guard reason.contains(where: { !$0.isWhitespace }) else {
            throw TenderingRefusal(.reasonMissing, "why the bid is withdrawn", field: "reason")
        }
        let current = try bids.bid(bid, of: principal.consortium)
        try bids.move(current, by: .withdraw, reason: Reason(written: reason), in: principal.consortium)
        try AuditTrail(transaction).append(
            "tendering.withdraw-bid", subject: "tender \(tender.id)", by: principal, at: now,
            detail: ["bid": bid.description, "reason": reason])
        return try bids.bid(bid, of: principal.consortium)
    }
}

extension Tender {
    /// Refuses a bid, or its withdrawal, for a tender that is not published or whose bids are closed.
    func requireTakesBids(at now: Instant) throws(TenderingRefusal) {
        guard state == .published else { throw TenderingRefusal(.wrongState, "\(number) is \(state.rawValue)") }
        guard now < bidsCloseAt else { throw TenderingRefusal(.bidsClosed, "bids closed at \(bidsCloseAt)") }
    }
}

extension Bid {
    /// Refuses a bid that its package cannot take.
    func requireAcceptable(for terms: PackageTerms) throws(TenderingRefusal) {
        guard packPrice.isEnterablePrice else { throw TenderingRefusal(.priceInvalid, "\(packPrice)", field: "packPrice") }
        guard offeredQuantity.isEnterable else {
            throw TenderingRefusal(.quantityInvalid, "\(offeredQuantity)", field: "offeredQuantity")
        }
        guard let ceiling = terms.ceiling(for: product) else {
            throw TenderingRefusal(.articleNotOfPackage, "article \(article) of product \(product)", field: "article")
        }
        guard !unitPrice.isHigher(than: ceiling) else {
            throw TenderingRefusal(.priceAboveCeiling, "\(unitPrice) offered, at most \(ceiling)", field: "packPrice")
        }
    }
}
