import Audit
import Foundation
import Postgres
import Primitives
import Tendering
import TestSupport
import Testing

@Suite("a tender on a real database")
struct TenderStoryTests {
    @Test("goes from draft to awards, and keeps every reason")
    func wholeStory() async throws {
        try await withTestDatabase { database in
            let bench = try await TenderBench(database)
            let tender = try await bench.published([bench.terms(rule: AwardRule(winnersMax: 1)), bench.terms(product: 1)])
            let cheap = try await bench.bid("9.80", for: tender)
            let dear = try await bench.bid("9.81", for: tender, by: bench.rival)
            let opened = try await bench.open(tender)
            #expect(opened.map(\.state) == [.valid, .valid])
            let awards = try await bench.award(tender)
            #expect(awards.map(\.bid) == [cheap.id])
            #expect(awards.map(\.quantity) == [1_000])
            let detail = try await bench.detail(of: tender, for: bench.officer)
            #expect(detail.tender.state == .awarded)
            #expect(detail.tender.number.hasPrefix("ZB-2026-"))
            #expect(detail.awards == awards)
            let loser = try #require(detail.bids.first { $0.id == dear.id })
            #expect(loser.reason?.chinese == "2 份有效报价中排名第 2，单价 9.81/28 元，最后中选报价为 9.80/28 元")
            let events = try await bench.write { try AuditTrail($0).events(of: "tender \(tender)", in: bench.consortium.id) }
            #expect(
                events.map(\.action) == [
                    "tendering.draft", "tendering.add-packages", "tendering.invite", "tendering.publish", "tendering.submit-bid",
                    "tendering.submit-bid", "tendering.open", "tendering.award",
                ])
        }
    }

    @Test("before the opening nobody but the bidder sees a price")
    func sealed() async throws {
        try await withTestDatabase { database in
            let bench = try await TenderBench(database)
            let tender = try await bench.published()
            let bid = try await bench.bid("9.87", for: tender)
            let officers = try await bench.detail(of: tender, for: bench.officer)
            #expect(officers.bids.isEmpty)
            #expect(officers.sealedBids == 1)
            let rivals = try await bench.detail(of: tender, for: bench.rival)
            #expect(rivals.bids.isEmpty)
            #expect(rivals.sealedBids == 0, "not even how many others bid")
            #expect(rivals.invitations.map(\.company) == [bench.rival.company])
            #expect(try await bench.detail(of: tender, for: bench.seller).bids == [bid])
            await expectRefusal("tendering.wrong-state") {
                try await bench.write { try TenderReadings($0).evaluations(of: tender, for: bench.officer) }
            }
            let audited = try await bench.write { transaction in
                try transaction.query("SELECT detail::text AS detail FROM audit.event") { try $0["detail"] as String }
            }
            #expect(!audited.contains { $0.contains("9.87") || $0.contains("98700") })
            try await bench.write {
                _ = try CancelTender(tender: tender, reason: "预算取消").run(in: $0, by: bench.officer, at: bench.start)
            }
            #expect(try await bench.detail(of: tender, for: bench.officer).bids.isEmpty, "and they stay sealed")
            #expect(try await bench.detail(of: tender, for: bench.officer).tender.reason == "预算取消")
        }
    }

    @Test("a new bid for the same package and article replaces the earlier one")
    func replaces() async throws {
        try await withTestDatabase { database in
            let bench = try await TenderBench(database)
            let tender = try await bench.published()
            let first = try await bench.bid("9.80", for: tender)
            let second = try await bench.bid("9.70", for: tender)
            try await bench.open(tender)
            let bids = try await bench.detail(of: tender, for: bench.officer).bids
            #expect(bids.first { $0.id == first.id }?.state == .withdrawn)
            #expect(bids.first { $0.id == first.id }?.reason?.english == "Replaced by bid \(second.id)")
            #expect(bids.first { $0.id == second.id }?.state == .valid)
        }
    }

    @Test("of many bids sent at once for one article, one is live")
    func race() async throws {
        try await withTestDatabase { database in
            let bench = try await TenderBench(database)
            let tender = try await bench.published()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for cent in 10..<30 { group.addTask { _ = try await bench.bid("9.\(cent)", for: tender) } }
                try await group.waitForAll()
            }
            let bids = try await bench.detail(of: tender, for: bench.seller).bids
            #expect(bids.count == 20)
            #expect(bids.count { $0.state == .sealed } == 1)
        }
    }

    @Test("a licence that ended between bid and opening makes the bid invalid, with the reason")
    func licenceEnds() async throws {
        try await withTestDatabase { database in
            let bench = try await TenderBench(database)
            let tender = try await bench.published()
            try await bench.bid("9.80", for: tender, by: bench.rival)
            let lastDay = bench.opening.businessDay.adding(days: -1)
            _ = try await database.owner.write { transaction in
                try transaction.execute("UPDATE parties.licence SET valid_through = \(lastDay) WHERE number = 'rival'")
            }
            let opened = try await bench.open(tender)
            #expect(opened.map(\.state) == [.rejected])
            #expect(opened.first?.reason?.english.contains("No valid licence") == true)
            #expect(try await bench.award(tender).isEmpty)
        }
    }

    @Test("an officer may award otherwise than evaluated, in writing, and split a package")
    func deviates() async throws {
        try await withTestDatabase { database in
            let bench = try await TenderBench(database)
            let tender = try await bench.published()
            let cheap = try await bench.bid("9.00", for: tender)
            let dear = try await bench.bid("9.50", for: tender, by: bench.rival)
            try await bench.open(tender)
            let evaluation = try await bench.write { try TenderReadings($0).evaluations(of: tender, for: bench.officer) }
            #expect(evaluation.first?.winners.map(\.bid) == [cheap.id])
            let split = AwardDeviation(
                package: 1, parts: [.init(bid: dear.id, quantity: 600), .init(bid: cheap.id, quantity: 400)], reason: "供应保障")
            let awards = try await bench.award(tender, [split])
            #expect(awards.map(\.bid) == [dear.id, cheap.id])
            #expect(awards.allSatisfy { $0.isDeviation && $0.reason.chinese == "供应保障" })
        }
    }

    @Test("lists show a supplier what invites it, and officers everything")
    func lists() async throws {
        try await withTestDatabase { database in
            let bench = try await TenderBench(database)
            let draft = try await bench.draft()
            let ours = try await bench.published(inviting: [bench.consortium.supplier])
            let both = try await bench.published()
            func list(_ principal: Principal, in state: TenderState? = nil, after serial: Int64? = nil) async throws -> [Tender] {
                try await bench.write { try TenderReadings($0).tenders(in: state, after: serial, limit: 10, for: principal) }
            }
            #expect(try await list(bench.officer).map(\.id) == [both, ours, draft])
            #expect(try await list(bench.officer, in: .draft).map(\.id) == [draft])
            #expect(try await list(bench.seller).map(\.id) == [both, ours])
            #expect(try await list(bench.rival).map(\.id) == [both])
            let newest = try #require(try await list(bench.officer).first)
            #expect(try await list(bench.officer, after: newest.serial).map(\.id) == [ours, draft])
            await expectRefusal("tendering.tender-unknown") { try await bench.detail(of: ours, for: bench.rival) }
            await expectRefusal("tendering.tender-unknown") { try await bench.detail(of: draft, for: bench.seller) }
            await expectRefusal("identity.role-missing") { try await list(bench.consortium.storekeepers[0]) }
        }
    }
}
