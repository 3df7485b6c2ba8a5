import Audit
import Foundation
import Parties
import PooledProcurement
import Postgres
import Primitives
import Tendering
import TestSupport
import Testing

@Suite("the life of an order")
struct OrderLifeTests {
    @Test("is approved, sent, confirmed, received and closed")
    func wholeLife() async throws {
        try await withTestDatabase { database in
            let bench = try await ProcurementBench(database)
            let draft = try await bench.create([0: 10, 1: 4])
            #expect(draft.order.state == .draft && draft.amount == Money(yuan: "175"))
            let id = draft.order.id
            await expectRefusal("pooled-procurement.order-unknown") { try await bench.detail(of: id, for: bench.seller) }
            try await bench.write { _ = try ApproveOrder(order: id, version: 1).run(in: $0, by: bench.officer, at: bench.start) }
            try await bench.write { _ = try SendOrder(order: id).run(in: $0, by: bench.officer, at: bench.start) }
            #expect(try await bench.detail(of: id, for: bench.seller).order.state == .sent)
            let day = bench.start.businessDay.adding(days: 3)
            let confirmed = try await bench.write {
                try ConfirmOrder(order: id, lines: [LineConfirmation(line: 2, packs: 1, reason: "缺货")], expectedOn: day)
                    .run(in: $0, by: bench.seller, at: bench.start)
            }
            #expect(confirmed.order.state == .confirmed && confirmed.order.expectedOn == day)
            #expect(confirmed.lines.map(\.packsOpen) == [10, 1])
            #expect(confirmed.lines.map(\.packsCancelled) == [0, 3])
            #expect(confirmed.amount == Money(yuan: "137.50"))
            #expect(try await bench.onOrder() == [bench.consortium.products[0]: 280, bench.consortium.products[1]: 30])
            #expect(try await bench.accept(6, of: id).packsOpen == 4)
            #expect(try await bench.detail(of: id).order.state == .partlyReceived)
            await expectRefusal("pooled-procurement.over-delivery") { try await bench.accept(5, of: id) }
            try await bench.accept(4, of: id)
            try await bench.accept(1, of: id, line: 2)
            let received = try await bench.detail(of: id)
            #expect(received.order.state == .received && received.amountReceived == received.amount)
            #expect(try await bench.onOrder().isEmpty)
            let closed = try await bench.write { try CloseOrder(order: id).run(in: $0, by: bench.officer, at: bench.start) }
            #expect(closed.order.state == .closed)
            let events = try await bench.write { try AuditTrail($0).events(of: "order \(id)", in: bench.consortium.id) }
            #expect(events.map(\.action).first == "pooled-procurement.create-order")
            #expect(events.count == 8)
            let counts = try await bench.write { try OrderReadings($0).counts(for: bench.officer) }
            #expect(counts == [.closed: 1])
        }
    }

    @Test("however many deliveries arrive at once, no more than is open is accepted")
    func race() async throws {
        try await withTestDatabase { database in
            let bench = try await ProcurementBench(database)
            let order = try await bench.sent([0: 10])
            let accepted = try await withThrowingTaskGroup(of: Int64.self) { group in
                for _ in 0..<12 {
                    group.addTask {
                        do {
                            try await bench.accept(3, of: order)
                            return 3
                        } catch let refusal as PooledProcurementRefusal where refusal.code == .overDelivery {
                            return 0
                        }
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(accepted == 9)
            #expect(try await bench.detail(of: order).lines.map(\.packsReceived) == [9])
        }
    }

    @Test("is changed freely before it is sent, and then approved again; afterwards only as agreed")
    func changes() async throws {
        try await withTestDatabase { database in
            let bench = try await ProcurementBench(database)
            let id = try await bench.create().order.id
            func change(
                _ changes: [LineChange], reason: String = "需求变化", agreedWith: String? = nil, version: Int64? = nil
            ) async throws -> OrderDetail {
                try await bench.write {
                    try ChangeOrder(order: id, version: version, changes: changes, reason: reason, agreedWith: agreedWith)
                        .run(in: $0, by: bench.officer, at: bench.start)
                }
            }
            func approve() async throws -> OrderDetail {
                try await bench.write { try ApproveOrder(order: id).run(in: $0, by: bench.officer, at: bench.start) }
            }
            _ = try await approve()
            let changed = try await change([LineChange(line: 1, packs: 20, packPrice: Money(yuan: "11"))])
            #expect(changed.order.state == .draft && changed.amount == Money(yuan: "220"))
            await expectRefusal("pooled-procurement.order-wrong-state") {
                try await bench.write { try SendOrder(order: id).run(in: $0, by: bench.officer, at: bench.start) }
            }
            await expectRefusal("pooled-procurement.changed-meanwhile") {
                try await change([LineChange(line: 1, packs: 9)], version: 1)
            }
            _ = try await approve()
            try await bench.write { _ = try SendOrder(order: id).run(in: $0, by: bench.officer, at: bench.start) }
            await expectRefusal("pooled-procurement.agreement-missing") { try await change([LineChange(line: 1, packs: 15)]) }
            try await bench.accept(12, of: id)
            await expectRefusal("pooled-procurement.less-than-received") {
                try await change([LineChange(line: 1, packs: 11)], agreedWith: "电话，张经理")
            }
            await expectRefusal("pooled-procurement.lines-invalid") {
                try await change([LineChange(line: 1, packs: 12)], agreedWith: "电话，张经理")
            }
            let agreed = try await change([LineChange(line: 1, packs: 15)], agreedWith: "电话，张经理")
            #expect(agreed.order.state == .partlyReceived && agreed.lines.map(\.packsOpen) == [3])
            let kept = try await bench.write { try OrderReadings($0).changes(of: id, for: bench.officer) }
            #expect(kept.map(\.packsBefore) == [10, 20] && kept.map(\.packsAfter) == [20, 15])
            #expect(kept.map(\.agreedWith) == ["", "电话，张经理"])
            await expectRefusal("pooled-procurement.reason-missing") {
                try await change([LineChange(line: 1, packs: 16)], reason: "", agreedWith: "x")
            }
            await expectRefusal("pooled-procurement.line-unknown") {
                try await change([LineChange(line: 2, packs: 16)], agreedWith: "x")
            }
            await expectRefusal("pooled-procurement.quantity-invalid") {
                try await change([LineChange(line: 1, packs: .max)], agreedWith: "x")
            }
        }
    }

    @Test("an awarded price is never changed")
    func awardedPrice() async throws {
        try await withTestDatabase { database in
            let bench = try await ProcurementBench(database)
            try await bench.approve([0: 28])
            let pool = try await bench.pool().id
            let tender = try await bench.tender(pool).id
            try await bench.award(tender, [(bench.seller, package: 1, article: 0, yuan: "9.00", offered: 28)])
            let order = try #require(try await bench.order(pool, tender).orders.first)
            func change(_ change: LineChange) async throws -> OrderDetail {
                try await bench.write {
                    try ChangeOrder(order: order.id, changes: [change], reason: "试").run(
                        in: $0, by: bench.officer, at: bench.closing)
                }
            }
            await expectRefusal("pooled-procurement.price-is-awarded") {
                try await change(LineChange(line: 1, packs: 1, packPrice: Money(yuan: "8")))
            }
            #expect(try await change(LineChange(line: 1, packs: 2, packPrice: Money(yuan: "9"))).lines.map(\.packsOrdered) == [2])
        }
    }

    @Test("cancelled or closed, what was received stays and the rest is cancelled with the reason")
    func ends() async throws {
        try await withTestDatabase { database in
            let bench = try await ProcurementBench(database)
            let first = try await bench.sent([0: 10])
            try await bench.accept(4, of: first)
            await expectRefusal("pooled-procurement.reason-missing") {
                try await bench.write { try CloseOrder(order: first).run(in: $0, by: bench.officer, at: bench.start) }
            }
            let closed = try await bench.write {
                try CloseOrder(order: first, reason: "厂家停产").run(in: $0, by: bench.officer, at: bench.start)
            }
            #expect(
                closed.order.state == .closed && closed.lines.map(\.packsReceived) == [4]
                    && closed.lines.map(\.packsCancelled) == [6])
            let second = try await bench.sent([0: 10])
            try await bench.accept(4, of: second)
            await expectRefusal("pooled-procurement.reason-missing") {
                try await bench.write {
                    try CancelOrder(order: second, reason: "").run(in: $0, by: bench.officer, at: bench.start)
                }
            }
            let cancelled = try await bench.write {
                try CancelOrder(order: second, reason: "改订").run(in: $0, by: bench.officer, at: bench.start)
            }
            #expect(cancelled.order.state == .cancelled && cancelled.lines.map(\.packsReceived) == [4])
            await expectRefusal("pooled-procurement.order-wrong-state") { try await bench.accept(1, of: second) }
            let third = try await bench.sent([0: 10])
            let refused = try await bench.write {
                try ConfirmOrder(order: third, lines: [LineConfirmation(line: 1, packs: 0, reason: "无货")]).run(
                    in: $0, by: bench.seller, at: bench.start)
            }
            #expect(refused.order.state == .cancelled && refused.order.reason == "无货")
        }
    }

    @Test("is confirmed by its own supplier, for no more than was ordered, and less with a reason")
    func confirmations() async throws {
        try await withTestDatabase { database in
            let bench = try await ProcurementBench(database)
            let id = try await bench.sent([0: 10])
            func confirm(_ lines: [LineConfirmation], by principal: Principal? = nil) async throws -> OrderDetail {
                try await bench.write {
                    try ConfirmOrder(order: id, lines: lines).run(in: $0, by: principal ?? bench.seller, at: bench.start)
                }
            }
            await expectRefusal("pooled-procurement.order-unknown") { try await confirm([], by: bench.rival) }
            await expectRefusal("identity.role-missing") { try await confirm([], by: bench.officer) }
            await expectRefusal("pooled-procurement.more-than-ordered") {
                try await confirm([LineConfirmation(line: 1, packs: 11, reason: "")])
            }
            await expectRefusal("pooled-procurement.more-than-ordered") {
                try await confirm([LineConfirmation(line: 1, packs: -1, reason: "x")])
            }
            await expectRefusal("pooled-procurement.reason-missing") {
                try await confirm([LineConfirmation(line: 1, packs: 9, reason: "")])
            }
            await expectRefusal("pooled-procurement.line-unknown") {
                try await confirm([LineConfirmation(line: 9, packs: 9, reason: "")])
            }
            #expect(try await confirm([]).lines.map(\.packsConfirmed) == [10])
            await expectRefusal("pooled-procurement.order-wrong-state") { try await confirm([]) }
        }
    }

    @Test("a direct order is refused for what does not hold")
    func direct() async throws {
        try await withTestDatabase { database in
            let bench = try await ProcurementBench(database)
            let first = try await bench.create(code: "I_O-1")
            await expectRefusal("pooled-procurement.external-code-repeated") { try await bench.create(code: "I_O-1") }
            await expectRefusal("pooled-procurement.id-taken") { try await bench.create(id: first.order.id) }
            await expectRefusal("pooled-procurement.reason-missing") { try await bench.create(reason: " ") }
            await expectRefusal("pooled-procurement.lines-invalid") { try await bench.create([:]) }
            await expectRefusal("pooled-procurement.quantity-invalid") { try await bench.create([0: 0]) }
            await expectRefusal("pooled-procurement.quantity-invalid") { try await bench.create([0: 1_000_000_000_000]) }
            await expectRefusal("pooled-procurement.price-invalid") { try await bench.create(yuan: "0") }
            await expectRefusal("pooled-procurement.price-invalid") { try await bench.create([0: 10_000], yuan: "100000000") }
            await expectRefusal("pooled-procurement.store-not-of-facility") {
                try await bench.write {
                    try CreateOrder(
                        id: OrderID(UUID()), company: bench.consortium.supplier, facility: bench.consortium.townships[0],
                        store: bench.consortium.pharmacies[1], lines: [], reason: "x"
                    ).run(in: $0, by: bench.officer, at: bench.start)
                }
            }
            await expectRefusal("pooled-procurement.order-unknown") { try await bench.accept(1, of: OrderID(UUID())) }
            let sent = try await bench.sent()
            await expectRefusal("pooled-procurement.quantity-invalid") { try await bench.accept(0, of: sent) }
            await expectRefusal("pooled-procurement.line-unknown") { try await bench.accept(1, of: sent, line: 7) }
            await expectRefusal("identity.other-facility") {
                try await bench.write {
                    try RecordAccepted(order: sent, line: 1, packs: 1).run(
                        in: $0, by: bench.consortium.storekeepers[1], at: bench.start)
                }
            }
            _ = try await database.owner.write { try $0.execute("UPDATE parties.licence SET valid_through = valid_from") }
            await expectRefusal("pooled-procurement.licence-missing") { try await bench.sent() }
        }
    }

    @Test("suppliers see their own orders once sent, facilities those delivered to them")
    func visibility() async throws {
        try await withTestDatabase { database in
            let bench = try await ProcurementBench(database)
            let draft = try await bench.create().order.id
            let sent = try await bench.sent()
            func list(_ principal: Principal) async throws -> [OrderID] {
                try await bench.write { try OrderReadings($0).orders(OrderFilter(), limit: 10, for: principal).map(\.order.id) }
            }
            #expect(try await list(bench.officer) == [sent, draft])
            #expect(try await list(bench.seller) == [sent])
            #expect(try await list(bench.rival).isEmpty)
            #expect(try await list(bench.consortium.storekeepers[0]) == [sent, draft])
            #expect(try await list(bench.consortium.storekeepers[1]).isEmpty)
            await expectRefusal("pooled-procurement.order-unknown") {
                try await bench.detail(of: sent, for: bench.consortium.storekeepers[1])
            }
        }
    }
}
