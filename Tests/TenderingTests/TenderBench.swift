import Foundation
import Parties
import Postgres
import Primitives
import Tendering
import TestSupport
import Testing

/// A small consortium with a second supplier, and the shortest way to each state of a tender.
struct TenderBench {
    let database: TestDatabase
    let consortium: SmallConsortium
    /// Acts for a second supplier, who may supply medicines.
    let rival: Principal
    /// When everything begins; bids close a week later and are opened an hour after that.
    let start = Instant.ofTests
    var closing: Instant { start.adding(.seconds(7 * 86_400)) }
    var opening: Instant { closing.adding(.seconds(3_600)) }

    init(_ database: TestDatabase) async throws {
        self.database = database
        let consortium = try await SmallConsortium.make(in: database)
        self.consortium = consortium
        rival = try await database.owner.write { transaction in
            let parties = PartiesStore(transaction)
            let company = try #require(
                try parties.addCompany(name: "对手医药公司", creditCode: nil, isManufacturer: false, isSupplier: true))
            try parties.addLicence(
                Licence(
                    company: company, kind: .drugDistribution, number: "rival", validFrom: CalendarDate(day: 18_000),
                    validThrough: CalendarDate(day: 30_000)))
            return Principal(
                consortium: consortium.id, person: consortium.seller.person, name: "rival", facility: nil, company: company,
                roles: [.supplier])
        }
    }

    var officer: Principal { consortium.officer }
    var seller: Principal { consortium.seller }

    /// Runs `body` in one transaction of the consortium.
    func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await database.application.write(as: consortium.id.tenant, body)
    }

    /// What `principal` sees of a tender.
    func detail(of tender: TenderID, for principal: Principal) async throws -> TenderDetail {
        try await database.application.read(as: consortium.id.tenant) { try TenderReadings($0).tender(tender, for: principal) }
    }

    /// 1000 units of the first product at 13 yuan for 28 at most.
    func terms(
        product: Int = 0, quantity: BaseUnits = 1_000, ceiling: UnitPrice = UnitPrice(Money(tenThousandths: 130_000), per: 28),
        rule: AwardRule = .lowest
    ) -> PackageTerms {
        PackageTerms(product: consortium.products[product], quantity: quantity, ceiling: ceiling, rule: rule)
    }

    func draft(_ packages: [PackageTerms]? = nil, inviting companies: [CompanyID]? = nil) async throws -> TenderID {
        let id = TenderID(UUID())
        let packages = packages ?? [terms()]
        let everybody = [consortium.supplier, try #require(rival.company)]
        let companies = companies ?? everybody
        try await write { [officer, start, closing, opening] transaction in
            _ = try DraftTender(id: id, title: "测试", bidsCloseAt: closing, opensAt: opening, packages: packages)
                .run(in: transaction, by: officer, at: start)
            _ = try InviteSuppliers(tender: id, companies: companies).run(in: transaction, by: officer, at: start)
        }
        return id
    }

    func published(_ packages: [PackageTerms]? = nil, inviting companies: [CompanyID]? = nil) async throws -> TenderID {
        let id = try await draft(packages, inviting: companies)
        try await write { [officer, start] in _ = try PublishTender(tender: id).run(in: $0, by: officer, at: start) }
        return id
    }

    @discardableResult
    func bid(
        _ yuan: String, for tender: TenderID, package: Int = 1, by principal: Principal? = nil, article: Int = 0,
        offering quantity: BaseUnits = 1_000, at now: Instant? = nil
    ) async throws -> Bid {
        let price = try #require(Money(yuan: yuan))
        let (principal, now) = (principal ?? seller, now ?? start)
        let article = consortium.articles[article]
        return try await write {
            try SubmitBid(
                id: BidID(UUID()), tender: tender, package: package, article: article, packPrice: price, offeredQuantity: quantity
            ).run(in: $0, by: principal, at: now)
        }
    }

    @discardableResult
    func open(_ tender: TenderID) async throws -> [Bid] {
        try await write { [officer, opening] in try OpenBids(tender: tender).run(in: $0, by: officer, at: opening) }
    }

    @discardableResult
    func award(_ tender: TenderID, _ deviations: [AwardDeviation] = []) async throws -> [Award] {
        try await write { [officer, opening] in
            try AwardTender(tender: tender, deviations: deviations).run(in: $0, by: officer, at: opening)
        }
    }
}
