public import Foundation
import Identity
public import Postgres
public import Primitives

/// What one award of a tender costs.
public struct AwardedPrice: Sendable, Hashable {
    /// Of the tender.
    public let package: Int
    public let company: CompanyID
    public let article: ArticleID
    public let packPrice: Money
    /// Base units in a pack, as bid.
    public let packSize: BaseUnits

    public init(package: Int, company: CompanyID, article: ArticleID, packPrice: Money, packSize: BaseUnits) {
        self.package = package
        self.company = company
        self.article = article
        self.packPrice = packPrice
        self.packSize = packSize
    }
}

/// Records what was awarded, in the transaction of the award, which is what the audit trail tells of.
public struct RecordAwardedPrices: Sendable {
    public var tender: UUID
    public var validity: Validity
    /// What people call the tender.
    public var source: String
    public var prices: [AwardedPrice]

    public init(tender: UUID, validity: Validity, source: String, prices: [AwardedPrice]) {
        self.tender = tender
        self.validity = validity
        self.source = source
        self.prices = prices
    }

    /// - Throws: ``PricesRefusal``: a validity that ends before it begins, a price above the ceiling on the first day.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws {
        try principal.require(oneOf: [.procurementOfficer, .supervisor])
        guard validity.isSound else { throw PricesRefusal(.periodInvalid, "\(validity)", field: "validThrough") }
        let store = PricesStore(transaction)
        try store.lockAgreed(of: principal.consortium)
        let book = try PriceBook(of: prices.map(\.article), for: principal.consortium, in: transaction)
        for price in prices {
            try book.requireWithinCeiling(price.packPrice, per: price.packSize, of: price.article, on: validity.from, field: nil)
        }
        try store.agree(
            .awarded,
            prices.map { price in
                (
                    AgreedParty(company: price.company, tender: tender, package: price.package), price.article,
                    PriceTerms(packPrice: price.packPrice, packSize: price.packSize, validity: validity, source: source)
                )
            }, in: principal.consortium, by: principal.person, at: now)
    }
}

extension PriceBook {
    /// Refuses a price per pack above what the platform allows on `day`.
    func requireWithinCeiling(
        _ price: Money, per size: BaseUnits, of article: ArticleID, on day: CalendarDate, field: String?
    ) throws(PricesRefusal) {
        guard let ceiling = ceiling(of: article, on: day), ceiling.isExceeded(by: price, per: size) else { return }
        throw PricesRefusal(.aboveCeiling, "article \(article): \(price) for \(size); \(ceiling.sentence)", field: field)
    }
}
