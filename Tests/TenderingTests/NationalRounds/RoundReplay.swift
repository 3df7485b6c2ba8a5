import Foundation
import Parties
import Postgres
import Primitives
import Tendering
import TestSupport
import Testing

/// One round put through Tendering: every lot a package, every company invited and licensed, every offer submitted in
/// the order of the file, awarded to as many of the lowest as the publisher names winners.
struct RoundReplay {
    let offers: [PublishedOffer]
    /// By the offer's line: its bid, or the code of the refusal; nothing for an offer without a price.
    private(set) var bids: [Int: BidID] = [:]
    private(set) var refusals: [Int: String] = [:]
    private(set) var detail: TenderDetail

    static func run(_ offers: [PublishedOffer], in database: TestDatabase) async throws -> RoundReplay {
        let consortium = try await SmallConsortium.make(in: database)
        let goods = try await RoundGoods.register(offers, in: database.owner)
        let tender = TenderID(UUID())
        let (start, closing) = (Instant.ofTests, Instant.ofTests.adding(.seconds(86_400)))
        let packages = try packages(of: offers, goods)
        let (bids, refusals, detail) = try await database.application.write(as: consortium.id.tenant) { transaction in
            _ = try DraftTender(
                id: tender, title: "国家组织药品集中采购", bidsCloseAt: closing, opensAt: closing, packages: packages.map(\.terms)
            )
            .run(in: transaction, by: consortium.officer, at: start)
            _ = try InviteSuppliers(tender: tender, companies: goods.companies.values.sorted())
                .run(in: transaction, by: consortium.officer, at: start)
            _ = try PublishTender(tender: tender).run(in: transaction, by: consortium.officer, at: start)
            let numbers = Dictionary(uniqueKeysWithValues: packages.enumerated().map { ($0.element.lot, $0.offset + 1) })
            var bids: [Int: BidID] = [:]
            var refusals: [Int: String] = [:]
            for (order, offer) in offers.enumerated() {
                guard let article = goods.articles[offer.line], let price = goods.prices[offer.line],
                    let number = numbers[offer.lot], let company = goods.companies[offer.company]
                else { continue }
                let bid = SubmitBid(
                    id: BidID(UUID()), tender: tender, package: number, article: article, packPrice: price.price,
                    offeredQuantity: packages[number - 1].terms.quantity)
                let bidder = Principal(
                    consortium: consortium.id, person: consortium.seller.person, name: offer.company, facility: nil,
                    company: company, roles: [.supplier])
                do {
                    _ = try transaction.savepoint {
                        try bid.run(in: transaction, by: bidder, at: start.adding(.seconds(order)))
                    }
                    bids[offer.line] = bid.id
                } catch let refusal as TenderingRefusal {
                    refusals[offer.line] = refusal.code.rawValue
                }
            }
            _ = try OpenBids(tender: tender).run(in: transaction, by: consortium.officer, at: closing)
            _ = try AwardTender(tender: tender).run(in: transaction, by: consortium.officer, at: closing)
            return (bids, refusals, try TenderReadings(transaction).tender(tender, for: consortium.officer))
        }
        return RoundReplay(offers: offers, bids: bids, refusals: refusals, detail: detail)
    }

    /// Each lot's package: its first strength, the others as alternatives, equal shares for the published winners.
    private static func packages(of offers: [PublishedOffer], _ goods: RoundGoods) throws -> [(lot: Int, terms: PackageTerms)] {
        try Dictionary(grouping: offers, by: \.lot).sorted { $0.key < $1.key }.map { lot, offers in
            var strengths: [(product: ProductID, ceiling: UnitPrice)] = []
            for offer in offers {
                let product = try #require(goods.products[RoundGoods.Strength(lot: lot, text: offer.strength)])
                let ceiling = try #require(Money(yuan: offer.ceiling))
                guard !strengths.contains(where: { $0.product == product }) else { continue }
                strengths.append((product, UnitPrice(ceiling, per: 1)))
            }
            let winners = max(1, offers.count { $0.isWinner })
            return (
                lot,
                PackageTerms(
                    product: strengths[0].product, quantity: 1_000_000, ceiling: strengths[0].ceiling,
                    rule: .equalShares(winners),
                    alternatives: strengths.dropFirst().map { PackageAlternative(product: $0.product, ceiling: $0.ceiling) })
            )
        }
    }

    /// The lines of the offers that were awarded.
    var awardedLines: Set<Int> {
        let awarded = Set(detail.awards.map(\.bid))
        return Set(bids.filter { awarded.contains($0.value) }.keys)
    }

    var publishedLines: Set<Int> { Set(offers.filter(\.isWinner).map(\.line)) }

    func bid(at line: Int) -> Bid? {
        bids[line].flatMap { id in detail.bids.first { $0.id == id } }
    }
}

/// The companies, products and articles of a round, registered as reference data.
struct RoundGoods: Sendable {
    struct Strength: Hashable {
        let lot: Int
        let text: String
    }

    var companies: [String: CompanyID] = [:]
    var products: [Strength: ProductID] = [:]
    /// By the offer's line, where a price was published.
    var articles: [Int: ArticleID] = [:]
    var prices: [Int: UnitPrice] = [:]

    static func register(_ offers: [PublishedOffer], in owner: Database) async throws -> RoundGoods {
        try await owner.write { transaction in
            let parties = PartiesStore(transaction)
            var goods = RoundGoods()
            var articles: [String: ArticleID] = [:]
            for offer in offers {
                let company = try goods.companies[offer.company] ?? register(offer.company, parties)
                goods.companies[offer.company] = company
                let strength = Strength(lot: offer.lot, text: offer.strength)
                let product = try goods.products[strength] ?? register(offer, in: transaction)
                goods.products[strength] = product
                guard !offer.price.isEmpty else { continue }
                let printed = try #require(ExactDecimal(offer.price), "line \(offer.line): \(offer.price)")
                let price = printed.packPrice() ?? printed.priceOfAMillion
                let key = "\(product) \(company) \(price.units)"
                let article = try articles[key] ?? register(product: product, company: company, price.units, in: transaction)
                articles[key] = article
                goods.articles[offer.line] = article
                goods.prices[offer.line] = price
            }
            return goods
        }
    }

    private static func register(_ company: String, _ parties: PartiesStore) throws -> CompanyID {
        let id = try #require(try parties.addCompany(name: company, creditCode: nil, isManufacturer: true, isSupplier: true))
        try parties.addLicence(
            Licence(
                company: id, kind: .drugProduction, number: company, validFrom: CalendarDate(day: 0),
                validThrough: CalendarDate(day: 40_000)))
        return id
    }

    private static func register(_ offer: PublishedOffer, in transaction: Transaction) throws -> ProductID {
        try #require(
            try transaction.first(
                """
                INSERT INTO formulary.product (
                    code, kind, generic_name, dosage_form, strength, base_unit, reimbursement, essential, volume_based,
                    long_prescription, special_control, storage, light_protected, pinyin, pinyin_initials)
                VALUES (\("VBP-\(offer.lot)-\(offer.strength)"), 'western', \("\(offer.lot) \(offer.lotName)"), 'tablet',
                        \(offer.strength), 'tablet', 'A', true, true, false, 'none', 'room', false, '', '')
                RETURNING product_id
                """
            ) { try $0["product_id"] as ProductID })
    }

    private static func register(
        product: ProductID, company: CompanyID, _ units: BaseUnits, in transaction: Transaction
    ) throws -> ArticleID {
        try #require(
            try transaction.first(
                """
                INSERT INTO formulary.article (product_id, manufacturer_id, pack_size, pack_unit, pack_text)
                VALUES (\(product), \(company), \(units), '盒', \("\(units)/盒")) RETURNING article_id
                """
            ) { try $0["article_id"] as ArticleID })
    }
}
