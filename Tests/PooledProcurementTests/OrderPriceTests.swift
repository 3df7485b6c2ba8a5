import Foundation
import PooledProcurement
import Postgres
import Prices
import Primitives
import Tendering
import TestSupport
import Testing

@Suite("The price of an order line")
struct OrderPriceTests {
    @Test("is the one that rules on the day, on every route", arguments: PurchaseRoute.allCases)
    func ruling(route: PurchaseRoute) async throws {
        try await withTestDatabase { database in
            let bench = try await PricedBench(database)
            try await bench.list(["12.50,0,9"])
            func place(_ yuan: String, on number: Int) async throws -> OrderDetail {
                try await bench.place(yuan, route: route, on: number)
            }
            #expect(try await place("12.50", on: 0).lines.map(\.packPrice) == [Money(yuan: "12.50")])
            #expect(try await place("12.50", on: 9).order.state == .draft)
            await expectRefusal("pooled-procurement.price-differs") { try await place("12.49", on: 9) }
            await expectRefusal("pooled-procurement.price-differs") { try await place("12.51", on: 0) }
            if route.mayLackPrice {
                for number in [-1, 10] { #expect(try await place("99", on: number).lines.count == 1) }
            } else {
                for number in [-1, 10] {
                    await expectRefusal("pooled-procurement.price-not-on-record") { try await place("12.50", on: number) }
                }
            }
        }
    }

    @Test("a refusal names the line, what was asked, and the price with its kind, days and source")
    func wording() async throws {
        try await withTestDatabase { database in
            let bench = try await PricedBench(database)
            try await bench.list(["12.50,0,9"])
            let article = bench.articles[0]
            func refusal(_ yuan: String, on number: Int) async throws -> PooledProcurementRefusal? {
                do {
                    _ = try await bench.place(yuan, route: .listed, on: number)
                    return nil
                } catch let refusal as PooledProcurementRefusal { return refusal }
            }
            let differs = try #require(try await refusal("11", on: 0))
            #expect(
                differs.detail == "line 1, article \(article): 11.00 for 28 on 2026-11-21; "
                    + "listed price 12.50 for 28, 2026-11-21…2026-11-30 (浙药采〔2026〕3号)")
            #expect(differs.field == "lines[0].packPrice")
            let ended = try #require(try await refusal("12.50", on: 10))
            #expect(ended.detail.contains("the last was the listed price 12.50 for 28, 2026-11-21…2026-11-30"))
        }
    }

    @Test("a contract rules over the list, and the ceiling over all")
    func contractAndCeiling() async throws {
        try await withTestDatabase { database in
            let bench = try await PricedBench(database)
            try await bench.list(["12.50,0,"])
            try await bench.contract("11", from: 5)
            #expect(try await bench.place("12.50", on: 4).lines.count == 1)
            await expectRefusal("pooled-procurement.price-differs") { try await bench.place("12.50", on: 5) }
            #expect(try await bench.place("11", on: 5).lines.count == 1)
            try await bench.list(["10.99,6,"], .ceiling)
            #expect(try await bench.place("11", on: 5).lines.count == 1)
            await expectRefusal("pooled-procurement.price-above-ceiling") { try await bench.place("11", on: 6) }
            await expectRefusal("pooled-procurement.price-above-ceiling") {
                try await bench.place("20", route: .emergency, on: 6)
            }
        }
    }

    @Test("an order that waited past the end of its price is not sent, and goes when it is at the new one")
    func sending() async throws {
        try await withTestDatabase { database in
            let bench = try await PricedBench(database)
            try await bench.list(["12.50,0,"])
            try await bench.list(["11.80,10,"])
            let id = try await bench.place("12.50", on: 0).order.id
            try await bench.approve(id, on: 0)
            await expectRefusal("pooled-procurement.price-differs") { try await bench.send(id, on: 10) }
            await expectRefusal("pooled-procurement.price-differs") {
                try await bench.change(id, LineChange(line: 1, packs: 10, packPrice: Money(yuan: "11.80")), on: 9)
            }
            try await bench.change(id, LineChange(line: 1, packs: 10, packPrice: Money(yuan: "11.80")), on: 10)
            try await bench.approve(id, on: 10)
            #expect(try await bench.send(id, on: 10).order.state == .sent)
        }
    }

    @Test("once sent, fewer packs are no matter of price; more packs and another price are")
    func changing() async throws {
        try await withTestDatabase { database in
            let bench = try await PricedBench(database)
            try await bench.list(["12.50,0,"])
            try await bench.list(["11.80,10,"])
            let id = try await bench.place("12.50", on: 0).order.id
            try await bench.approve(id, on: 0)
            try await bench.send(id, on: 9)
            try await bench.change(id, LineChange(line: 1, packs: 11), on: 9)
            try await bench.change(id, LineChange(line: 1, packs: 8), on: 10)
            await expectRefusal("pooled-procurement.price-differs") {
                try await bench.change(id, LineChange(line: 1, packs: 9), on: 10)
            }
            let changed = try await bench.change(id, LineChange(line: 1, packs: 9, packPrice: Money(yuan: "11.80")), on: 10)
            #expect(changed.lines.map(\.packPrice) == [Money(yuan: "11.80")])
        }
    }

    @Test("orders from awards are at the award's price while it holds, whatever else is on record")
    func fromAwards() async throws {
        try await withTestDatabase { database in
            let bench = try await PricedBench(database)
            let awarded = bench.procurement.closing.businessDay.days(since: bench.today)
            try await bench.list(["12.50,0,"])
            try await bench.contract("11", from: 0)
            let procurement = bench.procurement
            func awardedPool() async throws -> (pool: PoolID, tender: TenderID) {
                try await procurement.approve([0: 28])
                let pool = try await procurement.pool().id
                let tender = try await procurement.tender(pool).id
                try await procurement.award(tender, [(procurement.seller, package: 1, article: 0, yuan: "9.00", offered: 28)])
                return (pool, tender)
            }
            let (pool, tender) = try await awardedPool()
            let id = try #require(try await procurement.order(pool, tender).orders.first?.id)
            try await bench.approve(id, on: awarded)
            #expect(try await bench.send(id, on: awarded + 20).order.state == .sent)
            // The award rules direct orders of its supplier as well.
            await expectRefusal("pooled-procurement.price-differs") { try await bench.place("11", on: awarded) }
            #expect(try await bench.place("9", on: awarded).lines.count == 1)
            let (otherPool, otherTender) = try await awardedPool()
            try await bench.endAward(of: otherTender, on: awarded + 3)
            await expectRefusal("pooled-procurement.price-not-on-record") {
                try await bench.order(otherPool, otherTender, on: awarded + 4)
            }
            let late = try #require(try await bench.order(otherPool, otherTender, on: awarded + 3).orders.first?.id)
            try await bench.approve(late, on: awarded + 3)
            await expectRefusal("pooled-procurement.price-not-on-record") { try await bench.send(late, on: awarded + 4) }
            #expect(try await bench.send(late, on: awarded + 3).order.state == .sent)
        }
    }

    @Test("orders that must be sent before a price ends are listed with the day and the price")
    func atRisk() async throws {
        try await withTestDatabase { database in
            let bench = try await PricedBench(database)
            try await bench.list(["12.50,0,9"])
            let soon = try await bench.place("12.50", on: 0)
            let sent = try await bench.place("12.50", on: 0).order.id
            try await bench.approve(sent, on: 0)
            try await bench.send(sent, on: 0)
            _ = try await bench.place("12.50", route: .emergency, on: 0)
            func lines(_ first: Int, _ last: Int) async throws -> [String] {
                try await bench.write { transaction in
                    try OrdersAtRisk(transaction).lines(
                        today: bench.day(first), through: bench.day(last), limit: 10, for: bench.officer
                    ).lines.map { "\($0.orderNumber == soon.order.number) \($0.from.days(since: bench.today)) \($0.cause.rawValue)" }
                }
            }
            #expect(try await lines(0, 9).isEmpty)
            #expect(try await lines(0, 10) == ["true 10 ended"])
            #expect(try await lines(12, 12) == ["true 12 ended"])
            try await bench.list(["11.80,10,"])
            #expect(try await lines(0, 10) == ["true 10 differs", "false 10 differs"])
            try await bench.list(["12,5,"], .ceiling)
            #expect(try await lines(0, 10) == ["true 5 above-ceiling", "false 5 above-ceiling"])
            let page = try await bench.write {
                try OrdersAtRisk($0).lines(today: bench.day(0), through: bench.day(10), limit: 1, for: bench.officer)
            }
            #expect(page.lines.count == 1 && page.next == soon.order.serial)
            let rest = try await bench.write {
                try OrdersAtRisk($0).lines(
                    today: bench.day(0), through: bench.day(10), after: page.next, limit: 10, for: bench.officer)
            }
            #expect(rest.lines.count == 1 && rest.next == nil)
            await expectRefusal("identity.role-missing") {
                try await bench.write {
                    try OrdersAtRisk($0).lines(today: bench.day(0), through: bench.day(10), limit: 1, for: bench.procurement.seller)
                }
            }
        }
    }
}
