import Foundation
import Postgres
import Primitives
import Tendering
import TestSupport
import Testing

@Suite("what tendering refuses")
struct TenderRefusalTests {
    @Test("tenders and packages that do not hold")
    func drafts() async throws {
        try await withTestDatabase { database in
            let bench = try await TenderBench(database)
            func draft(
                id: TenderID = TenderID(UUID()), title: String = "测试", closing: Instant? = nil, opening: Instant? = nil,
                packages: [PackageTerms] = []
            ) async throws -> Tender {
                let draft = DraftTender(
                    id: id, title: title, bidsCloseAt: closing ?? bench.closing, opensAt: opening ?? bench.opening,
                    packages: packages)
                return try await bench.write { try draft.run(in: $0, by: bench.officer, at: bench.start) }
            }
            await expectRefusal("tendering.title-missing") { try await draft(title: " ") }
            await expectRefusal("tendering.times-invalid") { try await draft(closing: bench.start) }
            await expectRefusal("tendering.times-invalid") { try await draft(opening: bench.closing.adding(.seconds(-1))) }
            let one = UnitPrice(Money(tenThousandths: 1), per: 1)
            for terms in [
                bench.terms(quantity: 0), bench.terms(quantity: 1_000_000_000_001),
                bench.terms(ceiling: UnitPrice(.zero, per: 1)),
                bench.terms(ceiling: UnitPrice(Money(tenThousandths: 1), per: 0)),
                bench.terms(rule: AwardRule(sharesPerMille: [999])),
                PackageTerms(
                    product: bench.consortium.products[0], quantity: 1, ceiling: one,
                    alternatives: [PackageAlternative(product: bench.consortium.products[0], ceiling: one)]),
            ] {
                await expectRefusal("tendering.package-invalid") { try await draft(packages: [terms]) }
            }
            let unknown = PackageTerms(product: ProductID(999_999), quantity: 1, ceiling: one)
            await expectRefusal("formulary.product-unknown") { try await draft(packages: [unknown]) }
            let kept = try await draft()
            await expectRefusal("tendering.id-taken") { try await draft(id: kept.id) }
            await expectRefusal("identity.role-missing") {
                try await bench.write {
                    try DraftTender(id: TenderID(UUID()), title: "x", bidsCloseAt: bench.closing, opensAt: bench.opening)
                        .run(in: $0, by: bench.seller, at: bench.start)
                }
            }
        }
    }

    @Test("steps out of turn, before their time or without what they need")
    func steps() async throws {
        try await withTestDatabase { database in
            let bench = try await TenderBench(database)
            func publish(_ id: TenderID, at now: Instant? = nil) async throws -> Tender {
                try await bench.write { try PublishTender(tender: id).run(in: $0, by: bench.officer, at: now ?? bench.start) }
            }
            await expectRefusal("tendering.tender-unknown") { try await publish(TenderID(UUID())) }
            let empty = try await bench.draft([])
            await expectRefusal("tendering.nothing-to-bid-for") { try await publish(empty) }
            let alone = try await bench.draft(inviting: [])
            await expectRefusal("tendering.nobody-invited") { try await publish(alone) }
            let late = try await bench.draft()
            await expectRefusal("tendering.bids-closed") { try await publish(late, at: bench.closing) }
            await expectRefusal("parties.not-a-supplier") {
                let maker = try await database.owner.write { transaction in
                    try transaction.first(
                        "INSERT INTO parties.company (name, is_manufacturer) VALUES ('只生产', true) RETURNING company_id"
                    ) { try $0["company_id"] as CompanyID }
                }
                return try await bench.write { [maker] in
                    try InviteSuppliers(tender: late, companies: [maker ?? CompanyID(0)]).run(
                        in: $0, by: bench.officer, at: bench.start)
                }
            }
            let tender = try await bench.published()
            await expectRefusal("tendering.wrong-state") { try await publish(tender) }
            await expectRefusal("tendering.wrong-state") {
                try await bench.write {
                    try AddPackages(tender: tender, packages: [bench.terms()]).run(in: $0, by: bench.officer, at: bench.start)
                }
            }
            await expectRefusal("tendering.opening-too-early") {
                try await bench.write {
                    try OpenBids(tender: tender).run(in: $0, by: bench.officer, at: bench.opening.adding(.microseconds(-1)))
                }
            }
            await expectRefusal("tendering.wrong-state") { try await bench.award(tender) }
            await expectRefusal("tendering.reason-missing") {
                try await bench.write {
                    try CancelTender(tender: tender, reason: " ").run(in: $0, by: bench.officer, at: bench.start)
                }
            }
            try await bench.open(tender)
            try await bench.award(tender)
            await expectRefusal("tendering.wrong-state") { try await bench.open(tender) }
            await expectRefusal("tendering.wrong-state") {
                try await bench.write {
                    try CancelTender(tender: tender, reason: "晚了").run(in: $0, by: bench.officer, at: bench.start)
                }
            }
        }
    }

    @Test("bids that cannot be taken")
    func bids() async throws {
        try await withTestDatabase { database in
            let bench = try await TenderBench(database)
            let draft = try await bench.draft()
            await expectRefusal("tendering.wrong-state") { try await bench.bid("9", for: draft) }
            let tender = try await bench.published(inviting: [bench.consortium.supplier])
            await expectRefusal("tendering.not-invited") { try await bench.bid("9", for: tender, by: bench.rival) }
            await expectRefusal("tendering.bids-closed") { try await bench.bid("9", for: tender, at: bench.closing) }
            await expectRefusal("tendering.package-unknown") { try await bench.bid("9", for: tender, package: 2) }
            await expectRefusal("tendering.article-not-of-package") { try await bench.bid("9", for: tender, article: 1) }
            await expectRefusal("tendering.price-invalid") { try await bench.bid("0", for: tender) }
            await expectRefusal("tendering.price-invalid") { try await bench.bid("-1", for: tender) }
            await expectRefusal("tendering.quantity-invalid") { try await bench.bid("9", for: tender, offering: 0) }
            await expectRefusal("tendering.price-above-ceiling") { try await bench.bid("13.0001", for: tender) }
            try await bench.bid("13", for: tender)
            await expectRefusal("identity.role-missing") { try await bench.bid("9", for: tender, by: bench.officer) }
        }
    }

    @Test("a bid without a licence that is valid on the day")
    func licences() async throws {
        try await withTestDatabase { database in
            let bench = try await TenderBench(database)
            let tender = try await bench.published()
            let today = bench.start.businessDay
            func set(_ kind: String, from: CalendarDate, through: CalendarDate) async throws {
                _ = try await database.owner.write { transaction in
                    try transaction.execute(
                        """
                        UPDATE parties.licence SET kind = \(kind), valid_from = \(from), valid_through = \(through)
                         WHERE number = 'rival'
                        """)
                }
            }
            try await set("drug-distribution", from: today.adding(days: -9), through: today.adding(days: -1))
            await expectRefusal("tendering.licence-missing") { try await bench.bid("9", for: tender, by: bench.rival) }
            try await set("drug-distribution", from: today.adding(days: 1), through: today.adding(days: 9))
            await expectRefusal("tendering.licence-missing") { try await bench.bid("9", for: tender, by: bench.rival) }
            try await set("device-distribution", from: today, through: today)
            await expectRefusal("tendering.licence-missing") { try await bench.bid("9", for: tender, by: bench.rival) }
            try await set("drug-production", from: today, through: today)
            try await bench.bid("9", for: tender, by: bench.rival)
        }
    }

    @Test("withdrawals that come too late or from somebody else")
    func withdrawals() async throws {
        try await withTestDatabase { database in
            let bench = try await TenderBench(database)
            let tender = try await bench.published()
            let bid = try await bench.bid("9", for: tender)
            func withdraw(
                _ id: BidID, by principal: Principal? = nil, reason: String = "报错价格", at now: Instant? = nil
            ) async throws -> Bid {
                try await bench.write {
                    try WithdrawBid(bid: id, reason: reason).run(in: $0, by: principal ?? bench.seller, at: now ?? bench.start)
                }
            }
            await expectRefusal("tendering.bid-unknown") { try await withdraw(BidID(UUID())) }
            await expectRefusal("tendering.bid-unknown") { try await withdraw(bid.id, by: bench.rival) }
            await expectRefusal("tendering.reason-missing") { try await withdraw(bid.id, reason: "") }
            await expectRefusal("tendering.bids-closed") { try await withdraw(bid.id, at: bench.closing) }
            #expect(try await withdraw(bid.id).state == .withdrawn)
            await expectRefusal("tendering.wrong-state") { try await withdraw(bid.id) }
        }
    }

    @Test("awards that do not follow from bids")
    func awards() async throws {
        try await withTestDatabase { database in
            let bench = try await TenderBench(database)
            let tender = try await bench.published()
            let bid = try await bench.bid("9", for: tender, offering: 700)
            let replaced = try await bench.bid("9.5", for: tender, by: bench.rival)
            _ = try await bench.bid("9.4", for: tender, by: bench.rival)
            try await bench.open(tender)
            func award(package: Int = 1, _ parts: [(BidID, Int64)], reason: String = "理由") async throws {
                let parts = parts.map { AwardDeviation.Part(bid: $0.0, quantity: BaseUnits($0.1)) }
                try await bench.award(tender, [AwardDeviation(package: package, parts: parts, reason: reason)])
            }
            await expectRefusal("tendering.package-unknown") { try await award(package: 2, []) }
            await expectRefusal("tendering.reason-missing") { try await award([(bid.id, 1)], reason: "\n") }
            await expectRefusal("tendering.award-not-of-a-valid-bid") { try await award([(BidID(UUID()), 1)]) }
            await expectRefusal("tendering.award-not-of-a-valid-bid") { try await award([(replaced.id, 1)]) }
            await expectRefusal("tendering.award-not-of-a-valid-bid") { try await award([(bid.id, 1), (bid.id, 1)]) }
            await expectRefusal("tendering.award-exceeds-quantity") { try await award([(bid.id, 701)]) }
            await expectRefusal("tendering.award-exceeds-quantity") { try await award([(bid.id, 0)]) }
            #expect(try await bench.detail(of: tender, for: bench.officer).tender.state == .opened, "and nothing happened")
        }
    }

    @Test("an article that has been withdrawn is not offered anew")
    func withdrawnArticle() async throws {
        try await withTestDatabase { database in
            let bench = try await TenderBench(database)
            let tender = try await bench.published()
            let earlier = try await bench.bid("9.80", for: tender)
            let article = bench.consortium.articles[0]
            _ = try await database.owner.write {
                try $0.execute("UPDATE formulary.article SET withdrawn_on = '2026-01-01' WHERE article_id = \(article)")
            }
            await expectRefusal("formulary.article-withdrawn") { try await bench.bid("9.70", for: tender) }
            #expect(try await bench.open(tender).map(\.id) == [earlier.id])
        }
    }
}
